/// What is due when: a binary heap, with the next one at its top. A pure value, so that time is whatever a test says.
struct Deadlines: Sendable {
  /// Names what is due: a descriptor, and which of its users in turn, since the kernel gives descriptors out again.
  struct Token: Hashable, Sendable {
    let descriptor: Int32
    let generation: UInt32
  }

  private var heap: [(moment: Moment, token: Token)] = []

  var next: Moment? { heap.first?.moment }
  var count: Int { heap.count }

  mutating func insert(_ token: Token, at moment: Moment) {
    heap.append((moment, token))
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child].moment < heap[parent].moment else { break }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  /// Forgets what nobody waits for any more.
  mutating func removeAll(where isStale: (Token) -> Bool) {
    heap.removeAll { isStale($0.token) }
    // What is in order is a heap.
    heap.sort { $0.moment < $1.moment }
  }

  /// Takes out the earliest that is due at `now`.
  mutating func popDue(at now: Moment) -> (moment: Moment, token: Token)? {
    guard let first = heap.first, first.moment <= now else { return nil }
    let last = heap.removeLast()
    guard !heap.isEmpty else { return first }
    heap[0] = last
    var parent = 0
    while true {
      let left = 2 * parent + 1
      guard left < heap.count else { return first }
      let right = left + 1
      let child = right < heap.count && heap[right].moment < heap[left].moment ? right : left
      guard heap[child].moment < heap[parent].moment else { return first }
      heap.swapAt(child, parent)
      parent = child
    }
  }
}
