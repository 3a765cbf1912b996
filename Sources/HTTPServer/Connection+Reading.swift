import HTTPWire

extension Connection {
  /// What was found in the octets at hand.
  enum Step {
    case head(RequestHead)
    case end
    case needsMore
  }

  /// The head of the next request, or nil if more must be received first.
  func nextHead() throws(Ending) -> RequestHead? {
    if !input.isEmpty, case .head(let head) = try parse() { return head }
    if parser.isBetweenRequests {
      if loop.state.isDraining { throw .done }
      state.waitForRequest(at: loop.state.now)
    } else {
      state.waitForHead(at: loop.state.now)
    }
    return nil
  }

  /// The end of a request without content.
  func noBody() -> [UInt8] {
    parser.endWithoutContent()
    return []
  }

  /// The content of the request whose head was just read.
  func readBody(of head: RequestHead, for route: Route) async throws(Ending) -> [UInt8] {
    do throws(ParseError) {
      try parser.limitBody(to: route.bodyLimit ?? service.configuration.limits.bodyBytes)
    } catch {
      throw .refused(.malformed(error))
    }
    var body: [UInt8] = []
    // RFC 9110 §10.1.1: a client that waits is asked to go on, unless it did not wait.
    if head.expectsContinue, input.isEmpty { ResponseEncoder.appendContinue(to: &output) }
    while true {
      if case .end = try parse(body: &body) { return body }
      state.waitForBody(at: loop.state.now)
      try await receiveMore()
    }
  }

  private func parse() throws(Ending) -> Step {
    var none: [UInt8] = []
    return try parse(body: &none)
  }

  /// Reads on in the octets at hand, and appends content to `body`.
  private func parse(body: inout [UInt8]) throws(Ending) -> Step {
    do throws(ParseError) {
      return try input.read(from: loop.state.scratch) { bytes, offset throws(ParseError) -> Step in
        while let part = try parser.next(in: bytes.span, at: &offset) {
          switch part {
          case .head(let head): return .head(head)
          case .body(let range):
            bytes.span.withUnsafeBufferPointer { body.append(contentsOf: $0[range]) }
          case .end: return .end
          }
        }
        return .needsMore
      }
    } catch {
      throw .refused(.malformed(error))
    }
  }

  /// Waits for more octets. All at hand were read.
  ///
  /// Answers go to the kernel at the end of the turn, together with those of the other connections, so that whoever hears many of them, as
  /// a proxy does, is woken once. In a turn that has become long they go at once.
  // Inlined, since each asynchronous call costs a look at the executor.
  @inline(__always)
  func receiveMore() async throws(Ending) {
    if !output.isEmpty {
      if socket.isWritable, !loop.state.isTurnLong { loop.scheduleFlush(socket) } else { try await flush() }
    }
    while true {
      if let received = socket.receiveNow() {
        // Who has said all may still hear.
        if case .ended = received { try await flush() }
        return try take(received)
      }
      let wake = await withUnsafeContinuation { socket.awaitReadable(.task($0), by: state.deadline) }
      // The kernel did not take all of it: before it does, no further request is read.
      if !output.isEmpty { try await flush() }
      if let received = socket.received(by: wake) { return try take(received) }
    }
  }

  private func take(_ received: Socket.Received) throws(Ending) {
    switch received {
    case .bytes(let count): input = Input(received: count)
    case .ended, .failed: throw .broken
    case .timedOut: throw state.timeout.map { .refused($0) } ?? .done
    case .interrupted: return
    }
  }
}
