import ParleyCore
import Testing

@Suite("Account names")
struct AccountNameTests {
  @Test(
    "names that differ only in how they are typed are the same account",
    arguments: [
      ("Café Lumière", "CAFÉ LUMIÈRE"), ("Café Lumière", "Cafe\u{301} Lumie\u{300}re"),
      ("Blue  Heron\tInn", " blue heron inn "), ("Straße 12", "STRASSE 12"), ("ΟΔΥΣΣΕΥΣ", "οδυσσευς"),
      ("ＡＢＣ　ホテル", "abc ホテル"), ("ﬁne Foods", "Fine Foods"), ("Blue\u{200B}Heron", "BlueHeron"),
      ("№ 1 Coffee", "No 1 coffee"), ("Blue\u{A0}Heron", "Blue Heron"), ("Blue\nHeron", "Blue Heron"),
    ])
  func same(one: String, other: String) throws {
    let one = try #require(AccountName(one))
    let other = try #require(AccountName(other))
    #expect(one.key == other.key)
  }

  @Test(
    "names that differ in more are different accounts",
    arguments: [
      ("Cafe Lumiere", "Café Lumière"), ("Blue Heron", "BlueHeron"), ("Heron Ltd", "Heron"),
      ("Heron", "Heron."),
    ])
  func different(one: String, other: String) throws {
    let one = try #require(AccountName(one))
    let other = try #require(AccountName(other))
    #expect(one.key != other.key)
  }

  @Test(
    "a key is its own key", arguments: ["Straße İstanbul ＡＢＣ", "ΟΔΥΣΣΕΥΣ ﬁ №", "Cafe\u{301}  X", "ǅ Ǆ ŉ"])
  func idempotent(name: String) throws {
    let key = try #require(AccountName(name)).key
    #expect(AccountName(key)?.key == key)
  }

  @Test(
    "a name without anything to see is none", arguments: ["", "  ", "\n\t", "\u{200B}", "\u{FEFF} \u{2060}"])
  func empty(name: String) {
    #expect(AccountName(name) == nil)
  }

  @Test("a name has at most 200 scalars", arguments: [(199, true), (200, true), (201, false)])
  func length(count: Int, isName: Bool) {
    #expect((AccountName(String(repeating: "é", count: count)) != nil) == isName)
  }

  @Test("a name is kept as typed, on one line")
  func text() {
    #expect(AccountName("  Café \n Lumière ")?.text == "Café Lumière")
    #expect(AccountName("Prix\u{A0}: 12\u{202F}000")?.text == "Prix\u{A0}: 12\u{202F}000")
  }
}
