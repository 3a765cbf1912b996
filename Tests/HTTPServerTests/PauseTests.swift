import HTTPServer
import HTTPWire
import Synchronization
import Testing

@Suite("A handler may be gone while its peer says nothing")
struct PauseTests {
  @Test("what it holds is there when the next message comes")
  func goesOn() async throws {
    let route = Route(.get, "/") { _, _ in .pausingWebSocket { _ in Self.count(1) } }
    try await RunningServer.with([route]) { server in
      let socket = await ClientSocket(try server.connect(), path: "/")
      for number in 1...5 {
        await socket.send(.ping, [UInt8(number)])
        #expect(await socket.receive() == .pong([UInt8(number)]))
        await socket.send(text: "?")
        #expect(await socket.receiveText() == "\(number)")
      }
    }
  }

  private static func count(_ number: Int) -> WebSocketPause {
    WebSocketPause { socket, message in
      guard message != nil else { return nil }
      await socket.send(EncodedMessage(text: "\(number)"))
      return count(number + 1)
    }
  }

  enum Ending: CaseIterable {
    case peerCloses, peerVanishes, protocolBroken, serverCloses, lagging, shutdown

    var code: CloseCode? {
      switch self {
      case .peerCloses: .normal
      case .peerVanishes: nil
      case .protocolBroken: .protocolError
      case .serverCloses: .tryAgainLater
      case .lagging: .lagging
      case .shutdown: .goingAway
      }
    }
  }

  /// Counts how often it is told the end of its socket, and would go on for ever.
  private final class Listener: Sendable {
    let ended = Gate()
    private let state = Mutex<(outbox: Outbox?, ends: Int)>((nil, 0))

    var outbox: Outbox? { state.withLock { $0.outbox } }
    var ends: Int { state.withLock { $0.ends } }

    var route: Route {
      Route(.get, "/") { [self] _, _ in
        .pausingWebSocket(limits: WebSocketLimits(outboxBytes: 100_000, closing: .seconds(2))) {
          [self] socket in
          state.withLock { $0.outbox = socket.outbox }
          await socket.send(EncodedMessage(text: "listening"))
          return pause()
        }
      }
    }

    private func pause() -> WebSocketPause {
      WebSocketPause { [self] _, message in
        #expect(message == nil)
        state.withLock { $0.ends += 1 }
        ended.open()
        return pause()
      }
    }
  }

  @Test("it is told the end of its socket once, in whatever way that comes", arguments: Ending.allCases)
  func end(_ ending: Ending) async throws {
    let listener = Listener()
    let observer = CountingObserver()
    try await RunningServer.with([listener.route], observer: observer) { server in
      let socket = await ClientSocket(try server.connect(receiveBuffer: 4096), path: "/")
      #expect(await socket.receiveText() == "listening")
      let outbox = try #require(listener.outbox)
      switch ending {
      case .peerCloses: await socket.close(.normal)
      case .peerVanishes: socket.wire.endSending()
      case .protocolBroken: await socket.wire.send([0x81, 0x05])
      case .serverCloses: outbox.close(.tryAgainLater)
      case .lagging: while outbox.offer(EncodedMessage(binary: [UInt8](repeating: 0, count: 20_000))) {}
      case .shutdown: Task { await server.stop() }
      }
      await listener.ended.passed()
      while true {
        switch await socket.receive() {
        case .close(let code): await socket.close(code ?? .normal)
        case .ended, .failed: return
        case .message, .ping, .pong: continue
        }
      }
    }
    #expect(listener.ends == 1)
    #expect(observer.closeCodes == [ending.code])
    #expect(observer.closed == 1)
  }
}
