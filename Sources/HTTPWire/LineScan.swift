import Glibc

/// Looks for the ends of lines. A line ends with CRLF; a CR or an LF by itself is an error, since two programs that disagree about it
/// disagree about where a request ends (RFC 9112 §2.2, §11.2).
struct LineScan: Sendable {
  /// Where the line begins that is being looked at.
  private(set) var start = 0
  /// How far an end was looked for: where it is not, or is a bare LF.
  private(set) var searched = 0

  /// The next line of `bytes`, without its CRLF, or nil if its end has not come. `bytes` is what the last call had, and perhaps more.
  mutating func next(in bytes: UnsafeBufferPointer<UInt8>) throws(ParseError) -> Range<Int>? {
    guard searched < bytes.count, let base = bytes.baseAddress,
      let found = memchr(base + searched, Int32(ASCII.lineFeed), bytes.count - searched)
    else {
      searched = bytes.count
      return nil
    }
    let end = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - base
    guard end > start, bytes[end - 1] == ASCII.carriageReturn else {
      searched = end
      throw .lineEndInvalid
    }
    let line = start..<(end - 1)
    start = end + 1
    searched = start
    return line
  }

  /// How long the unfinished line is at least, without its CRLF.
  func unfinishedCount(in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    let count = bytes.count - start
    return count > 0 && bytes[bytes.count - 1] == ASCII.carriageReturn ? count - 1 : count
  }
}
