extension Schema {
  static let version7 = [version7Reports, version7Messages, version7Lists]
    .joined(separator: "\n")
}
