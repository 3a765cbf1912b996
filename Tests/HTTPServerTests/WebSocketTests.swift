import HTTPServer
import HTTPWire
import Synchronization
import Testing

@Suite("A WebSocket carries messages both ways")
struct WebSocketTests {
  private static let limits = WebSocketLimits(
    messageBytes: 1 << 20, outboxBytes: 1 << 20, closing: .seconds(2))

  /// By a handler that waits for each message, and by one that is gone while nothing comes.
  static let echoes = [
    Route(.get, "/echo") { _, _ in
      .webSocket(limits: limits) { socket in
        while let message = await socket.receive() { await socket.send(EncodedMessage(message)) }
      }
    },
    Route(.get, "/pausing") { _, _ in
      .pausingWebSocket(limits: limits) { _ in pausingEcho() }
    },
  ]
  static let paths = ["/echo", "/pausing"]

  @Sendable private static func pausingEcho() -> WebSocketPause {
    WebSocketPause { socket, message in
      var next = message
      while let message = next {
        await socket.send(EncodedMessage(message))
        next = await socket.receiveAtHand()
        if next == nil { return pausingEcho() }
      }
      return nil
    }
  }

  @Test("texts and binaries come back, of every form of length", arguments: paths)
  func echo(path: String) async throws {
    try await RunningServer.with(Self.echoes) { server in
      let socket = await ClientSocket(try server.connect(), path: path)
      #expect(socket.head.hasPrefix("HTTP/1.1 101 Switching Protocols\r\n"))
      #expect(socket.head.contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"))
      #expect(socket.head.contains("Connection: Upgrade\r\n"))
      for count in [0, 1, 125, 126, 0xFFFF, 0x1_0000, 300_000] {
        let payload = [UInt8](repeating: 0x61, count: count)
        await socket.send(.text, payload)
        #expect(await socket.receive() == .message(.text(payload)))
        await socket.send(.binary, payload)
        #expect(await socket.receive() == .message(.binary(payload)))
      }
      await socket.close(.normal)
      #expect(await socket.receive() == .close(.normal))
      #expect(await socket.receive() == .ended)
    }
  }

  @Test("frames right behind the handshake are not lost", arguments: paths)
  func early(path: String) async throws {
    try await RunningServer.with(Self.echoes) { server in
      let frames = (1...3).flatMap {
        FrameEncoder.encodeMasked(.text, Array("early \($0)".utf8), key: 5)
      }
      let socket = await ClientSocket(try server.connect(), path: path, early: frames)
      for number in 1...3 { #expect(await socket.receiveText() == "early \(number)") }
    }
  }

  @Test("many messages in one piece come back in order", arguments: paths)
  func flood(path: String) async throws {
    try await RunningServer.with(Self.echoes) { server in
      let socket = await ClientSocket(try server.connect(), path: path)
      let frames = (0..<2000).flatMap {
        FrameEncoder.encodeMasked(.text, Array("\($0)".utf8), key: UInt32($0))
      }
      async let sent: Void = socket.wire.send(frames)
      for number in 0..<2000 { #expect(await socket.receiveText() == "\(number)") }
      await sent
    }
  }

  @Test("a ping is answered between the fragments of a message", arguments: paths)
  func ping(path: String) async throws {
    try await RunningServer.with(Self.echoes) { server in
      let socket = await ClientSocket(try server.connect(), path: path)
      await socket.send(.text, Array("Hel".utf8), isFinal: false)
      await socket.send(.ping, [1, 2, 3])
      #expect(await socket.receive() == .pong([1, 2, 3]))
      await socket.send(.continuation, Array("lo".utf8))
      #expect(await socket.receiveText() == "Hello")
    }
  }

  @Test(
    "what breaks the protocol is closed with its code",
    arguments: [
      ([0x81, 0x05], CloseCode.protocolError),
      ([0x83, 0x80], .protocolError),
      ([0x81, 0x82, 0, 0, 0, 0, 0xC0, 0xAF], .invalidPayload),
      ([0x82, 0xFF, 0, 0, 0, 0, 0, 0x10, 0, 1, 0, 0, 0, 0], .messageTooBig),
      ([0x88, 0x82, 0, 0, 0, 0, 0x03, 0xED], .protocolError),
    ] as [([UInt8], CloseCode)], paths)
  func protocolErrors(_ broken: ([UInt8], CloseCode), path: String) async throws {
    let (octets, code) = broken
    let observer = CountingObserver()
    try await RunningServer.with(Self.echoes, observer: observer) { server in
      let socket = await ClientSocket(try server.connect(), path: path)
      await socket.wire.send(octets)
      #expect(await socket.receive() == .close(code))
      #expect(await socket.receive() == .ended)
      let next = await ClientSocket(try server.connect(), path: path)
      await next.send(text: "still here")
      #expect(await next.receiveText() == "still here")
    }
    #expect(observer.closeCodes.contains(code))
  }

  @Test(
    "a close is answered with its own code, none with 1000",
    arguments: [[], [0x0F, 0xA7], [0x03, 0xE9]] as [[UInt8]], paths)
  func closeHandshake(_ payload: [UInt8], path: String) async throws {
    try await RunningServer.with(Self.echoes) { server in
      let socket = await ClientSocket(try server.connect(), path: path)
      await socket.send(.close, payload)
      let code =
        payload.isEmpty ? CloseCode.normal : CloseCode(UInt16(payload[0]) << 8 | UInt16(payload[1]))
      #expect(await socket.receive() == .close(code))
      #expect(await socket.receive() == .ended)
    }
  }

  @Test("when the handler returns, the socket is closed after what it sent")
  func handlerReturns() async throws {
    let observer = CountingObserver()
    let farewell = Route(.get, "/farewell") { _, _ in
      .webSocket(subprotocol: "parting") { socket in
        await socket.send(EncodedMessage(text: "farewell"))
        socket.close(.goingAway)
        socket.close(.normal)
      }
    }
    try await RunningServer.with([farewell], observer: observer) { server in
      let socket = await ClientSocket(try server.connect(), path: "/farewell")
      #expect(socket.head.contains("Sec-WebSocket-Protocol: parting\r\n"))
      #expect(await socket.receiveText() == "farewell")
      #expect(await socket.receive() == .close(.goingAway))
      await socket.close(.goingAway)
      #expect(await socket.receive() == .ended)
    }
    #expect(observer.closeCodes == [.goingAway])
    #expect(observer.webSocketsOpened == 1)
  }

  @Test("a request that is no handshake is told what is wanted, and the connection goes on")
  func upgradeRequired() async throws {
    try await RunningServer.with(Self.echoes + ServingTests.routes) { server in
      let wire = try server.connect()
      await wire.send("GET /echo HTTP/1.1\r\nHost: a\r\n\r\n")
      let head = await wire.receiveResponse().head
      #expect(head.hasPrefix("HTTP/1.1 426 Upgrade Required\r\n"))
      #expect(
        head.contains("Upgrade: websocket\r\n") && head.contains("Sec-WebSocket-Version: 13\r\n"))
      await wire.send(
        "GET /echo HTTP/1.1\r\nHost: a\r\n\(ClientSocket.handshake.replacing("13", with: "8"))\r\n")
      #expect(await wire.receiveResponse().head.hasPrefix("HTTP/1.1 426 "))
      await wire.send(
        "GET /echo HTTP/1.1\r\nHost: a\r\n\(ClientSocket.handshake.replacing("==", with: ""))\r\n")
      #expect(await wire.receiveResponse().head.hasPrefix("HTTP/1.1 400 "))
      await wire.send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(await wire.receiveResponse().body == "hello")
    }
  }

  @Test("a silent peer is pinged, and one that does not answer is dropped", arguments: [false, true])
  func deadPeer(pauses: Bool) async throws {
    let ended = Gate()
    let observer = CountingObserver()
    let route = Route(.get, "/") { _, _ in
      .pausingWebSocket(limits: WebSocketLimits(idlePing: .milliseconds(400))) { socket in
        let heard: @Sendable (WebSocketMessage?) -> Void = { message in
          #expect(message == nil, "pings and pongs are none of the handler's business")
          ended.open()
        }
        guard !pauses else {
          return WebSocketPause { _, message in
            heard(message)
            return nil
          }
        }
        heard(await socket.receive())
        return nil
      }
    }
    try await RunningServer.with([route], observer: observer) { server in
      let socket = await ClientSocket(try server.connect(), path: "/")
      // It lives as long as it answers.
      #expect(await socket.receive() == .ping([]))
      await socket.send(.pong)
      #expect(await socket.receive() == .ping([]))
      await ended.passed()
      #expect(await socket.receive() == .ended)
    }
    #expect(observer.closeCodes == [nil])
  }

  @Test("a shutdown closes WebSockets with 1001, after what waits for them", arguments: paths)
  func shutdown(path: String) async throws {
    try await RunningServer.with(Self.echoes) { server in
      let socket = await ClientSocket(try server.connect(), path: path)
      await socket.send(text: "before")
      #expect(await socket.receiveText() == "before")
      async let stopped: Void = server.stop()
      #expect(await socket.receive() == .close(.goingAway))
      await socket.close(.goingAway)
      #expect(await socket.receive() == .ended)
      await stopped
    }
  }
}
