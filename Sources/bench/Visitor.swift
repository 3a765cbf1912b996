import HTTPServer

/// A visitor of a website who writes.
final class Visitor: WebSocketClient {
  let index: Int
  private(set) var isReady = false
  private(set) var count = 0
  private(set) var sentAt = Moment.now()
  private let hello: [UInt8]
  /// Told when what was written is on the server's disk.
  var acknowledged: (Visitor) -> Void = { _ in }
  var becameReady: (Visitor) -> Void = { _ in }

  /// - Parameter token: whose page it is; a new visitor's if left out.
  init(_ index: Int, port: UInt16, site: String, token: String = newToken(), on loop: ClientLoop) {
    self.index = index
    hello = Array(
      #"{"type":"hello","site":"\#(site)","token":"\#(token)","after":0,"page":null,"language":"en","timeZone":"UTC","mode":"frame"}"#
        .utf8)
    super.init(port: port, on: loop, path: "/widget/live")
  }

  func write() {
    count += 1
    sentAt = Moment.now()
    send(
      text: Array(
        #"{"type":"message.post","clientID":"\#(Mark.text(index, count))","text":"Could you tell me more about the yearly plan, please?"}"#
          .utf8))
  }

  override func upgraded() {
    send(text: hello)
  }

  override func message(_ text: UnsafeBufferPointer<UInt8>) {
    guard isReady else {
      guard text.starts(with: Self.readyStart) else { return }
      isReady = true
      becameReady(self)
      return
    }
    if let mark = Mark(in: text), mark.sender == index {
      if mark.number == count { acknowledged(self) }
    } else if text.starts(with: Self.refusedStart) {
      fail("a message was refused: \(String(decoding: text, as: UTF8.self))")
    }
  }

  private static let readyStart = Array(#"{"type":"ready""#.utf8)
  private static let refusedStart = Array(#"{"type":"refused""#.utf8)

  /// As the loader makes it: 32 random octets in base64url.
  static func newToken() -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
    return String(decoding: (0..<43).map { _ in alphabet.randomElement() ?? 65 }, as: UTF8.self)
  }
}
