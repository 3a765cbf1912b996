import ParleyCore
import Testing

@Suite("Person names")
struct PersonNameTests {
  @Test(
    "a typed name is split into its first word and the rest",
    arguments: [
      ("Ada King", "Ada", "King"), ("Ada", "Ada", ""), ("", "", ""), ("  Ada \t King ", "Ada", "King"),
      ("Ludwig van Beethoven", "Ludwig", "van Beethoven"), ("Jean-Luc Picard", "Jean-Luc", "Picard"),
      ("Ada\u{A0}King", "Ada", "King"), ("🦊 Fox", "🦊", "Fox"), ("Ada\u{0}King", "Ada", "King"),
    ])
  func splitting(typed: String, first: String, last: String) {
    let name = PersonName(full: typed)
    #expect(name.first == first)
    #expect(name.last == last)
  }

  @Test(
    "a full name is whichever parts there are",
    arguments: [("Ada", "King", "Ada King"), ("Ada", "", "Ada"), ("", "King", "King"), ("", "", "")])
  func full(first: String, last: String, expected: String) {
    #expect(PersonName(first: first, last: last).full == expected)
  }
}
