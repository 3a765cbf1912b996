import HTTPServer
import HTTPWire
import Synchronization
import Testing

@Suite("An outbox is bounded, and never delays another")
struct OutboxTests {
  /// Sockets that only listen, by the path's last segment.
  private final class Listeners: Sendable {
    private let outboxes = Mutex<[String: Outbox]>([:])
    let limits: WebSocketLimits

    init(limits: WebSocketLimits) { self.limits = limits }

    var route: Route {
      Route(.get, "/listen/{name}") { [self] _, parameters in
        .webSocket(limits: limits) { [self] socket in
          outboxes.withLock { $0[parameters["name"] ?? ""] = socket.outbox }
          await socket.send(EncodedMessage(text: "listening"))
          while await socket.receive() != nil {}
        }
      }
    }

    func outbox(_ name: String) throws -> Outbox { try #require(outboxes.withLock { $0[name] }) }
  }

  private static func listen(_ server: RunningServer, _ name: String, receiveBuffer: Int32? = nil)
    async throws
    -> ClientSocket
  {
    let socket = await ClientSocket(
      try server.connect(receiveBuffer: receiveBuffer), path: "/listen/\(name)")
    #expect(await socket.receiveText() == "listening")
    return socket
  }

  @Test("what is offered together reaches a socket that waits, once all of it is offered")
  func together() async throws {
    let listeners = Listeners(limits: WebSocketLimits())
    try await RunningServer.with([listeners.route]) { server in
      let socket = try await Self.listen(server, "one")
      let outbox = try listeners.outbox("one")
      for round in 0..<50 {
        server.server.together {
          for number in 0..<3 { outbox.offer(EncodedMessage(text: "\(round).\(number)")) }
        }
        for number in 0..<3 { #expect(await socket.receiveText() == "\(round).\(number)") }
      }
    }
  }

  @Test("a slow reader is closed with 4408, and another client hears everything in order")
  func slowReader() async throws {
    let listeners = Listeners(
      limits: WebSocketLimits(outboxBytes: 256 * 1024, outboxFrames: 100_000))
    let observer = CountingObserver()
    try await RunningServer.with([listeners.route], observer: observer) { server in
      let slow = try await Self.listen(server, "slow", receiveBuffer: 4096)
      let quick = try await Self.listen(server, "quick")
      let slowOutbox = try listeners.outbox("slow")
      let quickOutbox = try listeners.outbox("quick")
      let padding = String(repeating: "p", count: 10_000)
      var number = 0
      var isTaken = true
      while isTaken {
        let message = EncodedMessage(text: "\(number) \(padding)")
        #expect(quickOutbox.offer(message))
        isTaken = slowOutbox.offer(message)
        #expect(await quick.receiveText() == "\(number) \(padding)")
        number += 1
        try #require(number < 10_000, "the slow one never lags")
      }
      #expect(!slowOutbox.offer(EncodedMessage(text: "too late")))
      // What the slow one gets are whole messages, in order, from the first on, and then the reason.
      var next = 0
      while true {
        let event = await slow.receive()
        guard case .message(.text(let bytes)) = event else {
          #expect(event == .close(.lagging))
          break
        }
        #expect(bytes.starts(with: Array("\(next) p".utf8)))
        next += 1
      }
      #expect(next < number)
      await slow.close(.lagging)
      #expect(await slow.receive() == .ended)
      await observer.firstOverflow.passed()
      #expect(observer.overflows == 1)
      #expect(observer.closeCodes == [.lagging])
      #expect(quickOutbox.offer(EncodedMessage(text: "on")))
      #expect(await quick.receiveText() == "on")
    }
  }

  @Test("frames are bounded too", arguments: [-1, 0, 1])
  func frames(_ excess: Int) async throws {
    let listeners = Listeners(limits: WebSocketLimits(outboxFrames: 10))
    try await RunningServer.with([listeners.route, Self.burst(listeners)]) { server in
      let socket = try await Self.listen(server, "one")
      // The burst is offered within one turn of the loop, so that nothing is sent meanwhile.
      let answer = try await server.exchange(
        "GET /burst/\(10 + excess) HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(answer.hasSuffix(excess > 0 ? "false" : "true"))
      if excess > 0 {
        #expect(await socket.receive() == .close(.lagging))
      } else {
        for number in 0..<(10 + excess) { #expect(await socket.receiveText() == "\(number)") }
      }
    }
  }

  private static func burst(_ listeners: Listeners) -> Route {
    Route(.get, "/burst/{count}") { _, parameters in
      guard let outbox = try? listeners.outbox("one"),
        let count = parameters["count"].flatMap({ Int($0) })
      else {
        return Response(.notFound)  // `try?`: a test that has no such outbox fails by its answer.
      }
      var isTaken = true
      for number in 0..<count { isTaken = outbox.offer(EncodedMessage(text: "\(number)")) }
      return .text(.ok, "\(isTaken)")
    }
  }

  @Test("one message is encoded once for a thousand outboxes, from several threads")
  func broadcast() async throws {
    let listeners = Listeners(limits: WebSocketLimits())
    try await RunningServer.with([listeners.route], .local { $0.loops = 2 }) { server in
      var sockets: [ClientSocket] = []
      var outboxes: [Outbox] = []
      for index in 0..<20 {
        sockets.append(try await Self.listen(server, "\(index)"))
        outboxes.append(try listeners.outbox("\(index)"))
      }
      await withTaskGroup { [outboxes] group in
        for thread in 0..<4 {
          group.addTask { @concurrent in
            for number in 0..<50 {
              let message = EncodedMessage(text: "\(thread) \(number)")
              for outbox in outboxes { outbox.offer(message) }
            }
          }
        }
      }
      for socket in sockets {
        var next = [0, 0, 0, 0]
        for _ in 0..<200 {
          let parts = (await socket.receiveText() ?? "").split(separator: " ").compactMap {
            Int($0)
          }
          try #require(parts.count == 2)
          #expect(next[parts[0]] == parts[1])
          next[parts[0]] += 1
        }
      }
    }
  }

  @Test("what is sent with patience is not bounded by the outbox")
  func patience() async throws {
    let replay = Route(.get, "/replay") { _, _ in
      .webSocket(limits: WebSocketLimits(outboxBytes: 10_000, outboxFrames: 10)) { socket in
        for number in 0..<3000 {
          await socket.send(EncodedMessage(text: "\(number) \(String(repeating: "p", count: 900))"))
        }
        socket.close(.normal)
      }
    }
    try await RunningServer.with([replay]) { server in
      let socket = await ClientSocket(try server.connect(receiveBuffer: 4096), path: "/replay")
      for number in 0..<3000 {
        #expect(await socket.receiveText()?.hasPrefix("\(number) ") == true)
      }
      #expect(await socket.receive() == .close(.normal))
    }
  }

  @Test("a peer that takes nothing of what is sent with patience is closed as lagging")
  func stalled() async throws {
    let observer = CountingObserver()
    let isSent = Mutex(true)
    let replay = Route(.get, "/replay") { _, _ in
      .webSocket(
        limits: WebSocketLimits(
          outboxBytes: 10_000, idlePing: .milliseconds(60), closing: .milliseconds(60))
      ) { socket in
        let message = EncodedMessage(binary: [UInt8](repeating: 0, count: 8000))
        while await socket.send(message) {}
        isSent.withLock { $0 = false }
      }
    }
    try await RunningServer.with([replay], observer: observer) { server in
      let socket = await ClientSocket(try server.connect(receiveBuffer: 4096), path: "/replay")
      await observer.firstOverflow.passed()
      #expect(isSent.withLock { !$0 })
      _ = socket
    }
  }
}
