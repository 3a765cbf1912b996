import HTTPWire

extension Connection {
  /// Answers the handshake, and ends with the session that goes on with the socket.
  func upgradeConnection(
    _ request: Request, _ response: Response, _ upgrade: WebSocketUpgrade, route: Route, started: Moment
  ) async throws(Ending) {
    let handshake: WebSocketHandshake
    do throws(HandshakeError) {
      handshake = try WebSocketHandshake(request.head)
    } catch {
      try await send(
        Answer(
          service.router.response(to: Refusal(error)), to: request, route: route.path,
          keepsAlive: request.head.keepsAlive, started: started))
      return
    }
    guard !loop.state.isDraining else { throw .done }
    var fields = handshake.fields(subprotocol: upgrade.subprotocol)
    fields.append(contentsOf: response.fields)
    if output.isEmpty { output = loop.state.takeBuffer() }
    service.encoder.appendHead(
      .switchingProtocols, fields, content: .length(0), connection: .upgrade, date: loop.state.date,
      to: &output)
    try await flush()
    let answer = Answer(response, to: request, route: route.path, keepsAlive: false, started: started)
    record(.switchingProtocols, answer, bodyBytes: 0)
    throw .upgraded(session(upgrade))
  }

  private func session(_ upgrade: WebSocketUpgrade) -> WebSocketSession {
    // RFC 6455 §4.1: the client waits for the answer before it sends frames; one that did not is still understood.
    let webSocket = WebSocketConnection(socket, limits: upgrade.limits, leftover: input)
    input = Input()
    webSocket.assumeIsolated { $0.attach() }
    return WebSocketSession(webSocket: webSocket, socket: socket, upgrade: upgrade, service: service)
  }
}

/// A WebSocket's life after its handshake, in a task of its own: what the requests before it needed is free while the socket is silent,
/// as most are most of the time.
struct WebSocketSession: Sendable {
  let webSocket: WebSocketConnection
  let socket: Socket
  let upgrade: WebSocketUpgrade
  let service: Service

  /// Lends the socket to the handler, and leads it to its end.
  func start() {
    Task(executorPreference: socket.loop) { await run() }
  }

  private func run() async {
    service.observer?.webSocketOpened()
    await upgrade.handler(webSocket)
    // Told before the closing handshake, which a peer that does not read lets run out.
    if webSocket.outbox.hasOverflowed { service.observer?.outboxOverflowed() }
    let code = await webSocket.finish()
    service.observer?.webSocketClosed(code: code)
    if code != nil { await socket.linger(until: socket.loop.state.now + upgrade.limits.closing) }
    service.close(socket)
  }
}

extension Service {
  /// The end of a connection. Called on its loop.
  func close(_ socket: Socket) {
    socket.close()
    observer?.connectionClosed(received: socket.receivedCount, sent: socket.sentCount)
    connectionEnded()
  }
}

extension Refusal {
  /// The answer to a handshake that cannot be accepted.
  fileprivate init(_ error: HandshakeError) {
    switch error {
    case .notUpgrade, .versionNotSupported: self = .upgradeRequired
    case .malformed: self = .handshakeMalformed
    }
  }
}
