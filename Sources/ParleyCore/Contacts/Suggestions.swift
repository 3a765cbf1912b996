/// The records found for what someone types, each once, in the order in which the searches found them.
struct Suggestions<Record: Identifiable> {
  private(set) var found: [Record] = []
  private let limit: Int

  init(limit: Int) {
    self.limit = limit
  }

  var hasRoom: Bool { found.count < limit }

  mutating func add(_ records: [Record]) {
    for record in records where hasRoom && !found.contains(where: { $0.id == record.id }) {
      found.append(record)
    }
  }
}
