import Testing

@testable import ParleyCore

@Suite("Places on the board")
struct RankTests {
  @Test(
    "between any two places there is another, however one goes on",
    arguments: ["head", "tail", "behind the first", "before the last", "anywhere"])
  func room(place: String) throws {
    var column = [Rank.between(nil, nil)]
    column.append(.between(column[0], nil))
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      let index =
        switch place {
        case "head": 0
        case "tail": column.count
        case "behind the first": 1
        case "before the last": column.count - 1
        default: Int.random(in: 0...column.count, using: &generator)
        }
      let before = index > 0 ? column[index - 1] : nil
      let after = index < column.count ? column[index] : nil
      column.insert(.between(before, after), at: index)
    }
    for (left, right) in zip(column, column.dropFirst()) {
      #expect(left.text.utf8.lexicographicallyPrecedes(right.text.utf8))
    }
    #expect(
      column.allSatisfy { $0.text.utf8.count >= 16 && ($0.text.utf8.count == 16 || !$0.text.hasSuffix("0")) })
    if place == "head" || place == "tail" { #expect(column.allSatisfy { $0.text.utf8.count == 16 }) }
  }

  @Test(
    "a place is as short as can be, also at the ends of what can be counted",
    arguments: [
      (nil, nil, "4000000000000000"), (nil, "4000000000000000", "3fffffffffffffff"),
      ("4000000000000000", nil, "4000000000000001"),
      ("4000000000000000", "4000000000000001", "40000000000000008"),
      ("40000000000000008", "4000000000000001", "4000000000000000c"),
      ("3fffffffffffffff", "4000000000000000", "3fffffffffffffff8"),
      (nil, "0000000000000001", "00000000000000008"), ("ffffffffffffffff", nil, "ffffffffffffffff8"),
      ("000000000000000f", "0000000000000010", "000000000000000f8"),
      ("1000000000000000", "f000000000000000", "8000000000000000"),
    ] as [(String?, String?, String)])
  func exact(lower: String?, upper: String?, expected: String) {
    let rank = Rank.between(lower.map { Rank(stored: $0) }, upper.map { Rank(stored: $0) })
    #expect(rank.text == expected)
  }
}
