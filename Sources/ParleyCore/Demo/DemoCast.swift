import SQLite

/// Who and what there is in a demo before anything happens, stored, by the names that the demo gives them.
struct DemoCast {
  /// How long all of it has been there, in milliseconds: longer than anything in the demo goes back.
  static let age: Int64 = 180 * 24 * 60 * 60 * 1000

  let website: Origin
  let siteID: Int64
  /// In the workspace's time zone.
  let today: CalendarDate
  let fields: DemoFields
  private let pipelines: [Pipeline]
  private let agents: [String: AgentIdentity]
  private let accountIDs: [String: Int64]
  private let contactIDs: [String: Int64]

  init(
    _ demo: DemoWorkspace, website: Origin, passwordHashes: [String], now: Int64,
    in transaction: borrowing Transaction
  ) throws {
    let founded = now - Self.age
    self.website = website
    try WorkspaceRecords.insert(demo.workspace, at: founded, in: transaction)
    today = try WorkspaceTime(now: now, in: transaction.snapshot).today
    fields = try DemoFields(demo.fields, today: today, in: transaction)
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
    accountIDs = try Self.insertAccounts(
      demo.accounts, owners: agents, fields, founded: founded, in: transaction)
    contactIDs = try Self.insertContacts(
      demo.contacts, accountIDs: accountIDs, fields, founded: founded, in: transaction)
  }

  /// What the agents have done in all that time that hangs on no conversation: their groups, their views, their notes and tasks.
  func insertTeamwork(_ demo: DemoWorkspace, now: Int64, in transaction: borrowing Transaction) throws {
    let founded = now - Self.age
    for pipeline in demo.pipelines {
      guard let rights = pipeline.everyone,
        let everyone = try GroupRecords.groups(in: transaction.snapshot).first
      else { continue }
      try GroupRecords.setRights(rights, of: everyone.id, in: try pipelineID(pipeline.name), transaction)
    }
    for group in demo.groups {
      let id = try GroupRecords.insert(group.name, at: founded, in: transaction)
      try GroupRecords.setMembers(of: id, Set(try group.members.map { try agent($0).id }), in: transaction)
      for (name, rights) in group.rights {
        try GroupRecords.setRights(rights, of: id, in: try pipelineID(name), transaction)
      }
    }
    for view in demo.views {
      let draft = ViewDraft(
        kind: view.kind, name: view.name, query: view.query, columns: view.columns, isShared: view.isShared)
      _ = try ViewRecords.insert(
        try draft.checked(isNew: true), by: try agent(view.by).id, at: founded, in: transaction)
    }
    let work = DemoWork(cast: self, now: now)
    for account in demo.accounts {
      let record = RecordID(.account, try accountID(account.name))
      try work.insert(nil, account.tasks, on: record, addedAt: founded, in: transaction)
    }
    for contact in demo.contacts {
      let record = RecordID(.contact, try contactID(contact.email))
      try work.insert(contact.notes, contact.tasks, on: record, addedAt: founded, in: transaction)
    }
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

  private func pipelineID(_ name: String) throws -> Int64 {
    try Self.find(name, in: Dictionary(uniqueKeysWithValues: pipelines.map { ($0.name, $0.id) }))
  }

  private static func insertAccounts(
    _ accounts: [DemoWorkspace.Account], owners: [String: AgentIdentity], _ fields: DemoFields,
    founded: Int64, in transaction: borrowing Transaction
  ) throws -> [String: Int64] {
    var ids: [String: Int64] = [:]
    for account in accounts {
      guard let name = AccountName(account.name) else {
        throw ParleyError.defect(reason: "demo: \(account.name) is no account's name")
      }
      let stored = try AccountRecords.findOrCreate(name, url: account.url, now: founded, in: transaction)
      let id = stored.account.id
      let ownerID = try account.owner.map { try find($0, in: owners).id }
      let change = try AccountChange(phone: account.phone, ownerID: .some(ownerID))
        .checked(isNew: false, in: transaction.snapshot)
      try AccountRecords.update(id, with: change, in: transaction)
      try fields.set(account.fields, of: RecordID(.account, id), in: transaction)
      ids[account.name] = id
    }
    return ids
  }

  static func insertContacts(
    _ contacts: [DemoWorkspace.Contact], accountIDs: [String: Int64], _ fields: DemoFields, founded: Int64,
    in transaction: borrowing Transaction
  ) throws -> [String: Int64] {
    var ids: [String: Int64] = [:]
    for contact in contacts {
      let name = PersonName(first: contact.first, last: contact.last)
      let id = try ContactRecords.findOrCreate(
        try email(contact.email), name: name, phone: contact.phone, now: founded, in: transaction
      ).contact.id
      let change = try ContactChange(jobTitle: contact.job, tags: contact.tags).checked(
        in: transaction.snapshot)
      try ContactRecords.update(id, with: change, in: transaction)
      if let account = contact.account {
        _ = try ContactRecords.setAccountIfNone(try find(account, in: accountIDs), of: id, in: transaction)
      }
      try fields.set(contact.fields, of: RecordID(.contact, id), in: transaction)
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
