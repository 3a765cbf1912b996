import SQLite

/// What a title's tags stand for; empty where it is not known.
struct PersonalizationValues: Sendable, Hashable {
  var name = PersonName(first: "", last: "")
  var email = ""
  var phone = ""
  var jobTitle = ""
  var accountName = ""
  var accountURL = ""

  /// Nil where no deal is spoken of: its tags are unknown then.
  var deal: PersonalizedDeal?
  /// Nil before there is a workspace.
  var today: CalendarDate?

  subscript(tag: PersonalizationTag) -> String {
    switch tag {
    case .person(let tag): self[tag]
    case .deal(let tag): deal?[tag] ?? ""
    case .today(let days): today?.adding(days: days)?.description ?? ""
    }
  }

  private subscript(tag: PersonalizationTag.Person) -> String {
    switch tag {
    case .firstName: name.first
    case .lastName: name.last
    case .fullName: name.full
    case .email: email
    case .phone: phone
    case .jobTitle: jobTitle
    case .accountName: accountName
    case .accountURL: accountURL
    }
  }
}

/// What the tags of a deal stand for.
struct PersonalizedDeal: Sendable, Hashable {
  private let deal: Deal

  init(_ deal: Deal) {
    self.deal = deal
  }

  subscript(tag: PersonalizationTag.Deal) -> String {
    switch tag {
    case .title: deal.title
    case .value: deal.value.text
    case .pipeline: deal.pipeline.name
    case .stage: deal.stage.name
    case .owner: deal.owner.name
    case .forecastedCloseOn: deal.forecastedCloseOn?.description ?? ""
    }
  }
}

extension PersonalizationValues {
  /// What is known of a deal's contact and account, whether they exist or are still being typed; and which day it is.
  init(
    contact: ContactChoice?, account: AccountChoice?, now: Int64, in snapshot: borrowing Snapshot
  ) throws {
    today = try WorkspaceTime(now: now, in: snapshot).today
    switch contact {
    case nil: break
    case .existing(let id):
      if let contact = try ContactRecords.current(id, in: snapshot) { take(contact) }
    case .new(let typedName, let typedEmail):
      if let address = EmailAddress(typedEmail),
        let contact = try ContactRecords.contact(email: address, in: snapshot)
      {
        take(contact)
      } else {
        name = PersonName(full: typedName)
        email = typedEmail.onOneLine
      }
    }
    switch account {
    case nil: break
    case .existing(let id):
      if let account = try AccountRecords.current(id, in: snapshot) { take(account) }
    case .new(let typed):
      if let name = AccountName(typed), let account = try AccountRecords.account(key: name.key, in: snapshot)
      {
        take(account)
      } else {
        accountName = typed.onOneLine
      }
    }
  }

  private mutating func take(_ contact: Contact) {
    name = PersonName(first: contact.firstName, last: contact.lastName)
    email = contact.email
    phone = contact.phone
    jobTitle = contact.jobTitle
  }

  private mutating func take(_ account: Account) {
    accountName = account.name
    accountURL = account.url
  }
}
