/// Why a use case refused or failed. Closed: the server maps each case to an HTTP status in one place.
///
/// No case carries what a person typed; what is `existing` names the record that the asking agent may see.
package enum ParleyError: Error, Sendable, Equatable {
  /// What was sent is at fault: every field error at once.
  case invalid(Invalid)
  case notFound
  /// The record has become part of the one with this id.
  case merged(into: Int64)
  case permissionDenied
  /// The session has ended or never was.
  case sessionRequired
  /// The e-mail or the password is wrong; which of them is not said.
  case credentials
  /// Too many failed sign-ins; seconds until the next try.
  case throttled(retryAfter: Int)
  /// The workspace exists already.
  case setUpDone
  case agentTaken(existing: NameHolder)
  /// A workspace keeps one owner at least.
  case ownerLast
  /// The group of everyone is as it is.
  case groupEveryone
  case contactTaken(existing: Contact)
  case accountTaken(existing: Account)
  /// The visitor has another conversation open, and may have one only.
  case otherConversationOpen(conversationID: Int64)
  /// The pipeline holds so many deals, and it was not said where they go.
  case pipelineNotEmpty(deals: Int)
  /// A workspace keeps one pipeline at least.
  case pipelineLast
  /// The stage holds so many deals, and it was not said where they go.
  case stageNotEmpty(deals: Int)
  /// A pipeline keeps one stage at least.
  case stageLast
  /// So many records have a value that would go, and it was not said that it may.
  case fieldInUse(records: Int)
  /// A workspace has no room for more automations.
  case automationTooMany
  /// Someone else has saved the automation since.
  case automationConflict(current: Automation)
  /// What keeps an automation from being on.
  case automationFaulty([AutomationProblem])
  /// Only a failed run can be tried again.
  case runNotFailed
  /// The idempotency key was used for another request.
  case idempotencyMismatch
  /// The disk is full or failing, or too much waits already: a later try may succeed. What it was, for the log.
  case storageUnavailable(reason: String)
  /// A defect of the program. What it was, for the log: statements with their placeholders, never values.
  case defect(reason: String)

  /// Stable, documented in the interface; the client has the prose.
  package var code: String {
    switch self {
    case .invalid(let invalid): invalid.code
    case .notFound: "not.found"
    case .merged: "record.merged"
    case .permissionDenied: "permission.denied"
    case .sessionRequired: "session.required"
    case .credentials: "session.credentials"
    case .throttled: "session.throttled"
    case .setUpDone: "setup.done"
    case .agentTaken: "agent.email.taken"
    case .ownerLast: "agent.owner-last"
    case .groupEveryone: "group.everyone"
    case .contactTaken: "contact.email.taken"
    case .accountTaken: "account.name.taken"
    case .otherConversationOpen: "conversation.other-open"
    case .pipelineNotEmpty: "pipeline.not-empty"
    case .pipelineLast: "pipeline.last"
    case .stageNotEmpty: "stage.not-empty"
    case .stageLast: "stage.last"
    case .fieldInUse: "field.in-use"
    case .automationTooMany: "automation.too-many"
    case .automationConflict: "automation.conflict"
    case .automationFaulty: "automation.invalid"
    case .runNotFailed: "automation.run.not-failed"
    case .idempotencyMismatch: "idempotency.mismatch"
    case .storageUnavailable: "storage.unavailable"
    case .defect: "server.error"
    }
  }
}

/// What stands where another was to go.
package struct NameHolder: Sendable, Hashable, Codable {
  package var id: Int64
  package var name: String
}

/// What is wrong with a request, field by field.
package struct Invalid: Sendable, Equatable {
  /// Of the whole: `request.invalid`, `deal.invalid`, `message.text.too-long`.
  package var code: String
  /// Codes by field.
  package var fields: [String: String] = [:]
  /// The unknown personalization tags, when a field's code ends in `unknown-tag`.
  package var tags: [String] = []
  /// What has the name already, when a field's code ends in `taken`.
  package var existing: NameHolder?

  package init(
    code: String = "request.invalid", fields: [String: String] = [:], tags: [String] = [],
    existing: NameHolder? = nil
  ) {
    self.code = code
    self.fields = fields
    self.tags = tags
    self.existing = existing
  }

  var isEmpty: Bool { fields.isEmpty }

  /// Notes a fault; the first of a field stands.
  mutating func add(_ field: String, _ code: String) {
    fields[field] = fields[field] ?? code
  }

  /// Throws what was noted, if anything was.
  func check() throws(ParleyError) {
    guard isEmpty else { throw .invalid(self) }
  }
}
