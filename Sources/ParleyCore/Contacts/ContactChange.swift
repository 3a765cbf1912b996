import SQLite

/// A contact to be added, or the fields of one to change; what is nil is empty, or stays.
package struct ContactChange: Sendable, Hashable {
  package var email: String?
  package var firstName: String?
  package var lastName: String?
  package var phone: String?
  package var jobTitle: String?
  /// Nil stays; `.some(nil)` takes the contact out of its account.
  package var accountID: Int64??
  /// All of them: those that are left out go.
  package var tags: [String]?
  package var fields: FieldEntries?

  package init(
    email: String? = nil, firstName: String? = nil, lastName: String? = nil, phone: String? = nil,
    jobTitle: String? = nil, accountID: Int64?? = nil, tags: [String]? = nil,
    fields: FieldEntries? = nil
  ) {
    self.email = email
    self.firstName = firstName
    self.lastName = lastName
    self.phone = phone
    self.jobTitle = jobTitle
    self.accountID = accountID
    self.tags = tags
    self.fields = fields
  }

  /// Cleaned for storage.
  ///
  /// - Parameter isNew: a new contact must have an address.
  /// - Throws: `invalid` (`contact.invalid`) with every fault: `contact.email.required`, `contact.email.invalid`,
  ///   `contact.FIELD.too-long`, `contact.tags.invalid`, `contact.tags.too-many`, `contact.account.unknown`, and those of fields.
  func checked(isNew: Bool = false, in snapshot: borrowing Snapshot) throws -> CheckedContactChange {
    var invalid = Invalid(code: "contact.invalid")
    func clean(_ typed: String?, field: String, limit: Int, tooLong: String) -> String? {
      guard let text = typed?.onOneLine else { return nil }
      if text.unicodeScalars.count > limit { invalid.add(field, tooLong) }
      return text
    }
    let typedEmail = email ?? (isNew ? "" : nil)
    let address = typedEmail.flatMap { EmailAddress($0) }
    if let typedEmail, address == nil {
      invalid.add("email", typedEmail.trimmed.isEmpty ? "contact.email.required" : "contact.email.invalid")
    }
    let names = tags.map { $0.prefix(Contact.mostTags).map { TagName($0) } }
    if names?.contains(nil) == true { invalid.add("tags", "contact.tags.invalid") }
    if (tags?.count ?? 0) > Contact.mostTags { invalid.add("tags", "contact.tags.too-many") }
    if case .some(.some(let id)) = accountID, try AccountRecords.account(id, in: snapshot) == nil {
      invalid.add("accountID", "contact.account.unknown")
    }
    let checked = CheckedContactChange(
      email: address,
      firstName: clean(
        firstName, field: "firstName", limit: PersonName.limit, tooLong: "contact.firstName.too-long"),
      lastName: clean(
        lastName, field: "lastName", limit: PersonName.limit, tooLong: "contact.lastName.too-long"),
      phone: clean(
        phone, field: "phone", limit: Contact.phoneLimit, tooLong: "contact.phone.too-long"),
      jobTitle: clean(
        jobTitle, field: "jobTitle", limit: Contact.jobTitleLimit, tooLong: "contact.jobTitle.too-long"),
      accountID: accountID, tags: names?.compactMap { $0 },
      fields: try fields?.checked(of: .contact, &invalid, in: snapshot) ?? [])
    try invalid.check()
    return checked
  }
}

extension ContactChange: Codable {
  private enum Key: String, CodingKey {
    case email, firstName, lastName, phone, jobTitle, accountID, tags, fields
  }

  /// `"accountID": null` is no account; a missing key is no change.
  package init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    func text(_ key: Key) throws -> String? { try object.decodeIfPresent(String.self, forKey: key) }
    email = try text(.email)
    firstName = try text(.firstName)
    lastName = try text(.lastName)
    phone = try text(.phone)
    jobTitle = try text(.jobTitle)
    accountID =
      object.contains(.accountID) ? .some(try object.decodeIfPresent(Int64.self, forKey: .accountID)) : nil
    tags = try object.decodeIfPresent([String].self, forKey: .tags)
    fields = try object.decodeIfPresent(FieldEntries.self, forKey: .fields)
  }

  package func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    for (key, text) in [
      (Key.email, email), (.firstName, firstName), (.lastName, lastName), (.phone, phone),
      (.jobTitle, jobTitle),
    ] {
      try object.encodeIfPresent(text, forKey: key)
    }
    if let accountID { try object.encode(accountID, forKey: .accountID) }
    try object.encodeIfPresent(tags, forKey: .tags)
    try object.encodeIfPresent(fields, forKey: .fields)
  }
}

/// A change of a contact that nothing is wrong with.
struct CheckedContactChange: Sendable {
  var email: EmailAddress?
  var firstName: String?
  var lastName: String?
  var phone: String?
  var jobTitle: String?
  var accountID: Int64??
  var tags: [TagName]?
  var fields: [CheckedField] = []
}
