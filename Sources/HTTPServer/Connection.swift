import HTTPWire

/// A connection's protocol, from its first request to its end, pinned to a loop.
actor Connection: LoopActor {
  /// Why no further request is read.
  enum Ending: Error {
    /// Nothing is left to be said: the client or the server wants no more.
    case done
    /// What came cannot be served; it is answered, then the connection is closed.
    case refused(Refusal)
    /// Nothing can be said any more.
    case broken
    /// The connection is a WebSocket from here on.
    case upgraded(WebSocketConnection, WebSocketUpgrade)
  }

  let service: Service
  nonisolated let loop: EventLoop
  let socket: Socket
  let peer: Client
  let peerIsTrusted: Bool
  var parser: RequestParser
  var state: ConnectionState
  var input = Input()
  /// Responses that were not yet given to the kernel, from `outputOffset` on.
  var output: [UInt8] = []
  var outputOffset = 0

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  /// Must be called on the loop's thread.
  init(_ socket: Socket, peer: IPAddress, service: Service) {
    self.socket = socket
    self.service = service
    loop = socket.loop
    self.peer = Client(address: peer, isSecure: false)
    peerIsTrusted = service.isTrustedProxy(peer)
    parser = RequestParser(limits: service.configuration.limits)
    state = ConnectionState(timeouts: service.configuration.timeouts, at: socket.loop.state.now)
  }

  /// Begins to serve, in a task that never leaves the loop for another thread unless a handler asks for that.
  func start() {
    Task(executorPreference: loop) { await self.run() }
  }

  private func run() async {
    service.observer?.connectionAccepted()
    socket.user = self
    let upgraded = await serve()
    loop.state.giveBack(output)
    if let (webSocket, upgrade) = upgraded { webSocket.start(upgrade) } else { service.close(socket) }
  }

  /// Returns how the connection goes on, if it does.
  private func serve() async -> (WebSocketConnection, WebSocketUpgrade)? {
    do throws(Ending) {
      while true {
        // What need not wait is not awaited: each asynchronous call costs a look at the executor.
        if let head = try nextHead() {
          try await answer(head)
        } else {
          try await receiveMore()
        }
      }
    } catch {
      switch error {
      case .broken: break
      case .done: await end(nil)
      case .refused(let refusal): await end(refusal)
      case .upgraded(let webSocket, let upgrade): return (webSocket, upgrade)
      }
      return nil
    }
  }

  // Inlined, since each asynchronous call costs a look at the executor.
  @inline(__always)
  private func answer(_ head: RequestHead) async throws(Ending) {
    let started = loop.state.now
    switch service.router.match(head) {
    case .route(let row, let parameters):
      let route = service.router.routes[row]
      let body = head.framing == .none ? noBody() : try await readBody(of: head, for: route)
      let request = request(head, body)
      // The handler may wait, and others receive meanwhile; answers to earlier requests must not wait for it.
      input.keep(from: loop.state.scratch)
      if !output.isEmpty { loop.scheduleFlush(socket) }
      let response = await route.handler(request, parameters)
      if case .webSocket(let upgrade) = response.body {
        try await upgradeConnection(request, response, upgrade, route: route, started: started)
      } else {
        let answer = Answer(
          response, to: request, route: route.path, keepsAlive: head.keepsAlive, started: started)
        if try !sendAtOnce(answer) { try await send(answer) }
      }
    case .options(let methods):
      try await answerWithoutRoute(head, Self.optionsResponse(methods), started: started)
    case .refused(let refusal):
      try await answerWithoutRoute(head, service.router.response(to: refusal), started: started)
    }
    state.requestEnded(at: loop.state.now)
  }

  /// Answers a request that no handler gets. Its content is not read: if it has any, the connection ends.
  private func answerWithoutRoute(_ head: RequestHead, _ response: Response, started: Moment)
    async throws(Ending)
  {
    let hasContent = head.framing != .none
    let request = request(head, hasContent ? [] : noBody())
    try await send(
      Answer(response, to: request, route: nil, keepsAlive: head.keepsAlive && !hasContent, started: started))
  }

  private func request(_ head: RequestHead, _ body: [UInt8]) -> Request {
    Request(
      head: head, body: body, client: service.client(of: head, peer: peer, isTrusted: peerIsTrusted),
      id: loop.state.nextRequestID())
  }

  private static func optionsResponse(_ methods: [Method]) -> Response {
    Response(.noContent, fields: Fields([.allow: Refusal.allow(methods)]))
  }
}

extension Connection: SocketUser {
  nonisolated func flush() { onLoop { $0.flushGathered() } }
  nonisolated func drain() { onLoop { $0.socket.interruptReader() } }
  /// A request is always read by a task.
  nonisolated func wake(_ wake: Socket.Wake) {}
}
