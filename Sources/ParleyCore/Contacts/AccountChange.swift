import SQLite

/// An account to be added, or the fields of one to change; what is nil is empty, or stays.
package struct AccountChange: Sendable, Hashable {
  package var name: String?
  package var url: String?
  package var phone: String?
  /// Nil stays; `.some(nil)` leaves the account to nobody.
  package var ownerID: Int64??
  package var fields: FieldEntries?

  package init(
    name: String? = nil, url: String? = nil, phone: String? = nil, ownerID: Int64?? = nil,
    fields: FieldEntries? = nil
  ) {
    self.name = name
    self.url = url
    self.phone = phone
    self.ownerID = ownerID
    self.fields = fields
  }

  /// Cleaned for storage.
  ///
  /// - Parameter isNew: a new account must have a name.
  /// - Throws: `invalid` (`account.invalid`) with every fault: `account.name.required`, `account.url.invalid`,
  ///   `account.FIELD.too-long`, `account.owner.unknown`, and those of fields.
  func checked(isNew: Bool, in snapshot: borrowing Snapshot) throws -> CheckedAccountChange {
    var invalid = Invalid(code: "account.invalid")
    let typedName = name ?? (isNew ? "" : nil)
    let checkedName = typedName.flatMap { AccountName($0) }
    if let typedName, checkedName == nil {
      let isLong = typedName.unicodeScalars.count > AccountName.limit
      invalid.add("name", isLong ? "account.name.too-long" : "account.name.required")
    }
    let address = url.map { WebAddress.completed($0) }
    if let address, !address.isEmpty, !WebAddress.isOne(address) { invalid.add("url", "account.url.invalid") }
    if (address?.unicodeScalars.count ?? 0) > Account.urlLimit { invalid.add("url", "account.url.too-long") }
    let number = phone?.onOneLine
    if (number?.unicodeScalars.count ?? 0) > Account.phoneLimit {
      invalid.add("phone", "account.phone.too-long")
    }
    if case .some(.some(let id)) = ownerID, try !AgentRecords.exists(id, in: snapshot) {
      invalid.add("ownerID", "account.owner.unknown")
    }
    let checkedFields = try fields?.checked(of: .account, &invalid, in: snapshot) ?? []
    try invalid.check()
    return CheckedAccountChange(
      name: checkedName, url: address, phone: number, ownerID: ownerID, fields: checkedFields)
  }
}

extension AccountChange: Codable {
  private enum Key: String, CodingKey {
    case name, url, phone, ownerID, fields
  }

  /// `"ownerID": null` is nobody; a missing key is no change.
  package init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    name = try object.decodeIfPresent(String.self, forKey: .name)
    url = try object.decodeIfPresent(String.self, forKey: .url)
    phone = try object.decodeIfPresent(String.self, forKey: .phone)
    ownerID =
      object.contains(.ownerID) ? .some(try object.decodeIfPresent(Int64.self, forKey: .ownerID)) : nil
    fields = try object.decodeIfPresent(FieldEntries.self, forKey: .fields)
  }

  package func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encodeIfPresent(name, forKey: .name)
    try object.encodeIfPresent(url, forKey: .url)
    try object.encodeIfPresent(phone, forKey: .phone)
    if let ownerID { try object.encode(ownerID, forKey: .ownerID) }
    try object.encodeIfPresent(fields, forKey: .fields)
  }
}

/// A change of an account that nothing is wrong with.
struct CheckedAccountChange: Sendable {
  var name: AccountName?
  var url: String?
  var phone: String?
  var ownerID: Int64??
  var fields: [CheckedField] = []
}
