import SQLite

/// A draft that nothing is wrong with, its defaults filled in. The contact and the account it names are those that exist, or
/// are still to be made.
struct CheckedDeal {
  enum Party<Record, New> {
    case existing(Record)
    case new(New)
  }

  typealias ContactParty = Party<Contact, (name: PersonName, email: EmailAddress)>
  typealias AccountParty = Party<Account, AccountName>

  /// Resolved.
  var title: String
  var value: Money
  /// Nil when nobody was named: the pipeline says who it is then.
  var ownerID: Int64?
  var forecastedCloseOn: CalendarDate?
  var pipeline: Pipeline
  var stageID: Int64
  var description: String
  var conversationID: Int64?
  /// For a contact to be made; maybe empty.
  var visitorPhone: String
  var contact: ContactParty?
  var account: AccountParty?
  var fields: [CheckedField]
}

/// Reads a draft against what is stored, and gathers everything that is wrong with it.
struct DealCheck: ~Copyable {
  var invalid = Invalid(code: "deal.invalid")
  let agent: AgentIdentity
  private let presence: Presence
  let now: Int64

  /// - Parameter now: milliseconds since 1970 UTC.
  init(by agent: AgentIdentity, _ presence: Presence, now: Int64) {
    self.agent = agent
    self.presence = presence
    self.now = now
  }

  /// - Throws: `ParleyError.invalid` with the code `deal.invalid` and every field error at once.
  mutating func check(_ draft: DealDraft, in snapshot: borrowing Snapshot) throws -> CheckedDeal {
    let pipeline = try pipeline(addingTo: draft.pipelineID, in: snapshot)
    let stage = stage(draft.stageID, in: pipeline)
    let value = value(draft.value, in: pipeline)
    let ownerID = try draft.ownerID.flatMap { try owner($0, pipeline: pipeline, in: snapshot) }
    let forecastedCloseOn = closeDate(draft.forecastedCloseOn)
    let visitorPhone = try visitorPhone(ofConversation: draft.conversationID, in: snapshot)
    let account = try account(draft.account, in: snapshot)
    let contact = try contact(draft.contact, in: snapshot)
    requireSomeone(for: draft)
    var values = try PersonalizationValues(
      contact: draft.contact, account: draft.account, now: now, in: snapshot)
    if case .new = contact { values.phone = visitorPhone }
    let title = title(draft.title ?? "", with: values)
    let description = description(draft.description ?? "")
    let fields = try draft.fields?.checked(of: .deal, &invalid, in: snapshot) ?? []
    try invalid.check()
    guard let pipeline, let stage, let value else {
      throw ParleyError.defect(reason: "deal.check")
    }
    return CheckedDeal(
      title: title, value: value, ownerID: ownerID, forecastedCloseOn: forecastedCloseOn,
      pipeline: pipeline, stageID: stage.id, description: description,
      conversationID: draft.conversationID, visitorPhone: visitorPhone, contact: contact, account: account,
      fields: fields)
  }

  /// A deal belongs to someone: from an account's page to the account, otherwise to a person; where it is not said whence
  /// it comes, to either.
  private mutating func requireSomeone(for draft: DealDraft) {
    switch draft.origin ?? draft.conversationID.map({ _ in .conversation }) {
    case .conversation, .pipeline, .contact:
      if draft.contact == nil { invalid.add("contact", "deal.contact.required") }
    case .account:
      if draft.account == nil { invalid.add("account", "deal.account.required") }
    case nil:
      if draft.contact == nil, draft.account == nil { invalid.add("contact", "deal.contact.required") }
    }
  }

  /// One that the agent may see; for who may not there is none.
  mutating func pipeline(_ id: Int64?, in snapshot: borrowing Snapshot) throws -> Pipeline? {
    guard let id else {
      invalid.add("pipeline", "deal.pipeline.required")
      return nil
    }
    let pipeline = try PipelineAccess.pipeline(id, visibleTo: agent, in: snapshot)
    if pipeline == nil { invalid.add("pipeline", "deal.pipeline.unknown") }
    return pipeline
  }

  /// One that the agent may add deals to.
  mutating func pipeline(addingTo id: Int64?, in snapshot: borrowing Snapshot) throws -> Pipeline? {
    guard let pipeline = try pipeline(id, in: snapshot) else { return nil }
    guard pipeline.rights.contains(.add) else {
      invalid.add("pipeline", "deal.pipeline.denied")
      return nil
    }
    return pipeline
  }

  mutating func stage(_ id: Int64?, in pipeline: Pipeline?) -> Stage? {
    // Without a pipeline a stage means nothing, and the pipeline has been found at fault.
    guard let pipeline else { return nil }
    guard let id else {
      if pipeline.stages.isEmpty { invalid.add("stage", "deal.stage.required") }
      return pipeline.stages.first
    }
    let stage = pipeline.stages.first { $0.id == id }
    if stage == nil { invalid.add("stage", "deal.stage.unknown") }
    return stage
  }

  mutating func value(_ draft: DealDraft.Value?, in pipeline: Pipeline?) -> Money? {
    guard let draft, let minorUnits = draft.minor else {
      invalid.add("value", "deal.value.required")
      return nil
    }
    guard let code = draft.currency ?? pipeline?.currency else { return nil }
    guard let currency = Currency(code: code) else {
      invalid.add("value", "deal.value.unknown")
      return nil
    }
    let value = Money(minorUnits: minorUnits, currency: currency)
    if value == nil { invalid.add("value", "deal.value.invalid") }
    return value
  }

  mutating func owner(
    _ id: Int64, pipeline: Pipeline?, in snapshot: borrowing Snapshot
  ) throws -> Int64? {
    guard try AgentRecords.exists(id, in: snapshot) else {
      invalid.add("owner", "deal.owner.unknown")
      return nil
    }
    if let pipeline, !pipeline.watchers.contains(id) {
      invalid.add("owner", "deal.owner.denied")
    }
    return id
  }

  mutating func closeDate(_ text: String?) -> CalendarDate? {
    guard let text, !text.isEmpty else { return nil }
    let date = CalendarDate(text)
    if date == nil { invalid.add("forecastedCloseOn", "deal.forecastedCloseOn.invalid") }
    return date
  }

  /// The telephone number that the visitor of a conversation gave, where they are nobody's contact yet: then they are whom the
  /// deal is with.
  mutating func visitorPhone(
    ofConversation id: Int64?, in snapshot: borrowing Snapshot
  ) throws -> String {
    guard let id else { return "" }
    guard let conversation = try ConversationRecords.find(id, presence, in: snapshot),
      let visitor = try VisitorRecords.find(conversation.visitorID, presence, in: snapshot)?.visitor
    else {
      invalid.add("conversation", "deal.conversation.unknown")
      return ""
    }
    return visitor.contactID == nil ? visitor.phone : ""
  }

  mutating func account(
    _ choice: AccountChoice?, in snapshot: borrowing Snapshot
  ) throws -> CheckedDeal.AccountParty? {
    switch choice {
    case nil: return nil
    case .existing(let id):
      if let account = try AccountRecords.current(id, in: snapshot) { return .existing(account) }
      invalid.add("account", "deal.account.unknown")
      return nil
    case .new(let typed):
      guard let name = AccountName(typed) else {
        let isLong = typed.unicodeScalars.count > AccountName.limit
        invalid.add("account", isLong ? "deal.account.too-long" : "deal.account.required")
        return nil
      }
      let existing = try AccountRecords.account(key: name.key, in: snapshot)
      return existing.map { .existing($0) } ?? .new(name)
    }
  }

  mutating func contact(
    _ choice: ContactChoice?, in snapshot: borrowing Snapshot
  ) throws -> CheckedDeal.ContactParty? {
    switch choice {
    case nil: return nil
    case .existing(let id):
      if let contact = try ContactRecords.current(id, in: snapshot) { return .existing(contact) }
      invalid.add("contact", "deal.contact.unknown")
      return nil
    case .new(let typedName, let typedEmail):
      let name = PersonName(full: typedName)
      guard let email = EmailAddress(typedEmail) else {
        let isEmpty = typedEmail.trimmed.isEmpty
        let isNobody = isEmpty && name.full.isEmpty
        let absence = isNobody ? "deal.contact.required" : "deal.contact.email-required"
        invalid.add("contact", isEmpty ? absence : "deal.contact.email-invalid")
        return nil
      }
      if !name.isWithinLimits { invalid.add("contact", "deal.contact.too-long") }
      let existing = try ContactRecords.contact(email: email, in: snapshot)
      return existing.map { .existing($0) } ?? .new((name, email))
    }
  }

  /// The title as it reads for the deal's contact and account.
  mutating func title(_ typed: String, with values: PersonalizationValues) -> String {
    let text = PersonalizedText(typed)
    let title = text.resolved(with: values)
    if !text.unknownTags.isEmpty {
      invalid.add("title", "deal.title.unknown-tag")
      invalid.tags = text.unknownTags
    }
    // A title of tags alone is empty for a contact who is still at fault: that fault is enough.
    let mayBeEmpty = (invalid.fields["contact"] ?? invalid.fields["account"]) != nil
    if typed.trimmed.isEmpty || title.isEmpty && !mayBeEmpty { invalid.add("title", "deal.title.required") }
    if title.unicodeScalars.count > Deal.titleLimit { invalid.add("title", "deal.title.too-long") }
    return title
  }

  mutating func description(_ typed: String) -> String {
    let description = typed.onManyLines
    if description.unicodeScalars.count > Deal.descriptionLimit {
      invalid.add("description", "deal.description.too-long")
    }
    return description
  }
}
