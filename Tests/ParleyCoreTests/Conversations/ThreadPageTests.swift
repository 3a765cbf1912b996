import Testing

@testable import ParleyCore

@Suite("Pages of a thread")
struct ThreadPageTests {
  struct Case: Sendable {
    let anchor: ThreadAnchor
    let limit: Int
    let numbers: [Int64]
    let hasEarlier: Bool
    let hasLater: Bool
  }

  static let cases = [
    Case(anchor: .latest, limit: 3, numbers: [8, 9, 10], hasEarlier: true, hasLater: false),
    Case(anchor: .latest, limit: 10, numbers: Array(1...10), hasEarlier: false, hasLater: false),
    Case(anchor: .latest, limit: 200, numbers: Array(1...10), hasEarlier: false, hasLater: false),
    Case(anchor: .before(8), limit: 3, numbers: [5, 6, 7], hasEarlier: true, hasLater: true),
    Case(anchor: .before(3), limit: 3, numbers: [1, 2], hasEarlier: false, hasLater: true),
    Case(anchor: .before(1), limit: 3, numbers: [], hasEarlier: false, hasLater: true),
    Case(anchor: .before(.max), limit: 2, numbers: [9, 10], hasEarlier: true, hasLater: false),
    Case(anchor: .before(.min), limit: 2, numbers: [], hasEarlier: false, hasLater: true),
    Case(anchor: .after(0), limit: 2, numbers: [1, 2], hasEarlier: false, hasLater: true),
    Case(anchor: .after(7), limit: 50, numbers: [8, 9, 10], hasEarlier: true, hasLater: false),
    Case(anchor: .after(10), limit: 5, numbers: [], hasEarlier: true, hasLater: false),
    Case(anchor: .after(.max), limit: 5, numbers: [], hasEarlier: true, hasLater: false),
    Case(anchor: .after(.min), limit: 1, numbers: [1], hasEarlier: false, hasLater: true),
    Case(anchor: .around(5), limit: 4, numbers: [3, 4, 5, 6], hasEarlier: true, hasLater: true),
    Case(anchor: .around(1), limit: 4, numbers: [1, 2, 3, 4], hasEarlier: false, hasLater: true),
    Case(anchor: .around(10), limit: 4, numbers: [7, 8, 9, 10], hasEarlier: true, hasLater: false),
    Case(anchor: .around(.max), limit: 1, numbers: [10], hasEarlier: true, hasLater: false),
    Case(anchor: .around(.min), limit: 20, numbers: Array(1...10), hasEarlier: false, hasLater: false),
  ]

  @Test("a page is the stretch that was asked for, and says what lies beyond it", arguments: cases)
  func pages(expected: Case) async throws {
    let shop = try await Workshop()
    let (id, visitor) = try await shop.conversation("1")
    for number in 2...10 {
      try await shop.parley.post(text: "\(number)", clientID: .client(), from: visitor)
    }
    let page = try await shop.parley.thread(of: id, expected.anchor, limit: expected.limit, by: shop.agent)
    #expect(page.messages.map(\.number) == expected.numbers)
    #expect(page.messages.map(\.text) == expected.numbers.map { "\($0)" })
    #expect(page.hasEarlier == expected.hasEarlier)
    #expect(page.hasLater == expected.hasLater)
  }

  @Test("a visitor's page continues what they have, or starts over when too much is missing")
  func visitorsPage() async throws {
    let shop = try await Workshop()
    let (_, visitor) = try await shop.conversation("1")
    for number in 2...60 {
      try await shop.parley.post(text: "\(number)", clientID: .client(), from: visitor)
    }
    let table: [(after: Int64, first: Int64?, startOver: Bool, hasEarlier: Bool)] = [
      (0, 11, false, true), (5, 11, true, true), (10, 11, false, true), (59, 60, false, true),
      (60, nil, false, true), (61, 11, true, true), (-1, 11, true, true), (.min, 11, true, true),
      (.max, 11, true, true),
    ]
    for row in table {
      let opening = try await shop.parley.opening(after: row.after, withMessages: true, for: visitor)
      #expect(opening.messages.first?.number == row.first, "\(row)")
      #expect(opening.startOver == row.startOver, "\(row)")
      #expect(opening.hasEarlier == row.hasEarlier, "\(row)")
    }
    let history = try await shop.parley.history(before: 11, for: visitor)
    #expect(history.messages.map(\.number) == Array(1...10))
    #expect(!history.hasEarlier)
    for number in [Int64.min, 0, 1] {
      #expect(try await shop.parley.history(before: number, for: visitor).messages.isEmpty)
    }
    #expect(try await shop.parley.history(before: .max, for: visitor).messages.count == 50)
  }
}
