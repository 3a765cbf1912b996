import SQLite

/// Likely duplicates, each by an index: the cost does not grow with how many records there are.
enum DuplicateRecords {
  typealias Finding = (id: Int64, reasons: [String])

  private static let most = 10

  static func duplicates(of contact: Contact, in snapshot: borrowing Snapshot) throws -> [Finding] {
    var found = Findings()
    let isNamed = contact.name != contact.email
    if isNamed {
      found.add(
        try ids(
          "SELECT id FROM contacts WHERE sort_key = ? AND id <> ? ORDER BY id",
          SortKey.key(of: contact.name), contact.id, in: snapshot), "name")
    }
    if !contact.phone.isEmpty {
      found.add(
        try ids(
          "SELECT id FROM contacts WHERE phone = ? AND phone <> '' AND id <> ? ORDER BY id", contact.phone,
          contact.id, in: snapshot), "phone")
    }
    if let accountID = contact.account?.id, let at = contact.email.lastIndex(of: "@") {
      let local = contact.email[..<at].lowercased()
      // The letter behind "@" ends the range of the addresses that begin so.
      found.add(
        try snapshot.rows(
          """
          SELECT id FROM contacts WHERE email_key >= ? AND email_key < ? AND +account_id = ? AND id <> ?
            ORDER BY email_key LIMIT \(most)
          """, local + "@", local + "A", accountID, contact.id
        ) { $0.int64(0) }, "email")
    }
    return found.best(most)
  }

  static func duplicates(of account: Account, in snapshot: borrowing Snapshot) throws -> [Finding] {
    var found = Findings()
    found.add(
      try ids(
        "SELECT id FROM accounts WHERE sort_key = ? AND id <> ? ORDER BY id", SortKey.key(of: account.name),
        account.id, in: snapshot), "name")
    if !account.phone.isEmpty {
      found.add(
        try ids(
          "SELECT id FROM accounts WHERE phone = ? AND phone <> '' AND id <> ? ORDER BY id", account.phone,
          account.id, in: snapshot), "phone")
    }
    if !account.url.isEmpty {
      found.add(
        try ids(
          "SELECT id FROM accounts WHERE url = ? AND url <> '' AND id <> ? ORDER BY id", account.url,
          account.id, in: snapshot), "url")
    }
    return found.best(most)
  }

  private static func ids(
    _ sql: String, _ value: String, _ id: Int64, in snapshot: borrowing Snapshot
  ) throws -> [Int64] {
    try snapshot.rows("\(sql) LIMIT \(most)", value, id) { $0.int64(0) }
  }

  private struct Findings {
    private var order: [Int64] = []
    private var reasons: [Int64: [String]] = [:]

    mutating func add(_ ids: [Int64], _ reason: String) {
      for id in ids {
        if reasons[id] == nil { order.append(id) }
        reasons[id, default: []].append(reason)
      }
    }

    /// Those with the most in common first.
    func best(_ most: Int) -> [Finding] {
      let all = order.map { (id: $0, reasons: reasons[$0] ?? []) }
      let sorted = all.enumerated().sorted {
        ($1.element.reasons.count, $0.offset) < ($0.element.reasons.count, $1.offset)
      }
      return sorted.prefix(most).map(\.element)
    }
  }
}
