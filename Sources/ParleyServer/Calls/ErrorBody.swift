import ParleyCore

/// How every error reads, over HTTP and on the sockets: `{"code", …}`. What does not apply is left out.
struct ErrorBody: Encodable, Sendable {
  let code: String
  let fields: [String: String]?
  /// The tags of a title that do not exist.
  let tags: [String]?
  /// Seconds.
  let retryAfter: Int?
  let conversationID: Int64?
  let existing: ExistingRecord?
  /// How many deals stand in the way.
  let deals: Int?
  /// How many records have a value that would go.
  let records: Int?
  /// The id of the record that the asked one has become part of.
  let mergedInto: Int64?
  /// The automation as someone else has saved it.
  let current: Automation?
  let problems: [AutomationProblem]?

  init(
    _ code: String, fields: [String: String] = [:], tags: [String] = [], retryAfter: Int? = nil,
    conversationID: Int64? = nil, existing: ExistingRecord? = nil, deals: Int? = nil,
    records: Int? = nil, mergedInto: Int64? = nil,
    current: Automation? = nil, problems: [AutomationProblem]? = nil
  ) {
    self.code = code
    self.fields = fields.isEmpty ? nil : fields
    self.tags = tags.isEmpty ? nil : tags
    self.retryAfter = retryAfter
    self.conversationID = conversationID
    self.existing = existing
    self.deals = deals
    self.records = records
    self.mergedInto = mergedInto
    self.current = current
    self.problems = problems
  }

  /// What a use case's error tells the client.
  init(_ error: ParleyError) {
    switch error {
    case .invalid(let invalid):
      self.init(
        error.code, fields: invalid.fields, tags: invalid.tags, existing: invalid.existing.map { .named($0) })
    case .throttled(let seconds): self.init(error.code, retryAfter: seconds)
    case .agentTaken(let existing): self.init(error.code, existing: .named(existing))
    case .contactTaken(let existing): self.init(error.code, existing: .contact(existing))
    case .accountTaken(let existing): self.init(error.code, existing: .account(existing))
    case .otherConversationOpen(let id): self.init(error.code, conversationID: id)
    case .pipelineNotEmpty(let deals), .stageNotEmpty(let deals): self.init(error.code, deals: deals)
    case .fieldInUse(let records): self.init(error.code, records: records)
    case .merged(let id): self.init(error.code, mergedInto: id)
    case .automationConflict(let current): self.init(error.code, current: current)
    case .automationFaulty(let problems): self.init(error.code, problems: problems)
    case .notFound, .permissionDenied, .sessionRequired, .credentials, .setUpDone, .ownerLast,
      .groupEveryone, .automationTooMany, .runNotFailed,
      .pipelineLast, .stageLast, .idempotencyMismatch, .storageUnavailable, .defect:
      self.init(error.code)
    }
  }
}

/// The record that stands where another was to go.
enum ExistingRecord: Encodable, Sendable {
  case contact(Contact)
  case account(Account)
  /// A group, a field of one's own, or an agent.
  case named(NameHolder)

  func encode(to encoder: any Encoder) throws {
    switch self {
    case .contact(let contact): try contact.encode(to: encoder)
    case .account(let account): try account.encode(to: encoder)
    case .named(let holder): try holder.encode(to: encoder)
    }
  }
}
