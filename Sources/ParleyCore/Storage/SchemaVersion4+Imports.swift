extension Schema {
  static let version4Imports = ""
}
