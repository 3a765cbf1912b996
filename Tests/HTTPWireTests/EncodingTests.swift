import HTTPWire
import Testing

@Suite("Digests, encodings and dates are those of the standards")
struct EncodingTests {
  @Test(
    "SHA-1 gives the digests of RFC 3174 and FIPS 180",
    arguments: [
      ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
      ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
      ),
      (String(repeating: "a", count: 1_000_000), "34aa973cd4c4daa4f61eeb2bdbad27316534016f"),
      (
        String(repeating: "0123456701234567012345670123456701234567012345670123456701234567", count: 10),
        "dea356a2cddd90c7a7ecedc5ebb563934f460452"
      ),
    ])
  func sha1(_ message: String, _ digest: String) {
    let hex = SHA1.digest(Array(message.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    #expect(hex == digest)
  }

  @Test("SHA-1 pads every length", arguments: 50...70)
  func sha1Padding(_ count: Int) {
    // The length decides the padding; a wrong one would make a block too many or too few.
    #expect(SHA1.digest([UInt8](repeating: 0x61, count: count)).count == 20)
  }

  @Test(
    "Base64 is that of RFC 4648",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
      ("foobar", "Zm9vYmFy"),
    ])
  func base64(_ plain: String, _ encoded: String) {
    #expect(Base64.encode(Array(plain.utf8)) == encoded)
    #expect(Base64.decode(encoded) == Array(plain.utf8))
  }

  @Test("every octet survives Base64")
  func base64Octets() {
    let octets = (0...255).map { UInt8($0) }
    #expect(Base64.decode(Base64.encode(octets)) == octets)
  }

  @Test(
    "what is no Base64 is refused",
    arguments: ["Z", "Zg", "Zg=", "Zg===", "Z===", "====", "Zh==", "Zm9=", "Zm9v\n", "Zm-v", "=Zm9", "Z=9v"])
  func base64Refused(_ text: String) {
    #expect(Base64.decode(text) == nil)
  }

  @Test(
    "a date is written as RFC 9110 §5.6.7 wants it",
    arguments: [
      (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
      (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
      (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
      (951_868_799, "Tue, 29 Feb 2000 23:59:59 GMT"),
      (1_735_689_599, "Tue, 31 Dec 2024 23:59:59 GMT"),
      (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
    ])
  func date(_ seconds: Int, _ text: String) {
    #expect(String(decoding: HTTPDate(unixSeconds: seconds).bytes, as: UTF8.self) == text)
  }

  @Test("a query is decoded as forms encode it")
  func query() {
    let query = Query("a=1&b=x+y%20z%C3%A9&&c&=d&b=second&e=f=g&bad=%zz&%ff=1&half=%4")
    #expect(query["a"] == "1")
    #expect(query["b"] == "x y zé")
    #expect(query["c"] == "")
    #expect(query[""] == "d")
    #expect(query["e"] == "f=g")
    #expect(query["bad"] == nil)
    #expect(query.items.count == 6)
    #expect(Query("").items.isEmpty)
  }

  @Test("a percent-encoded text comes back", arguments: ["", "a-b_c.d~", "a/b?c#d", "é 😀", "100%"])
  func percentEncoding(_ text: String) {
    let encoded = PercentEncoding.encode(text)
    #expect(PercentEncoding.decode(Array(encoded.utf8)[...]) == text)
    #expect(!encoded.contains("/") && !encoded.contains(" "))
  }
}
