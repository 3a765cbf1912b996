extension Schema {
  static let version4Merges = ""
}
