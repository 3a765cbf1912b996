/// What deals, contacts and conversations tell the automations of their changes.
extension Changes {
  func noticeNew(_ contact: Contact) {
    var fact = Fact(.contactCreated)
    fact.contactID = contact.id
    notice(fact)
    noticeTags(from: [], to: contact.tags) { kind in
      var fact = Fact(kind)
      fact.contactID = contact.id
      fact.on = .contact
      return fact
    }
  }

  func noticeChange(from before: Contact, to after: Contact) {
    noticeTags(from: before.tags, to: after.tags) { kind in
      var fact = Fact(kind)
      fact.contactID = after.id
      fact.on = .contact
      return fact
    }
    let fields: [(String, Bool)] = [
      ("email", before.email != after.email), ("firstName", before.firstName != after.firstName),
      ("lastName", before.lastName != after.lastName), ("phone", before.phone != after.phone),
      ("jobTitle", before.jobTitle != after.jobTitle), ("accountID", before.account?.id != after.account?.id),
    ]
    let names =
      fields.filter(\.1).map(\.0) + before.fields.names(ofChangesTo: after.fields)
    for field in names {
      var fact = Fact(.fieldChanged)
      fact.contactID = after.id
      fact.on = .contact
      fact.name = field
      notice(fact)
    }
  }

  func noticeChange(from before: Account, to after: Account) {
    let fields: [(String, Bool)] = [
      ("name", before.name != after.name), ("url", before.url != after.url),
      ("phone", before.phone != after.phone),
      ("ownerID", before.owner?.id != after.owner?.id),
    ]
    let names =
      fields.filter(\.1).map(\.0) + before.fields.names(ofChangesTo: after.fields)
    for field in names {
      var fact = Fact(.fieldChanged)
      fact.on = .account
      fact.name = field
      notice(fact)
    }
  }

  func noticeChange(from before: Deal, to after: Deal) {
    func changed(_ kind: Fact.Kind, _ isChanged: Bool, _ fill: (inout Fact) -> Void = { _ in }) {
      guard isChanged else { return }
      var fact = Fact(kind, of: after)
      fill(&fact)
      notice(fact)
    }
    changed(.dealEnteredPipeline, before.pipeline.id != after.pipeline.id)
    changed(.dealStageChanged, before.stage.id != after.stage.id) {
      $0.fromStageID = before.stage.id
      $0.toStageID = after.stage.id
    }
    changed(.dealStatusChanged, before.status != after.status) { $0.name = after.status.rawValue }
    changed(.dealValueChanged, before.value != after.value)
    changed(.dealOwnerChanged, before.owner.id != after.owner.id)
    changed(.dealCloseDateChanged, before.forecastedCloseOn != after.forecastedCloseOn)
    let fields: [(String, Bool)] = [
      ("title", before.title != after.title), ("description", before.description != after.description),
      ("forecastedCloseOn", before.forecastedCloseOn != after.forecastedCloseOn),
      ("contactID", before.contact?.id != after.contact?.id),
      ("accountID", before.account?.id != after.account?.id),
    ]
    let names =
      fields.filter(\.1).map(\.0) + before.fields.names(ofChangesTo: after.fields)
    for field in names {
      changed(.fieldChanged, true) {
        $0.on = .deal
        $0.name = field
      }
    }
    noticeTags(from: before.tags, to: after.tags) { kind in
      var fact = Fact(kind, of: after)
      fact.on = .deal
      return fact
    }
  }

  private func noticeTags(from before: [String], to after: [String], _ make: (Fact.Kind) -> Fact) {
    let old = Set(before.compactMap { TagName($0)?.key })
    let new = Set(after.compactMap { TagName($0)?.key })
    for (kind, keys) in [(Fact.Kind.tagAdded, new.subtracting(old)), (.tagRemoved, old.subtracting(new))] {
      for key in keys.sorted() {
        var fact = make(kind)
        fact.name = key
        notice(fact)
      }
    }
  }
}
