import HTTPServer

/// How long things took.
struct Latencies {
  private var taken: [Int64] = []

  var count: Int { taken.count }

  init() {
    taken.reserveCapacity(1 << 20)
  }

  mutating func add(from start: Moment, to end: Moment) {
    taken.append(end.nanoseconds - start.nanoseconds)
  }

  /// In milliseconds: the median, and what of a hundred, and of a thousand, all but one stay below.
  func figures(_ name: String) -> [(String, Double)] {
    let sorted = taken.sorted()
    guard !sorted.isEmpty else { return [] }
    return [("median", 0.5), ("p99", 0.99), ("p999", 0.999), ("slowest", 1)].map { label, part in
      let index = min(sorted.count - 1, Int(Double(sorted.count) * part))
      return ("\(name).\(label)", Double(sorted[index]) / 1e6)
    }
  }
}
