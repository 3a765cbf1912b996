import HTTPServer
import HTTPWire
import ParleyCore

extension Operation.Parameter {
  /// Told once for all of them: the names hold the fields' ids.
  static let fields: [Operation.Parameter] = [
    .init(
      name: "field.{id}", schema: .string,
      summary: "The beginnings of words in a field of one's own, a choice's id, or `true`."),
    .init(name: "field.{id}.from", schema: .string, summary: "A number, minor units or a date; included."),
    .init(name: "field.{id}.to", schema: .string, summary: "As `from`."),
  ]
}

extension Call {
  /// The conditions on fields of one's own that the query tells, in the order of their first mention.
  func fieldFilters() throws(CallError) -> [FieldFilter] {
    var filters: [FieldFilter] = []
    for item in request.query.items where item.name.hasPrefix("field.") {
      let parts = item.name.split(separator: ".", omittingEmptySubsequences: false).dropFirst()
      guard let id = parts.first.flatMap({ Int64($0) }), parts.count <= 2 else {
        throw .invalid(fields: [item.name: "field.invalid"])
      }
      let known = filters.firstIndex { $0.fieldID == id }
      if known == nil { filters.append(FieldFilter(fieldID: id)) }
      let index = known ?? filters.endIndex - 1
      switch parts.dropFirst().first {
      case nil: filters[index].value = item.value
      case "from": filters[index].from = item.value
      case "to": filters[index].to = item.value
      default: throw .invalid(fields: [item.name: "field.invalid"])
      }
    }
    guard filters.count <= FieldFilter.limit else { throw .invalid(fields: ["field": "field.invalid"]) }
    return filters
  }
}
