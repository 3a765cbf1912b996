extension Schema {
  static let version7 = version7Reports
}
