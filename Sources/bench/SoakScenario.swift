import HTTPServer

/// A year in small: visitors come, write some messages and go, many at the same time. Says after each tenth how far it is.
final class SoakScenario {
  private let arguments: Arguments
  private let loop: ClientLoop
  private let inbox: AgentInbox
  private let messages: Int
  private let messagesEach: Int
  private var written = 0
  private var acknowledged = 0
  private var connects = 0

  static func run(_ arguments: Arguments, on loop: ClientLoop) {
    SoakScenario(arguments, on: loop).run()
  }

  private init(_ arguments: Arguments, on loop: ClientLoop) {
    self.arguments = arguments
    self.loop = loop
    messages = arguments.number("messages", or: 1_000_000)
    messagesEach = max(1, messages / arguments.number("connects", or: 100_000))
    inbox = AgentInbox(port: arguments.port, cookie: arguments.text("cookie"), on: loop)
  }

  private func run() {
    loop.run("opening the inbox", within: .seconds(10)) { inbox.isReady }
    for _ in 0..<arguments.number("senders", or: 64) { come() }
    var told = 0
    loop.run {
      let tenths = acknowledged * 10 / messages
      if tenths > told {
        told = tenths
        report([
          ("acknowledged", Double(acknowledged)), ("delivered", Double(inbox.deliveries)),
          ("connects", Double(connects)),
        ])
      }
      return acknowledged >= messages
    }
    loop.run("the delivery of the last messages", within: .seconds(60)) { inbox.deliveries >= written }
  }

  private func come() {
    connects += 1
    let visitor = Visitor(
      connects % 1_000_000, port: arguments.port, site: arguments.text("site"), on: loop)
    visitor.becameReady = { [self] in write($0) }
    visitor.acknowledged = { [self] visitor in
      acknowledged += 1
      if visitor.count < messagesEach {
        write(visitor)
      } else {
        visitor.close()
        if written < messages { come() }
      }
    }
  }

  private func write(_ visitor: Visitor) {
    written += 1
    visitor.write()
  }
}
