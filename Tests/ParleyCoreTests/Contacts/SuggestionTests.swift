import Testing

@testable import ParleyCore

@Suite("Suggestions")
struct SuggestionTests {
  /// People in the order in which they became known.
  private static let people = [
    ("Ann Archer", "ann@oak.example"), ("Anna Baker", "a.baker@birch.example"),
    ("Annabel Carter", "bell@ash.example"), ("Joanna Draper", "jo@ann-draper.example"),
    ("Zoë Ångström", "zoe@elm.example"), ("渡辺 花", "hana@maple.example"), ("", "ann.only@pine.example"),
    ("Ann Zimmer", "zimmer@yew.example"), ("Robert \"Bob\" O'Neill", "bob_oneill+x@fir.example"),
  ]

  private func office() async throws -> Office {
    let office = try await Office()
    for (name, email) in Self.people {
      try await office.add(office.draft(contact: .new(name: name, email: email), account: nil))
    }
    return office
  }

  @Test(
    "contacts come best first: by address, then by whole words, then by their beginnings, each newest first",
    arguments: [
      (
        "ann",
        [
          "zimmer@yew.example", "ann.only@pine.example", "jo@ann-draper.example", "ann@oak.example",
          "bell@ash.example", "a.baker@birch.example",
        ]
      ),
      (
        "ann@",
        [
          "ann@oak.example", "zimmer@yew.example", "ann.only@pine.example", "jo@ann-draper.example",
          "bell@ash.example", "a.baker@birch.example",
        ]
      ),
      ("ANN z", ["zimmer@yew.example"]), ("ann arch", ["ann@oak.example"]),
      ("archer ann", ["ann@oak.example"]),
      ("zoe", ["zoe@elm.example"]), ("angstrom", ["zoe@elm.example"]), ("Zoë", ["zoe@elm.example"]),
      ("渡", ["hana@maple.example"]), ("ann.o", ["ann.only@pine.example", "ann@oak.example"]),
      ("ann@oak.example", ["ann@oak.example"]), ("o'n", ["bob_oneill+x@fir.example"]),
      ("\"bob\"", ["bob_oneill+x@fir.example"]), ("oneill+", ["bob_oneill+x@fir.example"]), ("nobody", []),
    ] as [(String, [String])])
  func contacts(typed: String, emails: [String]) async throws {
    let office = try await office()
    let found = try await office.parley.contacts(matching: typed, by: office.maya)
    #expect(found.map(\.email) == emails)
  }

  @Test(
    "nothing typed is ever an operator, or an error",
    arguments: [
      "*", "\"", "\"\"", "NOT", "ann OR bob", "ann AND", "NEAR(ann bob)", "first_name:ann", "^ann", "-ann",
      "(", "🙂",
      "ann\u{0}", "%", "_", "'; DROP TABLE contacts; --", String(repeating: "a ", count: 200),
      String(repeating: "ä", count: 5000),
    ])
  func operators(typed: String) async throws {
    let office = try await office()
    _ = try await office.parley.contacts(matching: typed, by: office.maya)
    _ = try await office.parley.accounts(matching: typed, by: office.maya)
    let all = try await office.parley.contacts(matching: "", limit: 50, by: office.maya)
    #expect(all.count == Self.people.count)
  }

  @Test("for nothing typed there are the newest", arguments: ["", "  ", "\n"])
  func nothingTyped(typed: String) async throws {
    let office = try await office()
    let found = try await office.parley.contacts(matching: typed, limit: 2, by: office.maya)
    #expect(found.map(\.email) == ["bob_oneill+x@fir.example", "zimmer@yew.example"])
  }

  @Test(
    "there are 1 to 50 of them, 8 unless asked",
    arguments: [(nil, 8), (1, 1), (50, 50), (51, 50), (0, 1), (-1, 1)])
  func bounds(limit: Int?, expected: Int) async throws {
    let office = try await Office()
    for number in 0..<60 {
      let contact = ContactChoice.new(name: "Ann", email: "ann\(number)@example.com")
      try await office.add(office.draft(contact: contact, account: .new(name: "Ann \(number)")))
    }
    for typed in ["", "ann", "an", "ann@", "a"] {
      let contacts =
        if let limit {
          try await office.parley.contacts(matching: typed, limit: limit, by: office.maya)
        } else { try await office.parley.contacts(matching: typed, by: office.maya) }
      #expect(contacts.count == (typed == "ann@" ? min(expected, contacts.count) : expected))
      #expect(Set(contacts.map(\.id)).count == contacts.count)
      let accounts =
        if let limit {
          try await office.parley.accounts(matching: typed, limit: limit, by: office.maya)
        } else { try await office.parley.accounts(matching: typed, by: office.maya) }
      #expect(accounts.count == expected)
      #expect(Set(accounts.map(\.id)).count == accounts.count)
    }
  }

  @Test(
    "accounts come best first: names that begin so, then those with such words",
    arguments: [
      ("blue", ["Blue Heron Inn", "Blue Lagoon", "Old Blue Door"]), ("BLUE h", ["Blue Heron Inn"]),
      ("heron", ["Heron & Sons", "Blue Heron Inn"]), ("door old", ["Old Blue Door"]),
      ("cafe", ["Café Lumière"]),
      ("Café", ["Café Lumière"]), ("lumi", ["Café Lumière"]), ("&", []), ("none", []),
    ] as [(String, [String])])
  func accounts(typed: String, names: [String]) async throws {
    let office = try await Office()
    for name in ["Old Blue Door", "Blue Lagoon", "Café Lumière", "Blue Heron Inn", "Heron & Sons"] {
      try await office.add(office.draft(account: .new(name: name)))
    }
    let found = try await office.parley.accounts(matching: typed, by: office.maya)
    #expect(found.map(\.name) == names)
  }

  @Test("whoever is no agent gets none")
  func permission() async throws {
    let office = try await office()
    await #expect(throws: ParleyError.permissionDenied) {
      try await office.parley.contacts(matching: "", by: .machine)
    }
    await #expect(throws: ParleyError.permissionDenied) {
      try await office.parley.accounts(matching: "", by: .machine)
    }
  }
}
