/// A `message.post` in the plainest form of JSON, which is how a widget writes most of them: an object of these strings, nothing escaped,
/// no blanks between. Reading it octet by octet costs a tenth of a decoder. Nil for all else, which is the decoder's to judge.
struct PlainPost {
  let clientID: String
  let text: String

  /// - Parameter bytes: valid UTF-8.
  init?(_ bytes: [UInt8]) {
    let members = bytes.withUnsafeBufferPointer { Self.members(of: $0) }
    guard let members, members.type == "message.post", let clientID = members.clientID,
      let text = members.text
    else { return nil }
    self.clientID = clientID
    self.text = text
  }

  private struct Members {
    var type: String?
    var clientID: String?
    var text: String?
  }

  private static func members(of bytes: UnsafeBufferPointer<UInt8>) -> Members? {
    guard bytes.first == UInt8(ascii: "{"), bytes.last == UInt8(ascii: "}") else { return nil }
    var found = Members()
    var offset = 1
    for _ in 0..<3 {
      guard let name = string(in: bytes, at: &offset), take(UInt8(ascii: ":"), in: bytes, at: &offset),
        let value = string(in: bytes, at: &offset)
      else { return nil }
      switch name {
      case "type" where found.type == nil: found.type = value
      case "clientID" where found.clientID == nil: found.clientID = value
      case "text" where found.text == nil: found.text = value
      default: return nil
      }
      if offset == bytes.count - 1 { return found }
      guard take(UInt8(ascii: ","), in: bytes, at: &offset) else { return nil }
    }
    return nil
  }

  private static func take(_ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, at offset: inout Int) -> Bool
  {
    guard offset < bytes.count, bytes[offset] == byte else { return false }
    offset += 1
    return true
  }

  private static func string(in bytes: UnsafeBufferPointer<UInt8>, at offset: inout Int) -> String? {
    guard take(UInt8(ascii: "\""), in: bytes, at: &offset) else { return nil }
    let start = offset
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "\"") {
      guard bytes[offset] >= 0x20, bytes[offset] != UInt8(ascii: "\\") else { return nil }
      offset += 1
    }
    guard offset < bytes.count else { return nil }
    offset += 1
    return String(decoding: bytes[start..<(offset - 1)], as: UTF8.self)
  }
}
