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
