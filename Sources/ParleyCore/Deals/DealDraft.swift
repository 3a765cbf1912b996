/// A deal as someone asks for it, unchecked: `Parley.addDeal` says everything that is wrong with it at once.
///
/// Decoding it fails only where a value is of another type than the interface says; what is missing stays absent here.
package struct DealDraft: Sendable, Hashable, Codable {
  /// An amount and a currency's code, either of which may be missing or impossible.
  package struct Value: Sendable, Hashable, Codable {
    package var minor: Int64?
    package var currency: String?

    package init(minor: Int64?, currency: String?) {
      self.minor = minor
      self.currency = currency
    }
  }

  /// Where someone asks from: it says who the deal must be with.
  package enum Origin: String, Sendable, Hashable, Codable {
    case conversation, pipeline, contact, account
  }

  /// May hold personalization tags.
  package var title: String?
  package var value: Value?
  package var ownerID: Int64?
  /// `YYYY-MM-DD`.
  package var forecastedCloseOn: String?
  package var pipelineID: Int64?
  package var stageID: Int64?
  package var description: String?
  /// Where the deal was added from.
  package var conversationID: Int64?
  package var contact: ContactChoice?
  package var account: AccountChoice?
  package var origin: Origin?
  package var fields: FieldEntries?

  package init(
    title: String?, value: Value?, ownerID: Int64?, forecastedCloseOn: String? = nil, pipelineID: Int64?,
    stageID: Int64?, description: String? = nil, conversationID: Int64? = nil, contact: ContactChoice? = nil,
    account: AccountChoice? = nil, origin: Origin? = nil, fields: FieldEntries? = nil
  ) {
    self.title = title
    self.value = value
    self.ownerID = ownerID
    self.forecastedCloseOn = forecastedCloseOn
    self.pipelineID = pipelineID
    self.stageID = stageID
    self.description = description
    self.conversationID = conversationID
    self.contact = contact
    self.account = account
    self.origin = origin
    self.fields = fields
  }
}

/// A contact that is known, or one to be made: `{"id"}` or `{"new": {name, email}}`.
package enum ContactChoice: Sendable, Hashable {
  case existing(Int64)
  case new(name: String, email: String)
}

/// An account that is known, or one to be made: `{"id"}` or `{"new": {name}}`.
package enum AccountChoice: Sendable, Hashable {
  case existing(Int64)
  case new(name: String)
}

private enum ChoiceKeys: String, CodingKey {
  case id, new
}

extension ContactChoice: Codable {
  private struct New: Codable {
    var name: String?
    var email: String?
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: ChoiceKeys.self)
    if let id = try container.decodeIfPresent(Int64.self, forKey: .id) {
      self = .existing(id)
    } else {
      let new = try container.decode(New.self, forKey: .new)
      self = .new(name: new.name ?? "", email: new.email ?? "")
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: ChoiceKeys.self)
    switch self {
    case .existing(let id): try container.encode(id, forKey: .id)
    case .new(let name, let email): try container.encode(New(name: name, email: email), forKey: .new)
    }
  }
}

extension AccountChoice: Codable {
  private struct New: Codable {
    var name: String?
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: ChoiceKeys.self)
    if let id = try container.decodeIfPresent(Int64.self, forKey: .id) {
      self = .existing(id)
    } else {
      self = .new(name: try container.decode(New.self, forKey: .new).name ?? "")
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: ChoiceKeys.self)
    switch self {
    case .existing(let id): try container.encode(id, forKey: .id)
    case .new(let name): try container.encode(New(name: name), forKey: .new)
    }
  }
}
