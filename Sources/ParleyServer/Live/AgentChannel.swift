import HTTPServer
import HTTPWire
import ParleyCore

/// An inbox's socket, from its hello to its end.
struct AgentChannel: Sendable {
  /// A client says hello at once; one that does not is none of ours.
  static let helloLimit = Duration.seconds(15)

  let parley: Parley
  let hub: Hub
  let metrics: Metrics
  let log: Log
  let caller: Caller

  private var agent: AgentIdentity { caller.agent }

  func run(_ socket: WebSocketConnection) async {
    metrics.opened(.inbox)
    defer { metrics.closed(.inbox) }
    do {
      guard case .hello(let after) = try await first(of: socket) else { return }
      let feed = Feed(outbox: socket.outbox, repeats: false)
      let subscriber = hub.subscribe(.agent(agent.id, session: caller.session.id), feed)
      defer { hub.unsubscribe(subscriber) }
      // Now that its end would be heard: does the session still stand?
      _ = try await parley.session(caller.token)
      try await replay(after: after, to: socket, feed)
      var limits = AgentLimits(now: hub.uptime())
      while let message = await socket.receive() {
        let command = try ClientCommand(decoding: message.text())
        switch limits.ask(for: command, now: hub.uptime()) {
        case .granted: try await handle(command, socket, feed)
        case .refused: await socket.hold(for: Verdict.penalty)
        case .flood: throw CommandError.flood
        }
      }
    } catch {
      close(socket, for: error)
    }
  }

  private func first(of socket: WebSocketConnection) async throws -> ClientCommand? {
    guard let message = await socket.receive(within: AgentChannel.helloLimit) else {
      socket.close(.policyViolation)
      return nil
    }
    let command = try ClientCommand(decoding: message.text())
    guard case .hello = command else { throw CommandError.malformed }
    return command
  }

  /// Sends what the client missed, page by page at the speed at which it takes it, then lets it hear what comes.
  private func replay(after: Int64?, to socket: WebSocketConnection, _ feed: Feed) async throws {
    var after = after
    while true {
      switch try await parley.events(after: after, for: agent) {
      case .startOver(let sequence):
        feed.goLive(
          after: sequence, saying: EncodedMessage(encoding: ServerEvent.startOver(sequence: sequence)))
        return
      case .events(let events, let sequence, let isComplete):
        for event in events {
          guard await socket.send(EncodedMessage(text: event.json)) else { return }
        }
        after = sequence
        guard isComplete else { continue }
        feed.goLive(after: sequence, saying: EncodedMessage(encoding: ServerEvent.ready(sequence: sequence)))
        return
      }
    }
  }

  private func handle(_ command: ClientCommand, _ socket: WebSocketConnection, _ feed: Feed) async throws {
    switch command {
    case .hello:
      throw CommandError.malformed
    case .postMessage(let clientID, let conversationID, let isNote, let text):
      await post(
        AgentMessageDraft(
          clientID: clientID, conversationID: conversationID, kind: isNote ? .note : .text, text: text), feed)
    case .typing(let conversationID, let on):
      try await ignoringRefusals { () async throws(ParleyError) in
        let visitor = try await parley.visitorKey(ofConversation: conversationID, by: agent)
        hub.setTyping(.init(conversationID: conversationID, visitor: visitor, author: .agent(agent)), on: on)
      }
    case .read(let conversationID, let number):
      try await ignoringRefusals { () async throws(ParleyError) in
        try await parley.read(conversationID, upTo: number, by: agent)
      }
    case .ping:
      // The session may have ended where the hub does not hear of it: by its age, or from the command line.
      _ = try await parley.session(caller.token)
      feed.offer(EncodedMessage(encoding: ServerEvent.pong))
    }
  }

  /// The stored message comes back as an event; only a refusal is answered here.
  private func post(_ draft: AgentMessageDraft, _ feed: Feed) async {
    do {
      _ = try await parley.post(draft, by: agent)
    } catch {
      log.failure(error, during: "message.post")
      feed.offer(EncodedMessage(encoding: ServerEvent.refused(clientID: draft.clientID, ErrorBody(error))))
    }
  }

  /// For what has no answer: a conversation that is not there any more is no reason to close the socket.
  private func ignoringRefusals(_ body: () async throws(ParleyError) -> Void) async throws {
    do {
      try await body()
    } catch ParleyError.sessionRequired {
      throw ParleyError.sessionRequired
    } catch {
      log.failure(error, during: "command")
    }
  }

  private func close(_ socket: WebSocketConnection, for error: any Error) {
    switch error {
    case ParleyError.sessionRequired:
      socket.outbox.offer(EncodedMessage(encoding: ServerEvent.sessionEnded))
      socket.close(.signedOut)
    case is CommandError:
      socket.close(.policyViolation)
    default:
      log.failure(ParleyError.thrown(error), during: "inbox")
      socket.close(.tryAgainLater)
    }
  }
}
