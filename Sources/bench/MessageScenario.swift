import HTTPServer

/// Visitors write, and an agent hears of it: each message is stored, delivered and acknowledged.
enum MessageScenario {
  /// Each visitor writes as soon as the last message is acknowledged, or all together `--rate` messages a second.
  static func run(_ arguments: Arguments, on loop: ClientLoop) {
    let senders = arguments.number("senders", or: 64)
    let rate = arguments.number("rate", or: 0)
    let inbox = AgentInbox(port: arguments.port, cookie: arguments.text("cookie"), on: loop)
    let visitors = Crowd.open(senders, arguments, on: loop)
    loop.run("opening the inbox", within: .seconds(10)) { inbox.isReady }
    // The first message of each makes its visitor and its conversation.
    var acknowledgements = 0
    for visitor in visitors {
      visitor.acknowledged = { _ in acknowledgements += 1 }
      visitor.write()
    }
    loop.run("the first messages", within: .seconds(60)) {
      inbox.deliveries >= senders && acknowledgements >= senders
    }
    var latencies = Latencies()
    var isWriting = true
    for visitor in visitors {
      visitor.acknowledged = { visitor in
        latencies.add(from: visitor.sentAt, to: Moment.now())
        if rate == 0, isWriting { visitor.write() }
      }
    }
    let began = Moment.now()
    let end = began + arguments.seconds
    var written = 0
    if rate == 0 {
      for visitor in visitors { visitor.write() }
      loop.run { loop.now > end }
    } else {
      loop.run {
        let due = Int((min(loop.now, end) - began) / .seconds(1) * Double(rate))
        while written < due {
          visitors[written % senders].write()
          written += 1
        }
        return loop.now > end
      }
    }
    let seconds = (loop.now - began) / .seconds(1)
    let stored = latencies.count
    isWriting = false
    let all = visitors.reduce(0) { $0 + $1.count }
    loop.run("the delivery of the last messages", within: .seconds(20)) { inbox.deliveries >= all }
    guard inbox.deliveries == all else { fail("\(inbox.deliveries) deliveries of \(all) messages") }
    report(
      [("rate", Double(stored) / seconds), ("messages", Double(all))] + latencies.figures("acknowledgement"))
  }
}
