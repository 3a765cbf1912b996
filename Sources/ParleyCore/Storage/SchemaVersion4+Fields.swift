extension Schema {
  static let version4Fields = ""
}
