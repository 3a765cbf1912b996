import HTTPServer
import HTTPWire
import Synchronization
import Testing

@Suite("A WebSocket carries messages both ways")
struct WebSocketTests {
  static let echo = Route(.get, "/echo") { _, _ in
    .webSocket(
      limits: WebSocketLimits(messageBytes: 1 << 20, outboxBytes: 1 << 20, closing: .seconds(2))
    ) {
      socket in
      while let message = await socket.receive() { await socket.send(EncodedMessage(message)) }
    }
  }

  @Test("texts and binaries come back, of every form of length")
  func echo() async throws {
    try await RunningServer.with([Self.echo]) { server in
      let socket = await ClientSocket(try server.connect(), path: "/echo")
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

  @Test("frames right behind the handshake are not lost")
  func early() async throws {
    try await RunningServer.with([Self.echo]) { server in
      let frames = (1...3).flatMap {
        FrameEncoder.encodeMasked(.text, Array("early \($0)".utf8), key: 5)
      }
      let socket = await ClientSocket(try server.connect(), path: "/echo", early: frames)
      for number in 1...3 { #expect(await socket.receiveText() == "early \(number)") }
    }
  }

  @Test("many messages in one piece come back in order")
  func flood() async throws {
    try await RunningServer.with([Self.echo]) { server in
      let socket = await ClientSocket(try server.connect(), path: "/echo")
      let frames = (0..<2000).flatMap {
        FrameEncoder.encodeMasked(.text, Array("\($0)".utf8), key: UInt32($0))
      }
      async let sent: Void = socket.wire.send(frames)
      for number in 0..<2000 { #expect(await socket.receiveText() == "\(number)") }
      await sent
    }
  }

  @Test("a ping is answered between the fragments of a message")
  func ping() async throws {
    try await RunningServer.with([Self.echo]) { server in
      let socket = await ClientSocket(try server.connect(), path: "/echo")
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
    ] as [([UInt8], CloseCode)])
  func protocolErrors(_ octets: [UInt8], _ code: CloseCode) async throws {
    let observer = CountingObserver()
    try await RunningServer.with([Self.echo], observer: observer) { server in
      let socket = await ClientSocket(try server.connect(), path: "/echo")
      await socket.wire.send(octets)
      #expect(await socket.receive() == .close(code))
      #expect(await socket.receive() == .ended)
      let next = await ClientSocket(try server.connect(), path: "/echo")
      await next.send(text: "still here")
      #expect(await next.receiveText() == "still here")
    }
    #expect(observer.closeCodes.contains(code))
  }

  @Test(
    "a close is answered with its own code, none with 1000",
    arguments: [[], [0x0F, 0xA7], [0x03, 0xE9]] as [[UInt8]])
  func closeHandshake(_ payload: [UInt8]) async throws {
    try await RunningServer.with([Self.echo]) { server in
      let socket = await ClientSocket(try server.connect(), path: "/echo")
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
    try await RunningServer.with([Self.echo] + ServingTests.routes) { server in
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

  @Test("a silent peer is pinged, and one that does not answer is dropped")
  func deadPeer() async throws {
    let ended = Gate()
    let observer = CountingObserver()
    let route = Route(.get, "/") { _, _ in
      .webSocket(limits: WebSocketLimits(idlePing: .milliseconds(400))) { socket in
        while await socket.receive() != nil {}
        ended.open()
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

  @Test("a shutdown closes WebSockets with 1001, after what waits for them")
  func shutdown() async throws {
    try await RunningServer.with([Self.echo]) { server in
      let socket = await ClientSocket(try server.connect(), path: "/echo")
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
