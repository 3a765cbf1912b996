import HTTPServer

/// A visitor writes some messages a second, and a thousand pages hear of each.
enum FanOutScenario {
  static func run(_ arguments: Arguments, on loop: ClientLoop) {
    let count = arguments.number("sockets", or: 1_000)
    let rate = arguments.number("rate", or: 20)
    var sentAt = [Moment.now()]
    var latencies = Latencies()
    var isMeasured = false
    let inboxes = (0..<count).map { _ in
      AgentInbox(port: arguments.port, cookie: arguments.text("cookie"), on: loop) { mark in
        if isMeasured { latencies.add(from: sentAt[mark.number], to: Moment.now()) }
      }
    }
    loop.run("opening the inboxes", within: .seconds(60)) { inboxes.allSatisfy(\.isReady) }
    let visitor = Crowd.open(1, arguments, on: loop)[0]
    func write() {
      visitor.write()
      sentAt.append(visitor.sentAt)
    }
    // The first message makes the visitor and the conversation.
    write()
    loop.run("the first message", within: .seconds(10)) { inboxes.allSatisfy { $0.deliveries == 1 } }
    isMeasured = true
    let began = Moment.now()
    let end = began + arguments.seconds
    loop.run {
      let due = Int((min(loop.now, end) - began) / .seconds(1) * Double(rate))
      while visitor.count - 1 < due { write() }
      return loop.now > end
    }
    loop.run("the last deliveries", within: .seconds(20)) {
      inboxes.allSatisfy { $0.deliveries == visitor.count }
    }
    report([("messages", Double(visitor.count - 1))] + latencies.figures("delivery"))
  }
}
