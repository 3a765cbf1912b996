extension Schema {
  static let version7 = [version7Reports, version7Lists, version7Activity, version7Messages]
    .joined(separator: "\n")
}
