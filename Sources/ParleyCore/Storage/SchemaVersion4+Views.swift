extension Schema {
  static let version4Views = ""
}
