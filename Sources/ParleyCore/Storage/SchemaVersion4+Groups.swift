extension Schema {
  static let version4Groups = ""
}
