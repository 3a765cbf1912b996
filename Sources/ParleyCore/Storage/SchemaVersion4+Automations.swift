extension Schema {
  static let version4Automations = ""
}
