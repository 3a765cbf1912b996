import Foundation
import HTTPServer

/// Somebody at a chat server (RFC 6120, XEP-0198), whose name is their password too.
final class XMPPClient: ClientConnection {
  enum Role {
    /// Writes, and asks of each message that the server say it has it.
    case sender
    /// Is there, and hears.
    case recipient
  }

  private typealias Step = (awaited: String, said: String)

  private static let header =
    "<stream:stream to='localhost' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>"
  private let name: String
  /// What is yet to be heard before they are there, and said then.
  private var steps: [Step]
  /// What each acknowledgement has in it, or each message.
  private let told: String
  private var unread: [UInt8] = []
  private(set) var heard = 0
  private(set) var written = 0
  private(set) var sentAt = Moment.now()
  var acknowledged: (XMPPClient) -> Void = { _ in }
  var isReady: Bool { steps.isEmpty }

  init(_ name: String, as role: Role, port: UInt16, on loop: ClientLoop) {
    self.name = name
    told = role == .sender ? "<a " : "</message>"
    let credentials = Data("\0\(name)\0\(name)".utf8).base64EncodedString()
    let arrival: [Step] = [
      (
        "</stream:features>",
        "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>\(credentials)</auth>"
      ), ("<success", Self.header),
      (
        "</stream:features>", "<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>"
      ),
    ]
    let presence: [Step] =
      switch role {
      case .sender: [("</iq>", "<enable xmlns='urn:xmpp:sm:3'/>"), ("<enabled", "")]
      case .recipient: [("</iq>", "<presence/>"), ("<presence", "")]
      }
    steps = arrival + presence
    super.init(port: port, on: loop)
  }

  override func opened() {
    send(Array(Self.header.utf8))
  }

  func write(to recipient: String) {
    written += 1
    sentAt = Moment.now()
    send(
      Array(
        "<message to='\(recipient)@localhost' type='chat' id='\(written)'><body>Could you tell me more about the yearly plan, please?</body></message><r xmlns='urn:xmpp:sm:3'/>"
          .utf8))
  }

  override func received(_ bytes: UnsafeMutableBufferPointer<UInt8>) {
    unread += bytes
    while let step = steps.first {
      guard take(step.awaited) else { return }
      steps.removeFirst()
      send(Array(step.said.utf8))
    }
    while take(told) {
      heard += 1
      acknowledged(self)
    }
    // The beginning of another may stand at the end.
    unread.removeFirst(max(0, unread.count - told.utf8.count + 1))
  }

  /// Passes over what was read up to the end of the text, if that has come.
  private func take(_ text: String) -> Bool {
    guard let range = unread.firstRange(of: Array(text.utf8)) else { return false }
    unread.removeFirst(range.upperBound)
    return true
  }
}
