import HTTPServer

/// What ``MessageScenario`` asks of us, of a chat server: people write to one who hears it, and it keeps what is said.
enum XMPPScenario {
  static func run(_ arguments: Arguments, on loop: ClientLoop) {
    let port = arguments.port
    let agent = XMPPClient("agent", as: .recipient, port: port, on: loop)
    let senders = (0..<arguments.number("senders", or: 64)).map {
      XMPPClient("sender\($0)", as: .sender, port: port, on: loop)
    }
    loop.run("signing in", within: .seconds(60)) { agent.isReady && senders.allSatisfy(\.isReady) }
    var latencies = Latencies()
    var isOver = false
    for sender in senders {
      sender.acknowledged = { sender in
        latencies.add(from: sender.sentAt, to: Moment.now())
        if !isOver { sender.write(to: "agent") }
      }
    }
    let began = Moment.now()
    let end = began + arguments.seconds
    for sender in senders { sender.write(to: "agent") }
    loop.run { loop.now > end }
    isOver = true
    let seconds = (loop.now - began) / .seconds(1)
    let stored = latencies.count
    let all = senders.reduce(0) { $0 + $1.written }
    loop.run("the delivery of the last messages", within: .seconds(20)) {
      agent.heard >= all && senders.allSatisfy { $0.heard == $0.written }
    }
    report(
      [("rate", Double(stored) / seconds), ("messages", Double(all))] + latencies.figures("acknowledgement"))
  }
}
