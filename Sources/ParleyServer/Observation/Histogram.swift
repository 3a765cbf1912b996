import Synchronization

/// How often a value fell into each bucket, as Prometheus counts them.
package final class Histogram: Sendable {
  private struct State {
    var counts: [Int]
    var sum = 0.0
  }

  let bounds: [Double]
  private let state: Mutex<State>

  /// - Parameter bounds: the buckets' inclusive upper bounds, ascending; one without bound follows them.
  init(bounds: [Double]) {
    self.bounds = bounds
    self.state = Mutex(State(counts: Array(repeating: 0, count: bounds.count + 1)))
  }

  /// 1 ms to 10 s, for requests and commits.
  static func seconds() -> Histogram {
    Histogram(bounds: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10])
  }

  func observe(_ value: Double) {
    let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
    state.withLock { state in
      state.counts[bucket] += 1
      state.sum += value
    }
  }

  /// The count of each bucket, not cumulative, and the sum of all values.
  var snapshot: (counts: [Int], sum: Double) {
    state.withLock { ($0.counts, $0.sum) }
  }
}
