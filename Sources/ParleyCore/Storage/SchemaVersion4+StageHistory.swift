extension Schema {
  static let version4StageHistory = ""
}
