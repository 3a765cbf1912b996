import HTTPWire
import Testing

@Suite("Responses are written in one buffer")
struct ResponseEncoderTests {
  private static let date = HTTPDate(unixSeconds: 784_111_777)
  private static let dateLine = "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"

  private static func head(
    _ status: Status, _ fields: Fields = Fields(), contentLength: Int = 0,
    connection: ResponseEncoder.Connection = .keepAlive(.http11), common: Fields = Fields()
  ) -> String {
    var buffer: [UInt8] = []
    ResponseEncoder(common: common).appendHead(
      status, fields, content: .length(contentLength), connection: connection, date: date, to: &buffer)
    return String(decoding: buffer, as: UTF8.self)
  }

  @Test("a plain answer")
  func plain() {
    let head = Self.head(.ok, Fields([.contentType: "text/plain"]), contentLength: 1234)
    #expect(
      head == "HTTP/1.1 200 OK\r\n\(Self.dateLine)Content-Length: 1234\r\nContent-Type: text/plain\r\n\r\n")
  }

  @Test(
    "a status that forbids content has no length",
    arguments: [Status.noContent, .notModified, .switchingProtocols])
  func noContent(_ status: Status) {
    #expect(!Self.head(status).contains("Content-Length"))
  }

  @Test("a status without a phrase keeps its blank (RFC 9112 §4)")
  func unknownStatus() {
    #expect(Self.head(Status(code: 299)).hasPrefix("HTTP/1.1 299 \r\n"))
  }

  @Test(
    "Connection is said where it is not the rule",
    arguments: [
      (ResponseEncoder.Connection.keepAlive(.http10), "Connection: keep-alive\r\n"),
      (.close, "Connection: close\r\n"), (.upgrade, "Connection: Upgrade\r\n"),
    ])
  func connection(_ connection: ResponseEncoder.Connection, _ line: String) {
    #expect(Self.head(.ok, connection: connection).contains(line))
    #expect(!Self.head(.ok).contains("Connection"))
  }

  @Test("framing and date are nobody else's to write")
  func reserved() {
    let fields = Fields([
      .contentLength: "9", .transferEncoding: "chunked", .date: "now", .connection: "close", .vary: "Origin",
    ])
    #expect(
      Self.head(.ok, fields) == "HTTP/1.1 200 OK\r\n\(Self.dateLine)Content-Length: 0\r\nVary: Origin\r\n\r\n"
    )
  }

  @Test("common fields stand where the answer does not bear them itself")
  func common() {
    let common = Fields([.contentSecurityPolicy: "default-src 'self'", .vary: "Cookie"])
    let head = Self.head(.ok, Fields(["content-security-policy": "x"]), common: common)
    #expect(head.contains("content-security-policy: x\r\n"))
    #expect(!head.contains("default-src"))
    #expect(head.contains("Vary: Cookie\r\n"))
  }
}
