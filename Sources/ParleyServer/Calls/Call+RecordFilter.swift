import HTTPServer
import HTTPWire
import ParleyCore

extension RecordFilter {
  private static let having = JSONSchema.oneOf(strings: ["any", "none"])

  /// The query that tells a filter of accounts.
  static let accountParameters: [Operation.Parameter] =
    [
      .search,
      .init(name: "owner", schema: .integer, summary: "Who looks after the account; 0 for nobody."),
      .init(name: "deals", schema: having, summary: "Open deals."),
      .init(name: "createdFrom", schema: .calendarDate, summary: "Included, as all dates of a filter."),
      .init(name: "createdTo", schema: .calendarDate, summary: ""),
    ] + Operation.Parameter.fields

  /// The query that tells a filter of contacts.
  static let contactParameters: [Operation.Parameter] =
    accountParameters + [
      .tag, .init(name: "account", schema: .integer, summary: "Those of this account."),
      .init(name: "conversations", schema: having, summary: ""),
      .init(name: "talkedFrom", schema: .calendarDate, summary: "A conversation's last message."),
      .init(name: "talkedTo", schema: .calendarDate, summary: ""),
    ]
}

extension Operation.Parameter {
  static let tag = Operation.Parameter(
    name: "tag", schema: .string, summary: "Those that bear this tag; given several times, all of them.")
}

extension Call {
  /// The tags of the query.
  func tags() throws(CallError) -> [String] {
    let tags = request.query.items.filter { $0.name == "tag" }.map(\.value)
    guard tags.count <= RecordFilter.mostTags else { throw .invalid(fields: ["tag": "field.invalid"]) }
    return tags
  }

  /// The filter of contacts that the query tells.
  func contactFilter() throws(CallError) -> RecordFilter {
    var filter = try accountFilter()
    filter.tags = try tags()
    filter.accountID = try integer("account")
    filter.conversations = try having("conversations")
    filter.talkedFrom = try date("talkedFrom")
    filter.talkedTo = try date("talkedTo")
    return filter
  }

  /// The filter of accounts that the query tells.
  func accountFilter() throws(CallError) -> RecordFilter {
    var filter = RecordFilter(
      search: text("search"), fields: try fieldFilters(), order: try choice("sort", default: .name))
    filter.ownerID = try integer("owner")
    filter.openDeals = try having("deals")
    filter.createdFrom = try date("createdFrom")
    filter.createdTo = try date("createdTo")
    return filter
  }

  private func having(_ name: String) throws(CallError) -> RecordFilter.Having? {
    guard let text = request.query[name] else { return nil }
    guard let having = RecordFilter.Having(rawValue: text) else {
      throw .invalid(fields: [name: "field.invalid"])
    }
    return having
  }
}
