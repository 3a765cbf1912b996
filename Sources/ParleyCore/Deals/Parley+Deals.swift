import SQLite

extension Parley {
  /// Adds a deal, and with it the contact and the account where they are not known yet: all of it or nothing, and on the disk
  /// once this returns.
  ///
  /// A new contact whose e-mail address exists by then is that contact, a new account whose name exists is that account; the
  /// answer says which were made. A contact without an account gets the deal's. A visitor whom the conversation knows
  /// as nobody yet becomes the contact. The same key with the same draft again stores nothing and answers as before.
  ///
  /// - Throws: `invalid` (`deal.invalid`) with every field error at once; `idempotencyMismatch` when the key came with another
  ///   draft; `permissionDenied` for who is no agent.
  package func addDeal(
    _ draft: DealDraft, idempotencyKey key: IdempotencyKey, by agent: AgentIdentity
  ) async throws(ParleyError) -> AddedDeal {
    try agent.requireAgent()
    let request = try IdempotentRequest(draft, key: key, agentID: agent.id)
    return try await write { [presence] transaction, changes in
      if let answer = try request.answer(AddedDeal.self, in: transaction.snapshot) {
        // What it said is no news to the client, unless the rights have changed since.
        let pipelineID = try DealRecords.pipelineID(of: answer.deal.id, in: transaction.snapshot)
        try PipelineAccess.require(
          .see, pipelineID ?? answer.deal.pipeline.id, by: agent, in: transaction.snapshot)
        return answer
      }
      var check = DealCheck(by: agent, presence, now: changes.now)
      let deal = try check.check(draft, in: transaction.snapshot)
      let addition = DealAddition(deal: deal, agent: agent, presence: presence, changes: changes)
      let answer = try addition.store(in: transaction)
      try request.store(answer, now: changes.now, in: transaction)
      return answer
    }
  }

  /// How a title with personalization tags will read for a contact and an account, whether they exist or are still being
  /// typed, and which of its tags do not exist.
  package func previewTitle(
    _ title: String, contact: ContactChoice?, account: AccountChoice?, by agent: AgentIdentity
  ) async throws(ParleyError) -> TitlePreview {
    try agent.requireAgent()
    let text = PersonalizedText(title)
    let now = now()
    return try await read { snapshot in
      let values = try PersonalizationValues(contact: contact, account: account, now: now, in: snapshot)
      return TitlePreview(title: text.resolved(with: values), unknownTags: text.unknownTags)
    }
  }

  /// - Throws: `notFound`, also for a deal of a pipeline that the agent may not see.
  package func deal(_ id: Int64, by agent: AgentIdentity) async throws(ParleyError) -> Deal {
    try agent.requireAgent()
    let now = now()
    return try await read { snapshot in
      let time = try WorkspaceTime(now: now, in: snapshot)
      guard let deal = try DealRecords.deal(id, at: time, in: snapshot) else { throw ParleyError.notFound }
      try PipelineAccess.require(.see, deal.pipeline.id, by: agent, in: snapshot)
      return deal
    }
  }

  /// Changes what is given of a deal, and answers it as it is then. A title's tags are resolved with the deal's contact and
  /// account. In another stage the deal stands at the head of its column.
  ///
  /// - Throws: `invalid` (`deal.invalid`) with every field error at once; `notFound`; `permissionDenied`: another owner needs the
  ///   right to reassign, anything else that to edit, another pipeline also that to add there.
  package func editDeal(
    _ id: Int64, _ change: DealChange, by agent: AgentIdentity
  ) async throws(ParleyError) -> Deal {
    try agent.requireAgent()
    return try await write { [presence] transaction, changes in
      var revision = try DealRevision(of: id, by: agent, in: transaction.snapshot, changes)
      var check = DealCheck(by: agent, presence, now: changes.now)
      try check.apply(change, to: &revision, in: transaction.snapshot)
      return try revision.store(in: transaction)
    }
  }

  /// Puts a card of the board behind another one, or at the head of a column. Whatever happened to that other card meanwhile, the
  /// deal is in the stage then.
  ///
  /// - Parameter card: a deal of that stage; one that has moved away means the head.
  /// - Throws: `invalid` (`deal.invalid`) for a stage of another pipeline; `notFound`; `permissionDenied`.
  package func moveDeal(
    _ id: Int64, to stageID: Int64, behind card: Int64?, by agent: AgentIdentity
  ) async throws(ParleyError) -> Deal {
    try agent.requireAgent()
    return try await write { [presence] transaction, changes in
      var revision = try DealRevision(of: id, by: agent, requiring: .edit, in: transaction.snapshot, changes)
      let pipelineID = revision.before.pipeline.id
      var check = DealCheck(by: agent, presence, now: changes.now)
      let pipeline = try check.pipeline(pipelineID, in: transaction.snapshot)
      _ = check.stage(stageID, in: pipeline)
      try check.invalid.check()
      try revision.move(to: stageID, of: pipelineID, behind: card, in: transaction.snapshot)
      return try revision.store(in: transaction)
    }
  }

  /// Removes a deal with its notes, tasks and history. The conversation, the contacts and the account stay.
  ///
  /// - Throws: `notFound`; `permissionDenied`.
  package func removeDeal(_ id: Int64, by agent: AgentIdentity) async throws(ParleyError) {
    try agent.requireAgent()
    try await write { transaction, changes in
      let revision = try DealRevision(
        of: id, by: agent, requiring: .delete, in: transaction.snapshot, changes)
      let deal = revision.before
      try DealRecords.delete(id, in: transaction)
      let removal = EventBody.dealRemoved(dealID: id, pipelineID: deal.pipeline.id, stageID: deal.stage.id)
      try changes.record(removal, for: .pipeline(deal.pipeline.id), in: transaction)
      changes.touch(ColumnKey(deal))
    }
  }
}
