import Synchronization

/// A number that several threads count.
final class Count: Sendable {
  private let value = Atomic<Int>(0)

  func add(_ amount: Int) {
    value.add(amount, ordering: .relaxed)
  }

  var current: Int { value.load(ordering: .relaxed) }
}
