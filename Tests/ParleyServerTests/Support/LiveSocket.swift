import Foundation

/// A client's end of a live socket. What the server says is read on a thread of its own, and waited for.
final class LiveSocket: Sendable {
  enum Heard: Sendable {
    case message(JSONValue)
    case closed(UInt16?)
  }

  enum Failure: Error {
    case handshake(status: Int)
    case closed(UInt16?)
  }

  private let connection: Connection
  private let heard: AsyncStream<Heard>

  init(_ browser: Browser, _ path: String) async throws {
    connection = try await Connection.blocking {
      let connection = try Connection(port: browser.port)
      var head = "GET \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(browser.port)\r\nUpgrade: websocket\r\n"
      head += "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
      head += "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nUser-Agent: Test\r\n"
      if let origin = browser.origin { head += "Origin: \(origin)\r\n" }
      if let cookie = browser.cookie { head += "Cookie: parley_session=\(cookie)\r\n" }
      try connection.write(Array((head + "\r\n").utf8))
      let answer = Answer(head: try connection.readHead(), body: [])
      guard answer.status == 101 else { throw Failure.handshake(status: answer.status) }
      return connection
    }
    let (stream, continuation) = AsyncStream.makeStream(of: Heard.self)
    heard = stream
    Thread.detachNewThread { [connection] in
      do {
        while true {
          let item = try LiveSocket.next(from: connection)
          continuation.yield(item)
          if case .closed = item { break }
        }
      } catch {
        continuation.yield(.closed(nil))
      }
      continuation.finish()
    }
  }

  deinit { connection.shutDown() }

  /// RFC 6455 §5.2, as far as a server's frames go: whole, unmasked.
  private static func next(from connection: Connection) throws -> Heard {
    let head = try connection.read(2)
    var length = Int(head[1] & 0x7F)
    if length == 126 {
      length = try connection.read(2).reduce(0) { $0 << 8 | Int($1) }
    } else if length == 127 {
      length = try connection.read(8).reduce(0) { $0 << 8 | Int($1) }
    }
    let payload = try connection.read(length)
    switch head[0] & 0x0F {
    case 1: return .message(try JSONValue(payload))
    case 8:
      // RFC 6455 §5.5.1: a close is answered by a close. The server may have gone already.
      try? connection.write([0x88, 0x80 | UInt8(payload.count), 0, 0, 0, 0] + payload)
      return .closed(payload.count < 2 ? nil : UInt16(payload[0]) << 8 | UInt16(payload[1]))
    default: return try next(from: connection)
    }
  }

  func send(_ message: JSONValue) throws {
    try send(text: try message.bytes)
  }

  func send(text: [UInt8], opcode: UInt8 = 1) throws {
    var frame: [UInt8] = [0x80 | opcode]
    switch text.count {
    case ..<126: frame.append(0x80 | UInt8(text.count))
    case ..<65_536: frame += [0x80 | 126, UInt8(text.count >> 8), UInt8(text.count & 0xFF)]
    default:
      frame.append(0x80 | 127)
      for shift in stride(from: 56, through: 0, by: -8) {
        frame.append(UInt8(truncatingIfNeeded: text.count >> shift))
      }
    }
    // A mask of zeros is a mask.
    try connection.write(frame + [0, 0, 0, 0] + text)
  }

  /// The next message.
  func next() async throws -> JSONValue {
    for await item in heard {
      switch item {
      case .message(let message): return message
      case .closed(let code): throw Failure.closed(code)
      }
    }
    throw Failure.closed(nil)
  }

  /// The next message of a type; those before it are passed over.
  func next(_ type: String, where isWanted: (JSONValue) -> Bool = { _ in true }) async throws -> JSONValue {
    while true {
      let message = try await next()
      if message["type"].string == type, isWanted(message) { return message }
    }
  }

  /// All messages up to the next of a type, with it.
  func all(through type: String) async throws -> [JSONValue] {
    var messages: [JSONValue] = []
    while messages.last?["type"].string != type { messages.append(try await next()) }
    return messages
  }

  /// The code with which the server closes the socket.
  func closing() async throws -> UInt16? {
    do {
      while true { _ = try await next() }
    } catch Failure.closed(let code) {
      return code
    }
  }

  func close() {
    connection.shutDown()
  }
}
