import SQLite

/// Who and what there is in a demo before anything happens, stored, by the names that the demo gives them.
struct DemoCast {
  /// How long all of it has been there, in milliseconds: longer than anything in the demo goes back.
  static let age: Int64 = 180 * 24 * 60 * 60 * 1000

  let website: Origin
  let siteID: Int64
  private let pipelines: [Pipeline]
  private let agents: [String: AgentIdentity]
  private let accountIDs: [String: Int64]
  private let contactIDs: [String: Int64]

  init(
    _ demo: DemoWorkspace, website: Origin, passwordHashes: [String], founded: Int64,
    in transaction: borrowing Transaction
  ) throws {
    self.website = website
    try WorkspaceRecords.insert(demo.workspace, at: founded, in: transaction)
    pipelines = try demo.pipelines.map { pipeline in
      try PipelineRecords.insert(
        name: pipeline.name, currency: pipeline.currency, assignment: pipeline.assignment,
        stages: pipeline.stages.map { stage in
          StageDraft(
            name: stage.name, color: stage.color, probability: stage.probability,
            rottingDays: .some(stage.rottingDays))
        }, in: transaction)
    }
    let site = Site(
      id: 0, key: demo.site.key, name: demo.site.name, greetings: demo.site.greetings,
      color: demo.site.color, position: demo.site.position, origins: [website.text])
    siteID = try SiteRecords.insert(site, at: founded, in: transaction).id
    agents = try Self.insertAgents(
      demo.agents, passwordHashes: passwordHashes, founded: founded, in: transaction)
    accountIDs = try Self.insertAccounts(demo.accounts, founded: founded, in: transaction)
    contactIDs = try Self.insertContacts(
      demo.contacts, accountIDs: accountIDs, founded: founded, in: transaction)
  }

  var everyAgent: [AgentIdentity] { Array(agents.values) }

  func agent(_ key: String) throws -> AgentIdentity { try Self.find(key, in: agents) }

  func accountID(_ name: String) throws -> Int64 { try Self.find(name, in: accountIDs) }

  func contactID(_ email: String) throws -> Int64 { try Self.find(email, in: contactIDs) }

  /// The stages of a pipeline up to one of them, which is the last.
  ///
  /// - Parameter pipeline: its name; nil for the first.
  func path(to stage: String, in pipeline: String?) throws -> (pipelineID: Int64, stages: [Stage]) {
    let found = pipelines.first { pipeline == nil || $0.name == pipeline }
    guard let found, let index = found.stages.firstIndex(where: { $0.name == stage }) else {
      throw ParleyError.defect(reason: "demo: nothing is called \(stage)")
    }
    return (found.id, Array(found.stages[...index]))
  }

  static func find<Found>(_ name: String, in all: [String: Found]) throws -> Found {
    guard let found = all[name] else { throw ParleyError.defect(reason: "demo: nothing is called \(name)") }
    return found
  }

  private static func insertAgents(
    _ agents: [DemoWorkspace.Agent], passwordHashes: [String], founded: Int64,
    in transaction: borrowing Transaction
  ) throws -> [String: AgentIdentity] {
    var identities: [String: AgentIdentity] = [:]
    for (agent, passwordHash) in zip(agents, passwordHashes) {
      let id = try AgentRecords.insert(
        name: agent.name, email: try email(agent.email), role: agent.role, passwordHash: passwordHash,
        at: founded,
        in: transaction)
      identities[agent.key] = AgentIdentity(id: id, name: agent.name, role: agent.role)
    }
    return identities
  }

  private static func insertAccounts(
    _ accounts: [DemoWorkspace.Account], founded: Int64, in transaction: borrowing Transaction
  ) throws -> [String: Int64] {
    var ids: [String: Int64] = [:]
    for account in accounts {
      guard let name = AccountName(account.name) else {
        throw ParleyError.defect(reason: "demo: \(account.name) is no account's name")
      }
      let stored = try AccountRecords.findOrCreate(name, url: account.url, now: founded, in: transaction)
      ids[account.name] = stored.account.id
    }
    return ids
  }

  private static func insertContacts(
    _ contacts: [DemoWorkspace.Contact], accountIDs: [String: Int64], founded: Int64,
    in transaction: borrowing Transaction
  ) throws -> [String: Int64] {
    var ids: [String: Int64] = [:]
    for contact in contacts {
      let name = PersonName(first: contact.first, last: contact.last)
      let id = try ContactRecords.findOrCreate(
        try email(contact.email), name: name, phone: contact.phone, now: founded, in: transaction
      ).contact.id
      let change = try ContactChange(jobTitle: contact.job).checked(in: transaction.snapshot)
      try ContactRecords.update(id, with: change, in: transaction)
      if let account = contact.account {
        _ = try ContactRecords.setAccountIfNone(try find(account, in: accountIDs), of: id, in: transaction)
      }
      ids[contact.email] = id
    }
    return ids
  }

  private static func email(_ text: String) throws -> EmailAddress {
    guard let email = EmailAddress(text) else {
      throw ParleyError.defect(reason: "demo: \(text) is no e-mail address")
    }
    return email
  }
}
