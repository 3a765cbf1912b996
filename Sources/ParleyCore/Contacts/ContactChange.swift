/// The fields of a contact to change; what is nil stays.
package struct ContactChange: Sendable, Hashable, Codable {
  package var email: String?
  package var firstName: String?
  package var lastName: String?
  package var phone: String?
  package var jobTitle: String?

  package init(
    email: String? = nil, firstName: String? = nil, lastName: String? = nil, phone: String? = nil,
    jobTitle: String? = nil
  ) {
    self.email = email
    self.firstName = firstName
    self.lastName = lastName
    self.phone = phone
    self.jobTitle = jobTitle
  }

  /// Cleaned for storage.
  ///
  /// - Throws: `invalid` (`contact.invalid`) with every fault: `contact.email.required`, `contact.email.invalid`, `contact.FIELD.too-long`.
  func checked() throws(ParleyError) -> CheckedContactChange {
    var invalid = Invalid(code: "contact.invalid")
    func clean(_ typed: String?, field: String, limit: Int) -> String? {
      guard let text = typed?.onOneLine else { return nil }
      if text.unicodeScalars.count > limit { invalid.add(field, "contact.\(field).too-long") }
      return text
    }
    let address = email.flatMap { EmailAddress($0) }
    if let email, address == nil {
      invalid.add("email", email.trimmed.isEmpty ? "contact.email.required" : "contact.email.invalid")
    }
    let checked = CheckedContactChange(
      email: address,
      firstName: clean(firstName, field: "firstName", limit: PersonName.limit),
      lastName: clean(lastName, field: "lastName", limit: PersonName.limit),
      phone: clean(phone, field: "phone", limit: Contact.phoneLimit),
      jobTitle: clean(jobTitle, field: "jobTitle", limit: Contact.jobTitleLimit))
    try invalid.check()
    return checked
  }
}

/// A change of a contact that nothing is wrong with.
struct CheckedContactChange: Sendable {
  var email: EmailAddress?
  var firstName: String?
  var lastName: String?
  var phone: String?
  var jobTitle: String?
}
