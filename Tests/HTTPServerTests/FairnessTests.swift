import HTTPServer
import HTTPWire
import Synchronization
import Testing

@Suite("Nobody takes more than their share of a loop")
struct FairnessTests {
  @Test(
    "who sends without end holds up nobody: after some messages it is the others' turn",
    arguments: [false, true])
  func turns(pauses: Bool) async throws {
    let heard = Mutex<[String]>([])
    let arrived = Gate()
    let rest = Gate()
    let other = Mutex<Wire?>(nil)
    let hear: @Sendable (String) async -> Void = { name in
      let count = heard.withLock { heard in
        heard.append(name)
        return heard.count
      }
      guard name == "flood" else { return }
      if count == 1 {
        arrived.open()
        await rest.passed()
      }
      // From here on all that it sends lies in the kernel; now somebody else says something.
      if count == 2 { other.withLock { $0 }?.sendNow(FrameEncoder.encodeMasked(.text, [], key: 1)) }
    }
    let route = Route(.get, "/{name}") { _, parameters in
      let name = parameters["name"] ?? ""
      return .pausingWebSocket { socket in
        if pauses { return Self.pause { await hear(name) } }
        while await socket.receive() != nil { await hear(name) }
        return nil
      }
    }
    try await RunningServer.with([route]) { server in
      let quiet = await ClientSocket(try server.connect(), path: "/quiet")
      other.withLock { $0 = quiet.wire }
      let flood = await ClientSocket(try server.connect(), path: "/flood")
      await flood.send(.binary, [0])
      await arrived.passed()
      let frame = FrameEncoder.encodeMasked(.binary, [UInt8](repeating: 0, count: 1000), key: 1)
      await flood.wire.send((0..<400).flatMap { _ in frame })
      rest.open()
      await flood.close()
      while await flood.receive() != .ended {}
    }
    let order = heard.withLock { $0 }
    #expect(order.count == 402)
    let turn = try #require(order.firstIndex(of: "quiet"))
    #expect(turn < 3 * 16, "the other's turn comes behind three shares at most")
  }

  private static func pause(_ hear: @escaping @Sendable () async -> Void) -> WebSocketPause {
    WebSocketPause { socket, message in
      var next = message
      while next != nil {
        await hear()
        next = await socket.receiveAtHand()
        if next == nil { return pause(hear) }
      }
      return nil
    }
  }

  @Test("of a socket that is held nothing is read for the time, and nothing is lost")
  func held() async throws {
    let time = Duration.milliseconds(50)
    let taken = Mutex(Duration.zero)
    let route = Route(.get, "/") { _, _ in
      .webSocket(limits: WebSocketLimits()) { socket in
        while let message = await socket.receive() {
          let began = ContinuousClock.now
          await socket.hold(for: time)
          taken.withLock { $0 += ContinuousClock.now - began }
          await socket.send(EncodedMessage(message))
        }
      }
    }
    try await RunningServer.with([route]) { server in
      let socket = await ClientSocket(try server.connect(), path: "/")
      for text in ["one", "two", "three"] { await socket.send(text: text) }
      for text in ["one", "two", "three"] { #expect(await socket.receiveText() == text) }
    }
    #expect(taken.withLock { $0 } >= time * 3)
  }

  @Test("a socket that closes is held no longer")
  func heldAndClosed() async throws {
    let route = Route(.get, "/") { _, _ in
      .webSocket(limits: WebSocketLimits()) { socket in
        _ = await socket.receive()
        socket.close(.policyViolation)
        await socket.hold(for: .seconds(3600))
      }
    }
    try await RunningServer.with([route]) { server in
      let socket = await ClientSocket(try server.connect(), path: "/")
      await socket.send(text: "one")
      #expect(await socket.receive() == .close(.policyViolation))
    }
  }

  @Test(
    "frames that bring no message are taken in moderation",
    arguments: [
      ("pings", [(Opcode.ping, true)]),
      ("pongs", [(.pong, true)]),
      ("fragments without content", [(.text, false)] + Array(repeating: (.continuation, false), count: 99)),
    ] as [(String, [(Opcode, Bool)])])
  func sideFrames(_ name: String, _ frames: [(Opcode, Bool)]) async throws {
    let limits = WebSocketLimits(sideFrames: 100)
    let route = Route(.get, "/") { _, _ in
      .webSocket(limits: limits) { socket in
        while let message = await socket.receive() { await socket.send(EncodedMessage(message)) }
      }
    }
    try await RunningServer.with([route]) { server in
      let socket = await ClientSocket(try server.connect(), path: "/")
      for index in 0..<100 {
        let (opcode, isFinal) = frames[index % frames.count]
        await socket.send(opcode, isFinal: isFinal)
      }
      await socket.send(frames.count > 1 ? .continuation : .text, [0x61])
      var event = await socket.receive()
      while case .pong = event { event = await socket.receive() }
      #expect(event == .message(.text([0x61])), "as many as are allowed")
      for _ in 0..<100 {
        let (opcode, isFinal) = frames[0]
        await socket.send(opcode, isFinal: isFinal)
        if opcode == .text { await socket.send(.continuation, isFinal: false) }
        if opcode == .text { await socket.send(.continuation) }
      }
      while event != .close(.policyViolation), event != .ended {
        if case .failed = event { break }
        event = await socket.receive()
      }
      #expect(event == .close(.policyViolation), "\(name)")
    }
  }
}
