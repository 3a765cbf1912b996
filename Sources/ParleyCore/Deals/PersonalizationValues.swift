import SQLite

/// What a title's tags stand for; empty where it is not known.
struct PersonalizationValues: Sendable, Hashable {
  var name = PersonName(first: "", last: "")
  var email = ""
  var phone = ""
  var jobTitle = ""
  var accountName = ""
  var accountURL = ""

  subscript(tag: PersonalizationTag) -> String {
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

extension PersonalizationValues {
  /// What is known of a deal's contact and account, whether they exist or are still being typed.
  init(contact: ContactChoice?, account: AccountChoice?, in snapshot: borrowing Snapshot) throws {
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
