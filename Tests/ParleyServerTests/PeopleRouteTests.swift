import Testing

@testable import ParleyServer

@Suite("Contacts and accounts over HTTP", .timeLimit(.minutes(1)))
struct PeopleRouteTests {
  private static func key(_ number: Int) -> [String: String] { ["Idempotency-Key": "people-\(number)"] }

  @Test(
    "what is added is in the lists, has the shape of the interface, and is answered when it is added again")
  func addAndList() async throws {
    try await TestServer.run { _, owner in
      let account = try await owner.post("/api/accounts", ["name": "Analytical Engines"], Self.key(1))
      #expect(account.status == 201)
      #expect(Conformity.faults(of: try account.json, against: .named("Account")) == [])
      let id = try account.json["id"]
      let draft: JSONValue = [
        "email": "ada@example.com", "firstName": "Ada", "lastName": "Lovelace", "accountID": id,
        "tags": ["VIP"],
      ]
      let contact = try await owner.post("/api/contacts", draft, Self.key(2))
      #expect(contact.status == 201)
      #expect(Conformity.faults(of: try contact.json, against: .named("Contact")) == [])

      for path in [
        "/api/contacts/list?search=ada&tag=vip&sort=newest&limit=5",
        "/api/accounts/\(id.int ?? 0)/contacts",
      ] {
        let list = try await owner.get(path)
        #expect(list.status == 200)
        #expect(Conformity.faults(of: try list.json, against: .contactList) == [])
        #expect(try list.json["count"] == 1)
      }
      let accounts = try await owner.get("/api/accounts/list")
      #expect(Conformity.faults(of: try accounts.json, against: .accountList) == [])
      for path in ["contacts/1", "accounts/1"] {
        let deals = try await owner.get("/api/\(path)/deals")
        #expect(Conformity.faults(of: try deals.json, against: .relatedDeals) == [])
        let conversations = try await owner.get("/api/\(path)/conversations")
        #expect(Conformity.faults(of: try conversations.json, against: .relatedConversations) == [])
      }

      let again = try await owner.post("/api/contacts", ["email": "ADA@example.com"], Self.key(3))
      #expect(again.status == 409)
      #expect(try again.code == "contact.email.taken")
      #expect(try again.json["error"]["existing"]["name"] == "Ada Lovelace")
      let same = try await owner.post("/api/accounts", ["name": "analytical engines"], Self.key(4))
      #expect(try same.code == "account.name.taken")
      #expect(try same.json["error"]["existing"]["id"] == id)
    }
  }

  @Test("null takes away where a missing member leaves alone")
  func patch() async throws {
    try await TestServer.run { _, owner in
      _ = try await owner.post("/api/accounts", ["name": "A", "ownerID": 1], Self.key(1))
      _ = try await owner.post("/api/contacts", ["email": "a@example.com", "accountID": 1], Self.key(2))
      let named = try await owner.patch("/api/contacts/1", ["firstName": "A"]).json
      #expect(named["account"]["id"] == 1)
      let alone = try await owner.patch("/api/contacts/1", ["accountID": nil]).json
      #expect(alone["account"].isNull)
      let called = try await owner.patch("/api/accounts/1", ["phone": "1"]).json
      #expect(called["owner"]["id"] == 1)
      let unowned = try await owner.patch("/api/accounts/1", ["ownerID": nil]).json
      #expect(unowned["owner"].isNull)
    }
  }

  @Test("nobody sees them without a session")
  func session() async throws {
    try await TestServer.run { server, _ in
      let stranger = Browser(port: server.port)
      for path in [
        "contacts/list", "accounts/list", "contacts/1/deals", "contacts/1/conversations",
        "accounts/1/contacts",
        "accounts/1/deals", "accounts/1/conversations",
      ] {
        let answer = try await stranger.get("/api/\(path)")
        #expect(answer.status == 401)
      }
    }
  }
}
