import Glibc
import HTTPServer

/// One keep-alive connection in a closed loop: the next request goes out when the last one's answer is whole.
final class HTTPClient: ClientConnection {
  private let request: [UInt8]
  private let completed: (HTTPClient) -> Void
  private var head: [UInt8] = []
  /// Octets of the content that are yet to come; nil while the head is.
  private var rest: Int?
  private(set) var askedAt = Moment.now()

  /// - Parameter completed: an answer is whole; asks again by ``ask()`` if it wants to.
  init(port: UInt16, on loop: ClientLoop, request: [UInt8], completed: @escaping (HTTPClient) -> Void) {
    self.request = request
    self.completed = completed
    super.init(port: port, on: loop)
  }

  override func opened() {
    ask()
  }

  func ask() {
    askedAt = Moment.now()
    send(request)
  }

  override func received(_ bytes: UnsafeMutableBufferPointer<UInt8>) {
    if let rest {
      take(bytes.count, of: rest)
    } else if head.isEmpty, let answer = AnswerHead(UnsafeBufferPointer(bytes)) {
      begin(answer, received: bytes.count)
    } else {
      head += bytes
      guard let answer = head.withUnsafeBufferPointer({ AnswerHead($0) }) else { return }
      let count = head.count
      head = []
      begin(answer, received: count)
    }
  }

  private func begin(_ answer: AnswerHead, received count: Int) {
    guard (200...299).contains(answer.status) else { fail("the server answers \(answer.status)") }
    take(count - answer.count, of: answer.contentCount)
  }

  private func take(_ count: Int, of expected: Int) {
    guard count >= expected else {
      rest = expected - count
      return
    }
    guard count == expected else { fail("an answer is longer than it says") }
    rest = nil
    completed(self)
  }
}

/// What a client must know of an answer's head.
struct AnswerHead {
  let status: Int
  /// The octets of the head itself.
  let count: Int
  let contentCount: Int

  /// Nil while it is not whole.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    var lineStart = 0
    var status = 0
    var contentCount = 0
    while let end = Self.lineEnd(bytes, from: lineStart) {
      let line = UnsafeBufferPointer(rebasing: bytes[lineStart..<end])
      if lineStart == 0 {
        status = Self.number(line.dropFirst(9).prefix(3))
      } else if line.count <= 1 {
        self.status = status
        count = end + 1
        self.contentCount = contentCount
        return
      } else if Self.isContentLength(line) {
        contentCount = Self.number(line.dropFirst(15))
      }
      lineStart = end + 1
    }
    return nil
  }

  private static func lineEnd(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard start < bytes.count, let base = bytes.baseAddress,
      let found = memchr(base + start, 0x0A, bytes.count - start)
    else { return nil }
    return UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
  }

  private static func isContentLength(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let start = line.baseAddress, line.count > 15, line[14] == UInt8(ascii: ":") else { return false }
    return start.withMemoryRebound(to: CChar.self, capacity: 14) { strncasecmp($0, "content-length", 14) }
      == 0
  }

  private static func number(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
    digits.reduce(0) { (48...57).contains($1) ? $0 * 10 + Int($1 - 48) : $0 }
  }
}
