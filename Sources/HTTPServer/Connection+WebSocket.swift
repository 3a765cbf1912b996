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
    // RFC 6455 §4.1: the client waits for the answer before it sends frames; one that did not is still understood.
    let webSocket = WebSocketConnection(socket, limits: upgrade.limits, leftover: input, service: service)
    input = Input()
    socket.user = webSocket
    throw .upgraded(webSocket, upgrade)
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
