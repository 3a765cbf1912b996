import HTTPWire

/// A WebSocket's life after its handshake. Its handler runs in tasks that end where it pauses: between them the socket waits without one,
/// as most do most of the time.
extension WebSocketConnection {
  /// Lends the socket to the handler, and leads it to its end.
  nonisolated func start(_ upgrade: WebSocketUpgrade) {
    service.observer?.webSocketOpened()
    Task(executorPreference: socket.loop) { await self.begin(upgrade) }
  }

  // The handler is called by the actor, not by the task's closure: so it runs as the connection does, and need not change executors for
  // each message.
  private func begin(_ upgrade: WebSocketUpgrade) async {
    await run(upgrade.handler(self))
  }

  /// Goes on when a task of the handler has ended.
  private func run(_ pause: WebSocketPause?) async {
    if let pause {
      self.pause = pause
      lookForMessage()
    } else {
      await handlerEnded()
    }
  }

  /// Lets the handler go on if there is something for it; otherwise the loop is asked to tell.
  private func lookForMessage() {
    if let message = receiveAtHand() {
      goOn(with: message)
    } else if lifecycle.phase != .open {
      goOn(with: nil)
    } else if hasUsedItsShare {
      socket.tellNextTurn()
    } else {
      socket.tellWhenReadable(by: lifecycle.deadline)
    }
  }

  private func goOn(with message: WebSocketMessage?) {
    guard let pause else { return }
    self.pause = nil
    Task(executorPreference: socket.loop) { await self.goOn(from: pause, with: message) }
  }

  private func goOn(from pause: WebSocketPause, with message: WebSocketMessage?) async {
    let next = await pause.goOn(self, message)
    await run(message == nil ? nil : next)
  }

  private func handlerEnded() async {
    // Told before the closing handshake, which a peer that does not read lets run out.
    if outbox.hasOverflowed { service.observer?.outboxOverflowed() }
    let code = await finish()
    service.observer?.webSocketClosed(code: code)
    if code != nil { await socket.linger(until: socket.loop.state.now + limits.closing) }
    service.close(socket)
  }
}

extension WebSocketConnection: SocketUser {
  nonisolated func flush() { onLoop { $0.sendGathered() } }

  nonisolated func drain() { outbox.close(.goingAway) }

  nonisolated func wake(_ wake: Socket.Wake) {
    onLoop { webSocket in
      if let received = webSocket.socket.received(by: wake) { webSocket.take(received) }
      webSocket.lookForMessage()
    }
  }
}
