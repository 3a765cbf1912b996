/// The host and port that a request is for: `uri-host [ ":" port ]` (RFC 9110 §7.2, RFC 3986 §3.2).
enum Authority {
  /// Whether `text` is one, or empty. A port may be empty too, a host before it may not.
  static func isValid(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = text.first else { return true }
    let hostEnd = first == UInt8(ascii: "[") ? literalEnd(text) : nameEnd(text)
    guard let hostEnd, hostEnd > 0 else { return false }
    guard hostEnd < text.count else { return true }
    return text[hostEnd] == ASCII.colon && text[(hostEnd + 1)...].allSatisfy(ASCII.isDigit)
  }

  /// Behind the brackets of an address; nil if they do not close, or hold nothing, or another bracket.
  private static func literalEnd(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    var index = 1
    while index < text.count, isHost(text[index]) || text[index] == ASCII.colon { index += 1 }
    return index > 1 && index < text.count && text[index] == UInt8(ascii: "]") ? index + 1 : nil
  }

  private static func nameEnd(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    var index = 0
    while index < text.count, isHost(text[index]) { index += 1 }
    return index
  }

  private static func isHost(_ byte: UInt8) -> Bool {
    ASCII.isAuthority(byte) && byte != ASCII.colon && byte != UInt8(ascii: "[") && byte != UInt8(ascii: "]")
  }
}
