import SQLite

extension Deal.Status: Bindable {}

/// The deals' rows, and those of their secondary contacts.
enum DealRecords {
  /// What a deal's row holds that changes, every value checked.
  struct Fields: Sendable, Hashable {
    var title: String
    var description: String
    var value: Money
    var ownerID: Int64
    var pipelineID: Int64
    var stageID: Int64
    var rank: Rank
    var stageEnteredAt: Int64
    var status = Deal.Status.open
    var closedAt: Int64?
    var lostReason = ""
    var forecastedCloseOn: CalendarDate?
    var contactID: Int64?
    var accountID: Int64?
    var lastActivityAt: Int64
  }

  static func insert(
    _ deal: Fields, conversationID: Int64?, createdBy: Int64, createdAt: Int64,
    in transaction: borrowing Transaction
  ) throws -> Int64 {
    try transaction.insert(
      """
      INSERT INTO deals (title, sort_key, description, value_minor, currency, owner_id, pipeline_id, stage_id, rank,
          stage_entered_at, status, closed_at, lost_reason, forecasted_close_on, contact_id, account_id,
          last_activity_at, conversation_id, created_by, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, deal.title, SortKey.key(of: deal.title), deal.description, deal.value.minorUnits,
      deal.value.currency.code, deal.ownerID,
      deal.pipelineID, deal.stageID, deal.rank.text, deal.stageEnteredAt, deal.status, deal.closedAt,
      deal.lostReason, deal.forecastedCloseOn?.description, deal.contactID, deal.accountID,
      deal.lastActivityAt, conversationID, createdBy, createdAt)
  }

  static func update(_ id: Int64, _ deal: Fields, in transaction: borrowing Transaction) throws {
    try transaction.execute(
      """
      UPDATE deals SET title = ?, sort_key = ?, description = ?, value_minor = ?, currency = ?, owner_id = ?, pipeline_id = ?,
          stage_id = ?, rank = ?, stage_entered_at = ?, status = ?, closed_at = ?, lost_reason = ?,
          forecasted_close_on = ?, contact_id = ?, account_id = ?, last_activity_at = ?
        WHERE id = ?
      """, deal.title, SortKey.key(of: deal.title), deal.description, deal.value.minorUnits,
      deal.value.currency.code, deal.ownerID,
      deal.pipelineID, deal.stageID, deal.rank.text, deal.stageEnteredAt, deal.status, deal.closedAt,
      deal.lostReason, deal.forecastedCloseOn?.description, deal.contactID, deal.accountID,
      deal.lastActivityAt, id)
  }

  /// Something happened around a deal.
  static func touch(_ id: Int64, at now: Int64, in transaction: borrowing Transaction) throws {
    try transaction.execute("UPDATE deals SET last_activity_at = ? WHERE id = ?", now, id)
  }

  static func pipelineID(of id: Int64, in snapshot: borrowing Snapshot) throws -> Int64? {
    try snapshot.first("SELECT pipeline_id FROM deals WHERE id = ?", id) { $0.int64(0) }
  }

  /// Those of these deals that stand in one of the pipelines.
  ///
  /// - Parameter pipelines: their ids as a JSON array.
  static func ids(
    _ ids: [Int64], visibleIn pipelines: String, in snapshot: borrowing Snapshot
  ) throws -> Set<Int64> {
    Set(
      try snapshot.rows(
        """
        SELECT id FROM deals WHERE id IN (SELECT value FROM json_each(?))
          AND +pipeline_id IN (SELECT value FROM json_each(?))
        """, try JSON.text(ids), pipelines
      ) { $0.int64(0) })
  }

  /// Whether an open deal is with the contact.
  static func hasOpen(ofContact contactID: Int64, in snapshot: borrowing Snapshot) throws -> Bool {
    try snapshot.first(
      "SELECT 1 FROM deals WHERE contact_id = ? AND status = 'open' LIMIT 1", contactID
    ) { _ in true } ?? false
  }

  /// Notes, tasks, tags and secondary contacts go with it.
  static func delete(_ id: Int64, in transaction: borrowing Transaction) throws {
    try transaction.execute("DELETE FROM deals WHERE id = ?", id)
  }

  static func addSecondaryContact(
    _ contactID: Int64, role: String, to dealID: Int64, in transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO deal_contacts (deal_id, contact_id, role) VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET role = excluded.role
      """, dealID, contactID, role)
  }

  static func removeSecondaryContact(
    _ contactID: Int64, from dealID: Int64, in transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      "DELETE FROM deal_contacts WHERE deal_id = ? AND contact_id = ?", dealID, contactID)
  }

  static func deal(_ id: Int64, at time: WorkspaceTime, in snapshot: borrowing Snapshot) throws -> Deal? {
    try deals([id], at: time, in: snapshot).first
  }

  /// Those of these that exist, in the same order.
  static func deals(
    _ ids: [Int64], at time: WorkspaceTime, in snapshot: borrowing Snapshot
  ) throws -> [Deal] {
    let list = try JSON.text(ids)
    let found = try snapshot.rows("\(selection) WHERE deals.id IN (SELECT value FROM json_each(?))", list) {
      row in try deal(from: row, at: time)
    }
    let byID = Dictionary(uniqueKeysWithValues: found.map { ($0.id, $0) })
    let people = try secondaryContacts(of: list, in: snapshot)
    let tags = try TagRecords.tags(ofDeals: list, in: snapshot)
    let fields = try CustomFieldRecords.values(of: .deal, list, in: snapshot)
    let tasks = try TaskRecords.nextTasks(ofDeals: list, at: time, in: snapshot)
    let conversations = try DealConversationRecords.links(ofDeals: list, in: snapshot)
    return ids.compactMap { id in
      guard var deal = byID[id] else { return nil }
      deal.secondaryContacts = people[id] ?? []
      deal.tags = tags[id] ?? []
      deal.fields = fields[id] ?? CustomFieldValues()
      deal.nextTask = tasks[id]
      deal.linkedConversationIDs = conversations[id] ?? []
      return deal
    }
  }

  /// Those in these pipelines that a contact has a part in or that a conversation belongs to, newest first, and how many there are
  /// in all.
  ///
  /// - Parameter pipelines: their ids as a JSON array.
  static func deals(
    ofContact contactID: Int64?, orConversation conversationID: Int64?, visibleIn pipelines: String,
    limit: Int,
    at time: WorkspaceTime, in snapshot: borrowing Snapshot
  ) throws -> (deals: [Deal], total: Int) {
    let union = """
      SELECT deals.id FROM (
          SELECT id FROM deals WHERE contact_id = ?1
            UNION SELECT deal_id FROM deal_contacts WHERE contact_id = ?1
            UNION SELECT id FROM deals WHERE conversation_id = ?2
            UNION SELECT deal_id FROM deal_conversations WHERE conversation_id = ?2) AS chosen
        CROSS JOIN deals ON deals.id = chosen.id
        WHERE deals.pipeline_id IN (SELECT value FROM json_each(?3))
      """
    let ids = try snapshot.rows(
      "\(union) ORDER BY 1 DESC LIMIT ?4", contactID, conversationID, pipelines, limit
    ) { $0.int64(0) }
    let total = try snapshot.first("SELECT count(*) FROM (\(union))", contactID, conversationID, pipelines) {
      $0.int(0)
    }
    return (try deals(ids, at: time, in: snapshot), total ?? 0)
  }

  private static func secondaryContacts(
    of list: String, in snapshot: borrowing Snapshot
  ) throws -> [Int64: [SecondaryContact]] {
    let rows = try snapshot.rows(
      """
      SELECT contacts.id, contacts.first_name, contacts.last_name, contacts.email, deal_contacts.role,
          deal_contacts.deal_id
        FROM deal_contacts JOIN contacts ON contacts.id = deal_contacts.contact_id
        WHERE deal_contacts.deal_id IN (SELECT value FROM json_each(?)) ORDER BY contacts.id
      """, list
    ) { row in
      let contact = reference(id: row.int64(0), first: row.text(1), last: row.text(2), email: row.text(3))
      return (
        row.int64(5),
        SecondaryContact(id: contact.id, name: contact.name, email: contact.email, role: row.text(4))
      )
    }
    return Dictionary(grouping: rows, by: \.0).mapValues { $0.map(\.1) }
  }

  private static let selection = """
    SELECT deals.id, deals.title, deals.description, deals.value_minor, deals.currency,
      deals.owner_id, agents.name, deals.forecasted_close_on,
      deals.pipeline_id, pipelines.name, deals.stage_id, stages.name, stages.color, deals.status,
      deals.contact_id, contacts.first_name, contacts.last_name, contacts.email,
      deals.account_id, accounts.name, deals.conversation_id, deals.created_by, deals.created_at,
      deals.stage_entered_at, deals.last_activity_at, deals.closed_at, deals.lost_reason, deals.rank,
      stages.probability, stages.rotting_days, stages.sort
    FROM deals
      JOIN agents ON agents.id = deals.owner_id
      JOIN pipelines ON pipelines.id = deals.pipeline_id
      JOIN stages ON stages.id = deals.stage_id
      LEFT JOIN contacts ON contacts.id = deals.contact_id
      LEFT JOIN accounts ON accounts.id = deals.account_id
    """

  private static func deal(from row: borrowing Row, at time: WorkspaceTime) throws -> Deal {
    guard let currency = Currency(code: row.text(4)),
      let value = Money(minorUnits: row.int64(3), currency: currency),
      let status = Deal.Status(rawValue: row.text(13)), let sort = DealOrder(rawValue: row.text(30))
    else { throw ParleyError.defect(reason: "deals.value") }
    let closeOn = row.optionalText(7).flatMap { CalendarDate($0) }
    let stage = Stage(
      id: row.int64(10), name: row.text(11), color: row.text(12), probability: row.int(28),
      rottingDays: row.optionalInt64(29).map { Int($0) }, sort: sort)
    return Deal(
      id: row.int64(0), title: row.text(1), description: row.text(2), value: value,
      owner: AgentReference(id: row.int64(5), name: row.text(6)), forecastedCloseOn: closeOn,
      overdue: status.isOverdue(forecastedCloseOn: closeOn, today: time.today),
      pipeline: PipelineReference(id: row.int64(8), name: row.text(9)), stage: stage, status: status,
      contact: row.optionalInt64(14).map {
        reference(id: $0, first: row.text(15), last: row.text(16), email: row.text(17))
      },
      account: row.optionalInt64(18).map { AccountReference(id: $0, name: row.text(19)) },
      secondaryContacts: [], conversationID: row.optionalInt64(20), createdBy: row.int64(21),
      createdAt: row.int64(22), stageEnteredAt: row.int64(23), lastActivityAt: row.int64(24),
      rotting: stage.isRotting(status, lastActivityAt: row.int64(24), now: time.now),
      closedAt: row.optionalInt64(25), lostReason: row.text(26), tags: [],
      nextTask: nil, rank: row.text(27))
  }

  private static func reference(id: Int64, first: String, last: String, email: String) -> ContactReference {
    let name = PersonName(first: first, last: last).full
    return ContactReference(id: id, name: name.isEmpty ? email : name, email: email)
  }
}
