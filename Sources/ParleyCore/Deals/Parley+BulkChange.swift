import SQLite

/// What to change of many deals; what is nil stays.
package struct BulkChange: Sendable, Hashable, Codable {
  package var ownerID: Int64?
  /// Deals of other pipelines are skipped.
  package var stageID: Int64?
  package var status: Deal.Status?
  package var lostReason: String?
  package var addTag: String?
  package var removeTag: String?

  package init(
    ownerID: Int64? = nil, stageID: Int64? = nil, status: Deal.Status? = nil, lostReason: String? = nil,
    addTag: String? = nil, removeTag: String? = nil
  ) {
    self.ownerID = ownerID
    self.stageID = stageID
    self.status = status
    self.lostReason = lostReason
    self.addTag = addTag
    self.removeTag = removeTag
  }

  static let limit = 500
}

/// What came of a change of many deals.
package struct BulkResult: Sendable, Hashable, Codable {
  /// How many deals are as asked for now, whether or not they were before.
  package var changed: Int
  /// Those that are not there, may not be seen, or cannot be changed so.
  package var skipped: [Int64]
}

extension Parley {
  /// Changes many deals alike, in one transaction.
  ///
  /// - Parameter ids: 1 … 500 of them.
  /// - Throws: `invalid` when the change itself is at fault: then nothing is changed.
  package func changeDeals(
    _ ids: [Int64], _ change: BulkChange, by agent: AgentIdentity
  ) async throws(ParleyError) -> BulkResult {
    try agent.requireAgent()
    guard (1...BulkChange.limit).contains(ids.count) else {
      throw .invalid(Invalid(fields: ["ids": "field.invalid"]))
    }
    let added = try Self.tag(change.addTag, "addTag")
    let removed = try Self.tag(change.removeTag, "removeTag")
    return try await write { [presence] transaction, changes in
      try Self.check(change, in: transaction.snapshot)
      var result = BulkResult(changed: 0, skipped: [])
      var seen: Set<Int64> = []
      for id in ids where seen.insert(id).inserted {
        do {
          var revision = try DealRevision(of: id, by: agent, in: transaction.snapshot, changes)
          var tags = revision.before.tags.compactMap { TagName($0) }
          if let added, !tags.contains(added) { tags.append(added) }
          tags.removeAll { $0 == removed }
          let one = DealChange(
            ownerID: change.ownerID, stageID: change.stageID, status: change.status,
            lostReason: change.lostReason, tags: tags.map(\.text))
          var check = DealCheck(by: agent, presence, now: changes.now)
          try check.apply(one, to: &revision, in: transaction.snapshot)
          _ = try revision.store(in: transaction)
          result.changed += 1
        } catch ParleyError.notFound, ParleyError.invalid, ParleyError.permissionDenied {
          // Nothing of this one was stored: all three are found before anything is.
          result.skipped.append(id)
        }
      }
      return result
    }
  }

  private static func tag(_ typed: String?, _ field: String) throws(ParleyError) -> TagName? {
    guard let typed else { return nil }
    guard let name = TagName(typed) else {
      throw .invalid(Invalid(code: "deal.invalid", fields: [field: "deal.tags.invalid"]))
    }
    return name
  }

  private static func check(_ change: BulkChange, in snapshot: borrowing Snapshot) throws {
    var invalid = Invalid(code: "deal.invalid")
    if let ownerID = change.ownerID, try !AgentRecords.exists(ownerID, in: snapshot) {
      invalid.add("owner", "deal.owner.unknown")
    }
    if let stageID = change.stageID, try StagePlace(stageID, in: snapshot) == nil {
      invalid.add("stage", "deal.stage.unknown")
    }
    if (change.lostReason ?? "").unicodeScalars.count > Deal.lostReasonLimit {
      invalid.add("lostReason", "deal.lostReason.too-long")
    }
    try invalid.check()
  }
}
