import Glibc

/// Who sent a message, and which of theirs it is: stands in its `clientID`, and is found without reading the JSON around it, in which
/// there is no other underscore.
struct Mark {
  let sender: Int
  let number: Int

  static func text(_ sender: Int, _ number: Int) -> String {
    "_\(1_000_000 + sender)-\(1_000_000_000 + number)"
  }

  init?(in text: UnsafeBufferPointer<UInt8>) {
    guard let base = text.baseAddress, let found = memchr(base, Int32(UInt8(ascii: "_")), text.count) else {
      return nil
    }
    let start = UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found)) + 1
    guard start + 18 <= text.count else { return nil }
    sender = Self.number(text, start + 1, 6)
    number = Self.number(text, start + 9, 9)
  }

  private static func number(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ count: Int) -> Int {
    text[start..<(start + count)].reduce(0) { $0 * 10 + Int($1 &- 48) }
  }
}
