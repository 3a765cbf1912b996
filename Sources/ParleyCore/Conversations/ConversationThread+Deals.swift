import SQLite

extension ConversationThread {
  /// What someone writes is activity of the conversation's open deals.
  ///
  /// Every text has its own event already, by which a page knows of the activity: a deal is told only when the text ends its
  /// rotting, which happens once, however much is written. Most conversations have no deal, and cost one look at two indexes.
  mutating func noteActivityOfDeals(in transaction: borrowing Transaction, _ changes: Changes) throws {
    let deals = try DealConversationRecords.openDeals(
      of: conversation.id, now: changes.now, in: transaction.snapshot)
    hasNoDeals = deals.isEmpty
    for deal in deals {
      try DealRecords.touch(deal.id, at: changes.now, in: transaction)
      guard deal.isRotting else { continue }
      let revived = try DealRevision.reload(deal.id, in: transaction, changes)
      try changes.record(.dealChanged(revived), for: .pipeline(revived.pipeline.id), in: transaction)
    }
  }
}
