import SQLite

extension Parley {
  /// A page of the agent's own notifications.
  ///
  /// - Parameters:
  ///   - id: the `next` of the page before; nil for the first.
  ///   - limit: 1 … 100.
  package func notifications(
    before id: Int64? = nil, limit: Int = 25, by agent: AgentIdentity
  ) async throws(ParleyError) -> NotificationPage {
    try agent.requireAgent()
    let limit = min(max(limit, 1), 100)
    return try await read { snapshot in
      let found = try NotificationRecords.page(
        of: agent, before: id ?? .max, limit: limit + 1, in: snapshot)
      let shown = Array(found.prefix(limit))
      return NotificationPage(
        notifications: shown, next: found.count > limit ? shown.last?.id : nil,
        unread: try NotificationRecords.unread(of: agent, in: snapshot))
    }
  }

  /// The agent has read their notifications up to one. Answers how many are unread still.
  @discardableResult
  package func readNotifications(
    upTo id: Int64, by agent: AgentIdentity
  ) async throws(ParleyError) -> Int {
    try agent.requireAgent()
    return try await write { transaction, changes in
      let isNews = try NotificationRecords.markRead(upTo: id, of: agent.id, at: changes.now, in: transaction)
      let unread = try NotificationRecords.unread(of: agent, in: transaction.snapshot)
      if isNews {
        try changes.record(.notificationsRead(unread: unread), for: .agent(agent.id), in: transaction)
      }
      return unread
    }
  }
}
