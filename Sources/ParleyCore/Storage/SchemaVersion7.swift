extension Schema {
  static let version7 = version7Reports + "\n" + version7Messages
}
