import SQLite

/// A contact or an account that goes, into another or for good, with everything that refers to it. One transaction does all of
/// it.
///
/// Deals of pipelines that the agent may not see follow too: who a deal is with is the contact's and the account's, as their
/// names are, and those every agent may change.
struct PartyChange {
  let records: PartyRecords
  let agent: AgentIdentity
  let presence: Presence
  let changes: Changes

  /// More deals than this are not told one by one: lists and boards that are open load anew.
  private static let toldDeals = 100

  /// - Parameters: from and to as JSON references.
  func move(
    _ id: Int64, _ from: String, to target: Int64, _ to: String, in transaction: borrowing Transaction
  ) throws {
    let deals = try records.deals(of: id, limit: Self.toldDeals + 1, in: transaction.snapshot)
    try records.moveDeals(
      from: id, from, to: target, to, by: agent.id, at: changes.now, in: transaction)
    try records.moveParts(
      from: id, from, to: target, by: agent.id, at: changes.now, in: transaction)
    try records.moveBelongings(from: id, to: target, in: transaction)
    try records.movePeople(from: id, to: target, in: transaction)
    try records.delete(id, in: transaction)
    try tell(deals, in: transaction)
  }

  func delete(_ id: Int64, _ from: String, in transaction: borrowing Transaction) throws {
    let deals = try records.deals(of: id, limit: Self.toldDeals + 1, in: transaction.snapshot)
    try records.moveDeals(from: id, from, to: nil, nil, by: agent.id, at: changes.now, in: transaction)
    try records.moveParts(from: id, from, to: nil, by: agent.id, at: changes.now, in: transaction)
    try records.movePeople(from: id, to: nil, in: transaction)
    try records.delete(id, in: transaction)
    try tell(deals, in: transaction)
  }

  /// As they are now.
  private func tell(_ ids: [Int64], in transaction: borrowing Transaction) throws {
    guard ids.count <= Self.toldDeals else {
      return try changes.record(.pipelinesChanged, for: .agents, in: transaction)
    }
    let time = try WorkspaceTime(now: changes.now, in: transaction.snapshot)
    for deal in try DealRecords.deals(ids.sorted(), at: time, in: transaction.snapshot) {
      let audience = Audience.pipeline(deal.pipeline.id)
      try changes.record(.dealChanged(deal), for: audience, in: transaction)
      try changes.record(.recordChanged(RecordID(.deal, deal.id), .changes), for: audience, in: transaction)
    }
  }
}

extension ContactReference {
  init(_ contact: Contact) {
    self.init(id: contact.id, name: contact.name, email: contact.email)
  }
}

extension AccountReference {
  init(_ account: Account) {
    self.init(id: account.id, name: account.name)
  }
}
