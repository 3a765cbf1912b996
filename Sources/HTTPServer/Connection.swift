import HTTPWire

/// A connection's protocol, from its first request to its end, pinned to a loop.
actor Connection {
  /// Why no further request is read.
  enum Ending: Error {
    /// Nothing is left to be said: the client or the server wants no more.
    case done
    /// What came cannot be served; it is answered, then the connection is closed.
    case refused(Refusal)
    /// Nothing can be said any more.
    case broken
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

  /// Begins to serve.
  func start() {
    Task { await run() }
  }

  private func run() async {
    service.observer?.connectionAccepted()
    socket.onFlush = { self.assumeIsolated { connection in _ = connection.flushNow() } }
    socket.onDrain = { self.assumeIsolated { $0.socket.interruptReader() } }
    await serve()
    loop.state.giveBack(output)
    socket.close()
    service.observer?.connectionClosed(received: socket.receivedCount, sent: socket.sentCount)
    service.connectionEnded()
  }

  private func serve() async {
    do throws(Ending) {
      while true { try await serveNext() }
    } catch {
      switch error {
      case .broken: return
      case .done: await end(nil)
      case .refused(let refusal): await end(refusal)
      }
    }
  }

  private func serveNext() async throws(Ending) {
    let head = try await nextHead()
    let started = loop.state.now
    switch service.router.match(head) {
    case .route(let row, let parameters):
      try await answer(head, by: service.router.routes[row], parameters, started: started)
    case .options(let methods):
      try await answerWithoutRoute(head, Self.optionsResponse(methods), started: started)
    case .refused(let refusal):
      try await answerWithoutRoute(head, service.router.response(to: refusal), started: started)
    }
    state.requestEnded(at: loop.state.now)
  }

  private func answer(
    _ head: RequestHead, by route: Route, _ parameters: PathParameters, started: Moment
  ) async throws(Ending) {
    let body = try await readBody(of: head, limit: route.bodyLimit ?? service.configuration.limits.bodyBytes)
    let request = Request(
      head: head, body: body, client: service.client(of: head, peer: peer, isTrusted: peerIsTrusted),
      id: loop.state.nextRequestID())
    // The handler may wait, and others receive meanwhile; answers to earlier requests must not wait for it.
    input.keep(from: loop.state.scratch)
    if !output.isEmpty { loop.scheduleFlush(socket) }
    let response = await route.handler(request, parameters)
    if case .webSocket(let upgrade) = response.body {
      try await upgradeConnection(request, response, upgrade, route: route, started: started)
    } else {
      try await send(response, to: request, route: route.path, keepsAlive: head.keepsAlive, started: started)
    }
  }

  /// Answers a request that no handler gets. Its content is not read: if it has any, the connection ends.
  private func answerWithoutRoute(_ head: RequestHead, _ response: Response, started: Moment)
    async throws(Ending)
  {
    let request = Request(
      head: head, body: [], client: service.client(of: head, peer: peer, isTrusted: peerIsTrusted),
      id: loop.state.nextRequestID())
    if head.framing == .none { _ = try parse() }
    try await send(
      response, to: request, route: nil, keepsAlive: head.keepsAlive && head.framing == .none,
      started: started)
  }

  private static func optionsResponse(_ methods: [Method]) -> Response {
    Response(.noContent, fields: Fields([.allow: Refusal.allow(methods)]))
  }
}
