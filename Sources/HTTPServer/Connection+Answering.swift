import HTTPWire

extension Connection {
  /// Content up to this length is sent in one call with its head.
  private static let inlineCount = 64 * 1024

  /// Writes a response. It is given to the kernel at the latest when the connection waits for the next request.
  func send(
    _ response: Response, to request: Request, route: String?, keepsAlive: Bool, started: Moment
  ) async throws(Ending) {
    let goesOn = keepsAlive && !loop.state.isDraining
    let count = try await write(
      response, for: request.method, connection: goesOn ? .keepAlive(request.head.version) : .close)
    record(response.status, to: request, route: route, bodyBytes: count, started: started)
    if !goesOn { throw .done }
  }

  func record(_ status: Status, to request: Request, route: String?, bodyBytes: Int, started: Moment) {
    guard let observer = service.observer else { return }
    observer.requestCompleted(
      RequestRecord(
        id: request.id, head: request.head, route: route, status: status, duration: Moment.now() - started,
        bodyBytes: bodyBytes, client: request.client))
  }

  /// Ends the connection, after a last answer if there is one.
  func end(_ refusal: Refusal?) async {
    do throws(Ending) {
      if let refusal {
        service.observer?.requestRefused(refusal)
        _ = try await write(service.router.response(to: refusal), for: .get, connection: .close)
      }
      try await flush()
    } catch {
      return
    }
    guard !loop.state.isDraining || refusal != nil else { return }
    await socket.linger(until: loop.state.now + .seconds(2))
  }

  /// Returns how many octets of content were written.
  private func write(
    _ response: Response, for method: Method, connection: ResponseEncoder.Connection
  ) async throws(Ending) -> Int {
    let count = response.contentCount
    if output.isEmpty { output = loop.state.takeBuffer() }
    service.encoder.appendHead(
      response.status, response.fields, contentLength: count, connection: connection, date: loop.state.date,
      to: &output)
    guard count > 0, method != .head, !response.status.forbidsContent else { return 0 }
    switch response.body {
    case .empty, .webSocket: break
    case .bytes(let bytes) where bytes.count <= Self.inlineCount: output.append(contentsOf: bytes)
    case .bytes(let bytes):
      try await flush()
      output = bytes
    case .file(let file):
      try await flush()
      try await send(file)
    }
    if output.count >= Self.inlineCount { try await flush() }
    return count
  }

  private func send(_ file: OpenFile) async throws(Ending) {
    var offset = 0
    while offset < file.count {
      guard let sent = socket.sendNow(file, from: offset) else { throw .broken }
      offset += sent
      if sent == 0 { try await waitToSend() }
    }
  }

  /// Gives everything that was written to the kernel.
  func flush() async throws(Ending) {
    while outputOffset < output.count {
      guard flushNow() else { throw .broken }
      if outputOffset < output.count { try await waitToSend() }
    }
  }

  /// Gives the kernel what it takes at once. False if the connection is broken.
  @discardableResult
  func flushNow() -> Bool {
    guard outputOffset < output.count, socket.isWritable else { return true }
    let sent = output.withUnsafeBytes {
      socket.sendNow(UnsafeRawBufferPointer(rebasing: $0[outputOffset...]))
    }
    guard let sent else { return false }
    outputOffset += sent
    if outputOffset == output.count {
      loop.state.giveBack(output)
      output = []
      outputOffset = 0
    }
    return true
  }

  private func waitToSend() async throws(Ending) {
    input.keep(from: loop.state.scratch)
    switch await socket.waitToSend(by: loop.state.now + service.configuration.timeouts.write) {
    case .ready: return
    case .timedOut, .interrupted: throw .broken
    }
  }
}

extension Response {
  /// The octets of the content.
  fileprivate var contentCount: Int {
    switch body {
    case .empty, .webSocket: 0
    case .bytes(let bytes): bytes.count
    case .file(let file): file.count
    }
  }
}
