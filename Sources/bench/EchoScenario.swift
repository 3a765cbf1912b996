import HTTPServer

/// WebSocket messages to a server that sends each back, each as soon as the last is back.
enum EchoScenario {
  static func run(_ arguments: Arguments, on loop: ClientLoop) {
    var count = 0
    let text = [UInt8](repeating: UInt8(ascii: "e"), count: arguments.number("size", or: 32))
    let clients = (0..<arguments.number("connections", or: 64)).map { _ in
      EchoClient(port: arguments.port, on: loop, path: arguments.text("path", or: "/"), text: text) {
        count += 1
      }
    }
    loop.run("opening the sockets", within: .seconds(10)) { clients.allSatisfy(\.isReady) }
    let began = Moment.now()
    let end = began + arguments.seconds
    for client in clients { client.ask() }
    loop.run { loop.now > end }
    report([("rate", Double(count) / ((loop.now - began) / .seconds(1)))])
  }
}

final class EchoClient: WebSocketClient {
  private(set) var isReady = false
  private let count: Int
  private let frame: [UInt8]
  private let returned: () -> Void

  init(port: UInt16, on loop: ClientLoop, path: String, text: [UInt8], returned: @escaping () -> Void) {
    count = text.count
    frame = Self.frame(text: text)
    self.returned = returned
    super.init(port: port, on: loop, path: path)
  }

  override func upgraded() {
    isReady = true
  }

  override func message(_ text: UnsafeBufferPointer<UInt8>) {
    guard text.count == count else { fail("an echo is of another length") }
    returned()
    ask()
  }

  func ask() {
    send(frame)
  }
}
