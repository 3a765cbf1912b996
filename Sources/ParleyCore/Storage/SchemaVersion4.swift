extension Schema {
  /// Who may do what, fields of one's own, automations, and what lists and reports need of them.
  static let version4 = [
    version4Groups, version4Fields, version4Automations, version4Views, version4Merges, version4Imports,
    version4DealOrder, version4StageHistory, version4DealConversations,
  ].joined(separator: "\n")
}
