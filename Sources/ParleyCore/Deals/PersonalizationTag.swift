/// What a title may say of its contact and account by a tag, written `%NAME%`.
package enum PersonalizationTag: String, Sendable, CaseIterable {
  case firstName = "FIRSTNAME"
  case lastName = "LASTNAME"
  case fullName = "FULLNAME"
  case email = "EMAIL"
  case phone = "PHONE"
  case jobTitle = "CONTACT_JOBTITLE"
  case accountName = "ACCT_NAME"
  case accountURL = "ACCT_URL"
}

/// What the tags stand for; empty where it is not known.
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
