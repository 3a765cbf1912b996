/// What to change of a deal; what is nil stays, and `.some(nil)` empties the field.
package struct DealChange: Sendable, Hashable {
  /// May hold personalization tags.
  package var title: String?
  package var description: String?
  /// Without a currency it keeps the deal's.
  package var value: DealDraft.Value?
  package var ownerID: Int64?
  /// `YYYY-MM-DD`.
  package var forecastedCloseOn: String??
  package var pipelineID: Int64?
  /// Of the deal's pipeline, or of the one it goes to; left out there, its first.
  package var stageID: Int64?
  package var contactID: Int64??
  package var accountID: Int64??
  package var status: Deal.Status?
  package var lostReason: String?
  /// All of them.
  package var tags: [String]?
  package var fields: FieldEntries?

  package init(
    title: String? = nil, description: String? = nil, value: DealDraft.Value? = nil, ownerID: Int64? = nil,
    forecastedCloseOn: String?? = nil, pipelineID: Int64? = nil, stageID: Int64? = nil,
    contactID: Int64?? = nil, accountID: Int64?? = nil, status: Deal.Status? = nil, lostReason: String? = nil,
    tags: [String]? = nil, fields: FieldEntries? = nil
  ) {
    self.title = title
    self.description = description
    self.value = value
    self.ownerID = ownerID
    self.forecastedCloseOn = forecastedCloseOn
    self.pipelineID = pipelineID
    self.stageID = stageID
    self.contactID = contactID
    self.accountID = accountID
    self.status = status
    self.lostReason = lostReason
    self.tags = tags
    self.fields = fields
  }
}

extension DealChange: Decodable {
  private enum Key: String, CodingKey {
    case title, description, value, ownerID, forecastedCloseOn, pipelineID, stageID, contactID, accountID,
      status,
      lostReason, tags, fields
  }

  package init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    title = try object.decodeIfPresent(String.self, forKey: .title)
    description = try object.decodeIfPresent(String.self, forKey: .description)
    value = try object.decodeIfPresent(DealDraft.Value.self, forKey: .value)
    ownerID = try object.decodeIfPresent(Int64.self, forKey: .ownerID)
    forecastedCloseOn = try object.decodeNullable(String.self, forKey: .forecastedCloseOn)
    pipelineID = try object.decodeIfPresent(Int64.self, forKey: .pipelineID)
    stageID = try object.decodeIfPresent(Int64.self, forKey: .stageID)
    contactID = try object.decodeNullable(Int64.self, forKey: .contactID)
    accountID = try object.decodeNullable(Int64.self, forKey: .accountID)
    status = try object.decodeIfPresent(Deal.Status.self, forKey: .status)
    lostReason = try object.decodeIfPresent(String.self, forKey: .lostReason)
    tags = try object.decodeIfPresent([String].self, forKey: .tags)
    fields = try object.decodeIfPresent(FieldEntries.self, forKey: .fields)
  }
}

extension KeyedDecodingContainer {
  /// Tells a member that is left out (nil) from one that is null (`.some(nil)`).
  func decodeNullable<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value?? {
    contains(key) ? .some(try decodeIfPresent(type, forKey: key)) : nil
  }
}
