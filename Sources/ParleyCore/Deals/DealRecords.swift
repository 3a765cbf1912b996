import SQLite

/// The deals' rows, and those of their secondary contacts.
enum DealRecords {
  /// A deal to be stored, every value checked.
  struct New {
    var title: String
    var description: String
    var value: Money
    var ownerID: Int64
    var pipelineID: Int64
    var stageID: Int64
    var status = Deal.Status.open
    var forecastedCloseOn: CalendarDate?
    var contactID: Int64?
    var accountID: Int64?
    var conversationID: Int64?
    var createdBy: Int64
    var createdAt: Int64
  }

  static func insert(_ deal: New, in transaction: borrowing Transaction) throws -> Int64 {
    try transaction.insert(
      """
      INSERT INTO deals (title, description, value_minor, currency, owner_id, pipeline_id, stage_id, status,
          forecasted_close_on, contact_id, account_id, conversation_id, created_by, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, deal.title, deal.description, deal.value.minorUnits, deal.value.currency.code, deal.ownerID,
      deal.pipelineID, deal.stageID, deal.status.rawValue, deal.forecastedCloseOn?.description,
      deal.contactID,
      deal.accountID, deal.conversationID, deal.createdBy, deal.createdAt)
  }

  static func addSecondaryContact(
    _ contactID: Int64, role: String, to dealID: Int64, in transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      "INSERT INTO deal_contacts (deal_id, contact_id, role) VALUES (?, ?, ?)", dealID, contactID, role)
  }

  /// - Parameter today: the day in the workspace's time zone, for `overdue`.
  static func deal(_ id: Int64, today: CalendarDate, in snapshot: borrowing Snapshot) throws -> Deal? {
    let found = try snapshot.first("\(selection) WHERE deals.id = ?", id) { row in
      try deal(from: row, today: today)
    }
    guard var deal = found else { return nil }
    deal.secondaryContacts = try secondaryContacts(of: id, in: snapshot)
    return deal
  }

  /// Those that a contact has a part in or that came of a conversation, newest first, and how many there are in all.
  static func deals(
    ofContact contactID: Int64?, orConversation conversationID: Int64?, limit: Int, today: CalendarDate,
    in snapshot: borrowing Snapshot
  ) throws -> (deals: [Deal], total: Int) {
    let union = """
      SELECT id FROM deals WHERE contact_id = ?1
        UNION SELECT deal_id FROM deal_contacts WHERE contact_id = ?1
        UNION SELECT id FROM deals WHERE conversation_id = ?2
      """
    let ids = try snapshot.rows(
      "\(union) ORDER BY 1 DESC LIMIT ?3", contactID, conversationID, limit
    ) { row in
      row.int64(0)
    }
    let total = try snapshot.first("SELECT count(*) FROM (\(union))", contactID, conversationID) { row in
      row.int(0)
    }
    let deals = try ids.compactMap { try deal($0, today: today, in: snapshot) }
    return (deals, total ?? 0)
  }

  private static func secondaryContacts(
    of dealID: Int64, in snapshot: borrowing Snapshot
  ) throws -> [SecondaryContact] {
    try snapshot.rows(
      """
      SELECT contacts.id, contacts.first_name, contacts.last_name, contacts.email, deal_contacts.role
        FROM deal_contacts JOIN contacts ON contacts.id = deal_contacts.contact_id
        WHERE deal_contacts.deal_id = ? ORDER BY contacts.id
      """, dealID
    ) { row in
      let contact = reference(id: row.int64(0), first: row.text(1), last: row.text(2), email: row.text(3))
      return SecondaryContact(id: contact.id, name: contact.name, email: contact.email, role: row.text(4))
    }
  }

  private static let selection = """
    SELECT deals.id, deals.title, deals.description, deals.value_minor, deals.currency,
      deals.owner_id, agents.name, deals.forecasted_close_on,
      deals.pipeline_id, pipelines.name, deals.stage_id, stages.name, stages.color, deals.status,
      deals.contact_id, contacts.first_name, contacts.last_name, contacts.email,
      deals.account_id, accounts.name, deals.conversation_id, deals.created_by, deals.created_at
    FROM deals
      JOIN agents ON agents.id = deals.owner_id
      JOIN pipelines ON pipelines.id = deals.pipeline_id
      JOIN stages ON stages.id = deals.stage_id
      LEFT JOIN contacts ON contacts.id = deals.contact_id
      LEFT JOIN accounts ON accounts.id = deals.account_id
    """

  private static func deal(from row: borrowing Row, today: CalendarDate) throws -> Deal {
    guard let currency = Currency(code: row.text(4)),
      let value = Money(minorUnits: row.int64(3), currency: currency),
      let status = Deal.Status(rawValue: row.text(13))
    else { throw ParleyError.defect(reason: "deals.value") }
    let closeOn = row.optionalText(7).flatMap { CalendarDate($0) }
    return Deal(
      id: row.int64(0), title: row.text(1), description: row.text(2), value: value,
      owner: AgentReference(id: row.int64(5), name: row.text(6)), forecastedCloseOn: closeOn,
      overdue: status.isOverdue(forecastedCloseOn: closeOn, today: today),
      pipeline: PipelineReference(id: row.int64(8), name: row.text(9)),
      stage: Stage(id: row.int64(10), name: row.text(11), color: row.text(12)), status: status,
      contact: row.optionalInt64(14).map {
        reference(id: $0, first: row.text(15), last: row.text(16), email: row.text(17))
      },
      account: row.optionalInt64(18).map { AccountReference(id: $0, name: row.text(19)) },
      secondaryContacts: [], conversationID: row.optionalInt64(20), createdBy: row.int64(21),
      createdAt: row.int64(22))
  }

  private static func reference(id: Int64, first: String, last: String, email: String) -> ContactReference {
    let name = PersonName(first: first, last: last).full
    return ContactReference(id: id, name: name.isEmpty ? email : name, email: email)
  }
}
