/// What of a deal can change, as its history names it.
package enum DealField: String, Sendable, Hashable, Codable {
  case created, title, description, value, owner, forecastedCloseOn, stage, pipeline, status, lostReason,
    contact,
    account, secondaryContact, tags, task, note, conversation
  /// A field of one's own: from and to name it, `{id, name, type, value}`, with choices by their names.
  case field
}

/// One change of a deal: who, when, from, to.
package struct DealHistoryEntry: Sendable, Hashable, Codable {
  package var id: Int64
  package var field: DealField
  /// JSON of the field's value before and after.
  @Nullable package var from: String?
  @Nullable package var to: String?
  @Nullable package var agent: AgentReference?
  /// The automation that did it in the agent's name.
  @Nullable package var automation: AutomationReference?
  package var createdAt: Int64
}

/// A page of a deal's history, newest first.
package struct DealHistoryPage: Sendable, Hashable, Codable {
  package var changes: [DealHistoryEntry]
  /// The `before` of the next page.
  @Nullable package var next: Int64?
}
