import ParleyCore
import Testing

@Suite("E-mail addresses")
struct EmailAddressTests {
  private static let longLocalPart = String(repeating: "a", count: 64)
  private static let longLabel = String(repeating: "b", count: 63)

  @Test(
    "an address is kept as typed and known by its key",
    arguments: [
      ("ada@example.com", "ada@example.com", "ada@example.com"),
      ("  Ada.King@Example.COM \n", "Ada.King@Example.COM", "ada.king@example.com"),
      ("o'brien+sales@mail.example.ie", "o'brien+sales@mail.example.ie", "o'brien+sales@mail.example.ie"),
      ("a@b", "a@b", "a@b"), ("x@xn--caf-dma.example", "x@xn--caf-dma.example", "x@xn--caf-dma.example"),
      (".dots..allowed.@example.com", ".dots..allowed.@example.com", ".dots..allowed.@example.com"),
      ("1@2.3", "1@2.3", "1@2.3"),
    ])
  func addresses(typed: String, text: String, key: String) throws {
    let address = try #require(EmailAddress(typed))
    #expect(address.text == text)
    #expect(address.key == key)
  }

  @Test(
    "what is not an address cannot be one",
    arguments: [
      "", " ", "ada", "@example.com", "ada@", "ada@@example.com", "a@b@c", "ada@example..com",
      "ada@.example.com",
      "ada@example.com.", "ada@-example.com", "ada@example-.com", "ada king@example.com", "ada@exa mple.com",
      "ada@exam_ple.com", "adä@example.com", "ada@exämple.com", "\"ada\"@example.com", "ada@[127.0.0.1]",
      "Ada <ada@example.com>", "ada@example.com,bob@example.com", "ada\u{0}@example.com", "ada\n@example.com",
    ])
  func notAddresses(typed: String) {
    #expect(EmailAddress(typed) == nil)
  }

  @Test("lengths are held to: 64 before the sign, 63 a label, 254 in all")
  func lengths() {
    let label = Self.longLabel
    #expect(EmailAddress("\(Self.longLocalPart)@example.com") != nil)
    #expect(EmailAddress("a\(Self.longLocalPart)@example.com") == nil)
    #expect(EmailAddress("a@\(label).com") != nil)
    #expect(EmailAddress("a@b\(label).com") == nil)
    let domain = [label, label, label].joined(separator: ".")
    let local = String(repeating: "a", count: 254 - domain.utf8.count - 1)
    #expect(EmailAddress("\(local)@\(domain)") != nil)
    #expect(EmailAddress("a\(local)@\(domain)") == nil)
  }
}
