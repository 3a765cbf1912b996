import HTTPWire

/// A response on its way, with what its record will say.
struct Answer {
  let response: Response
  let request: Request
  /// The route's path as it stands in the table.
  let route: String?
  /// Whether the connection may go on after it.
  let keepsAlive: Bool
  let started: Moment

  init(_ response: Response, to request: Request, route: String?, keepsAlive: Bool, started: Moment) {
    self.response = response
    self.request = request
    self.route = route
    self.keepsAlive = keepsAlive
    self.started = started
  }
}

extension Connection {
  /// Content up to this length is sent in one call with its head.
  private static let inlineCount = 64 * 1024

  /// Writes an answer that is short, without waiting for the client to take it. False if it is not that.
  func sendAtOnce(_ answer: Answer) throws(Ending) -> Bool {
    guard output.count < Self.inlineCount, case .bytes(let bytes) = answer.response.body,
      bytes.count <= Self.inlineCount
    else { return false }
    let goesOn = goesOn(after: answer)
    let hasContent = appendHead(of: answer, goesOn)
    if hasContent { output.append(contentsOf: bytes) }
    record(answer.response.status, answer, bodyBytes: hasContent ? bytes.count : 0)
    if !goesOn { throw .done }
    return true
  }

  /// Writes an answer. It is given to the kernel at the latest when the connection waits for the next request.
  func send(_ answer: Answer) async throws(Ending) {
    let goesOn = goesOn(after: answer)
    let hasContent = appendHead(of: answer, goesOn)
    let sent = hasContent ? try await write(answer.response.body, to: answer.request.head.version) : 0
    if output.count >= Self.inlineCount { try await flush() }
    record(answer.response.status, answer, bodyBytes: sent)
    if !goesOn { throw .done }
  }

  func record(_ status: Status, _ answer: Answer, bodyBytes: Int) {
    guard let observer = service.observer else { return }
    observer.requestCompleted(
      RequestRecord(
        id: answer.request.id, head: answer.request.head, route: answer.route, status: status,
        duration: Moment.now() - answer.started, bodyBytes: bodyBytes, client: answer.request.client))
  }

  /// Ends the connection, after a last answer if there is one.
  func end(_ refusal: Refusal?) async {
    do throws(Ending) {
      if let refusal {
        service.observer?.requestRefused(refusal)
        let response = service.router.response(to: refusal)
        appendHead(response, .close)
        _ = try await write(response.body, to: .http11)
      }
      try await flush()
    } catch {
      return
    }
    guard !loop.state.isDraining || refusal != nil else { return }
    await socket.linger(until: loop.state.now + .seconds(2))
  }

  private func goesOn(after answer: Answer) -> Bool {
    answer.keepsAlive && !loop.state.isDraining && !answer.response.endsByClosing(to: answer.request)
  }

  /// Returns whether content follows.
  private func appendHead(of answer: Answer, _ goesOn: Bool) -> Bool {
    let content: ResponseEncoder.Content? =
      answer.response.endsByClosing(to: answer.request) ? .untilClose : nil
    appendHead(
      answer.response, goesOn ? .keepAlive(answer.request.head.version) : .close, content: content)
    return answer.request.method != .head && !answer.response.status.forbidsContent
  }

  private func appendHead(
    _ response: Response, _ connection: ResponseEncoder.Connection, content: ResponseEncoder.Content? = nil
  ) {
    if output.isEmpty { output = loop.state.takeBuffer() }
    service.encoder.appendHead(
      response.status, response.fields, content: content ?? response.content, connection: connection,
      date: loop.state.date, to: &output)
  }

  /// Returns the octets of the content.
  private func write(_ body: Response.Body, to version: HTTPVersion) async throws(Ending) -> Int {
    switch body {
    case .empty, .webSocket: return 0
    case .bytes(let bytes) where bytes.count <= Self.inlineCount:
      output.append(contentsOf: bytes)
      return bytes.count
    case .bytes(let bytes):
      try await flush()
      output = bytes
      return bytes.count
    case .file(let file):
      try await flush()
      try await send(file)
      return file.count
    case .stream(let stream): return try await send(stream, to: version)
    }
  }

  private func send(_ stream: ContentStream, to version: HTTPVersion) async throws(Ending) -> Int {
    var count = 0
    while let piece = try await nextPiece(of: stream) {
      count += piece.count
      if version == .http11 {
        ResponseEncoder.appendChunk(piece, to: &output)
      } else {
        output.append(contentsOf: piece)
      }
      if output.count >= Self.inlineCount { try await flush() }
    }
    if version == .http11 { ResponseEncoder.appendLastChunk(to: &output) }
    return count
  }

  private func nextPiece(of stream: ContentStream) async throws(Ending) -> [UInt8]? {
    do {
      return try await stream.next()
    } catch {
      throw .broken
    }
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

  /// The same at the end of a turn. Where something is left, who waits for the next request is told to wait for the kernel first.
  func flushGathered() {
    if !flushNow() || !output.isEmpty { socket.interruptReader() }
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
  fileprivate var content: ResponseEncoder.Content {
    switch body {
    case .empty, .webSocket: .length(0)
    case .bytes(let bytes): .length(bytes.count)
    case .file(let file): .length(file.count)
    case .stream: .chunked
    }
  }

  /// A client of 1.0 knows no chunks: for it a content of unknown length ends with the connection.
  fileprivate func endsByClosing(to request: Request) -> Bool {
    if case .stream = body { return request.head.version != .http11 }
    return false
  }
}
