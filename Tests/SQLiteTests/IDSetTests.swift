import Testing

@testable import SQLite

@Suite("Sets of ids")
struct IDSetTests {
  private static let ids: [Int64] = [9, 3, .max, 3, .min, 0, -4]

  @Test("a statement finds in a set the ids that it holds, and no others", arguments: [0, 1, 2, 7])
  func members(count: Int) async throws {
    let database = try Scratch().open()
    let set = IDSet(Self.ids.prefix(count))
    #expect(set.ids == Array(Set(Self.ids.prefix(count))).sorted())
    for id in Self.ids + [1, 4, 8, 10, .max - 1] {
      let isMember = try await database.read { snapshot in
        try snapshot.first("SELECT is_among(?, ?)", id, set) { $0.int(0) }
      }
      #expect(isMember == (Self.ids.prefix(count).contains(id) ? 1 : 0), "\(id)")
    }
  }

  @Test("what is no set holds nothing")
  func others() async throws {
    let database = try Scratch().open()
    for value in [Value.null, .blob([1, 2, 3]), .integer(3), .text("3")] {
      let isMember = try await database.write { transaction in
        try transaction.snapshot.first("SELECT is_among(3, ?)", value) { $0.int(0) }
      }
      #expect(isMember == 0)
    }
  }

  @Test(
    "two sets have in common what both hold",
    arguments: [
      ([], [1], []), ([1, 2, 3], [], []), ([1, 3, 5], [2, 4], []), ([1, 3, 5, 7], [0, 3, 4, 7, 9], [3, 7]),
      ([1, 2], [1, 2], [1, 2]),
    ] as [([Int64], [Int64], [Int64])])
  func intersections(one: [Int64], other: [Int64], common: [Int64]) {
    #expect(IDSet(one).intersection(IDSet(other)).ids == common)
    #expect(IDSet(other).intersection(IDSet(one)).ids == common)
  }
}
