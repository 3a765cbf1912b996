import HTTPServer
import HTTPWire
import ParleyCore

/// The widgets' sockets, each from its hello to its end.
final class VisitorChannel: Sendable {
  let parley: Parley
  let hub: Hub
  let metrics: Metrics
  let log: Log
  let isLimited: Bool

  init(parley: Parley, hub: Hub, metrics: Metrics, log: Log, isLimited: Bool) {
    self.parley = parley
    self.hub = hub
    self.metrics = metrics
    self.log = log
    self.isLimited = isLimited
  }

  /// What the handshake says of a visitor's browser.
  struct Browser: Sendable {
    /// The page's, as the browser says; nil for a program.
    let origin: String?
    let ownOrigin: String?
    let userAgent: String
  }

  /// What is kept of a visitor while they say nothing.
  private struct Visit: Sendable {
    var identity: VisitorIdentity
    let feed: Feed
    let subscriber: Subscriber
    let showsThread: Bool
  }

  func run(_ socket: WebSocketConnection, _ browser: Browser) async -> WebSocketPause? {
    do {
      return try await begin(socket, browser).map(pause)
    } catch {
      close(socket, for: error)
      return nil
    }
  }

  private func pause(_ visit: Visit) -> WebSocketPause {
    WebSocketPause { socket, message in await self.goOn(visit, socket, message) }
  }

  /// - Parameter message: nil at the end.
  private func goOn(
    _ visit: Visit, _ socket: WebSocketConnection, _ message: WebSocketMessage?
  ) async -> WebSocketPause? {
    var visit = visit
    var next = message
    do {
      while let message = next {
        let command = try VisitorCommand(decoding: message.text())
        if try await !handle(command, &visit.identity, visit.feed) {
          await socket.hold(for: Verdict.penalty)
        }
        next = await socket.receiveAtHand()
        if next == nil { return pause(visit) }
      }
    } catch {
      close(socket, for: error)
    }
    end(visit)
    return nil
  }

  private func begin(_ socket: WebSocketConnection, _ browser: Browser) async throws -> Visit? {
    guard let hello = try await hello(of: socket) else { return nil }
    let site = try await admit(hello, browser)
    guard let key = VisitorKey(token: hello.token) else { throw CommandError.malformed }
    let identity = VisitorIdentity(
      siteID: site.id, key: key, language: hello.language, timeZone: hello.timeZone,
      userAgent: browser.userAgent, page: hello.page.map { Page(url: $0.url, title: $0.title) })
    let showsThread = hello.mode == .frame
    metrics.opened(showsThread ? .frame : .background)
    let feed = Feed(outbox: socket.outbox, repeats: true)
    let visit = Visit(
      identity: identity, feed: feed,
      subscriber: hub.subscribe(.visitor(key, showsThread: showsThread), feed),
      showsThread: showsThread)
    do {
      let opening = try await open(site, after: hello.after, showsThread, identity, feed)
      if opening.isOnAnotherPage, let page = identity.page { try await parley.visit(page, from: identity) }
      return visit
    } catch {
      end(visit)
      throw error
    }
  }

  private func end(_ visit: Visit) {
    hub.unsubscribe(visit.subscriber)
    metrics.closed(visit.showsThread ? .frame : .background)
  }

  private func hello(of socket: WebSocketConnection) async throws -> VisitorCommand.Hello? {
    guard let message = await socket.receive(within: AgentChannel.helloLimit) else {
      socket.close(.policyViolation)
      return nil
    }
    guard case .hello(let hello) = try VisitorCommand(decoding: message.text()) else {
      throw CommandError.malformed
    }
    return hello
  }

  /// The site whose widget it is, if the page may carry it.
  private func admit(_ hello: VisitorCommand.Hello, _ browser: Browser) async throws -> Site {
    guard let site = try await parley.site(key: hello.site) else { throw Refused.siteUnknown }
    guard let origin = browser.origin, origin == browser.ownOrigin || site.allows(origin: origin) else {
      throw Refused.origin
    }
    return site
  }

  private enum Refused: Error {
    case siteUnknown
    case origin
  }

  /// Tells the page where the conversation stands, then lets it hear what comes.
  private func open(
    _ site: Site, after: Int64, _ showsThread: Bool, _ identity: VisitorIdentity, _ feed: Feed
  ) async throws -> VisitorOpening {
    let opening = try await parley.opening(after: after, withMessages: showsThread, for: identity)
    if let id = opening.visitorID { hub.know(identity.key, as: id) }
    let ready = VisitorReady(site: site, online: parley.presence.isAnyAgentOnline, opening: opening)
    feed.goLive(after: opening.lastNumber, saying: EncodedMessage(encoding: VisitorEvent.ready(ready)))
    return opening
  }

  /// Whether it was granted, not whether it succeeded.
  private func handle(
    _ command: VisitorCommand, _ identity: inout VisitorIdentity, _ feed: Feed
  ) async throws -> Bool {
    switch command {
    case .hello:
      throw CommandError.malformed
    case .postMessage(let clientID, let text):
      guard try isGranted(.message, identity) else {
        refuse(clientID, ErrorBody("message.throttled", retryAfter: 1), feed)
        return false
      }
      do {
        _ = try await parley.post(text: text, clientID: clientID, from: identity)
      } catch {
        log.failure(error, during: "visitor.message.post")
        refuse(clientID, ErrorBody(error), feed)
      }
    case .ping, .identify, .page, .typing, .seen, .history:
      let kind: VisitorLimits.Kind = if case .typing = command { .typing } else { .other }
      // Each costs an answer, a read or a write, and none is worth a refusal when they come in floods.
      guard try isGranted(kind, identity) else { return false }
      do {
        try await handleSilently(command, &identity, feed)
      } catch {
        log.failure(error, during: "visitor.command")
      }
    }
    return true
  }

  private func isGranted(_ kind: VisitorLimits.Kind, _ identity: VisitorIdentity) throws(CommandError) -> Bool
  {
    guard isLimited else { return true }
    switch hub.ask(for: kind, from: identity.key) {
    case .granted: return true
    case .refused: return false
    case .flood: throw .flood
    }
  }

  private func handleSilently(
    _ command: VisitorCommand, _ identity: inout VisitorIdentity, _ feed: Feed
  ) async throws(ParleyError) {
    switch command {
    case .hello, .postMessage:
      return
    case .ping:
      feed.offer(EncodedMessage(encoding: VisitorEvent.pong))
    case .identify(let name, let email):
      try await parley.identify(name: name, email: email, from: identity)
    case .page(let page):
      let page = Page(url: page.url, title: page.title)
      identity.page = page
      try await parley.visit(page, from: identity)
    case .typing(let on):
      guard let conversationID = try await parley.openConversation(of: identity.key) else { return }
      hub.setTyping(
        .init(conversationID: conversationID, visitor: identity.key, author: .visitor), on: on)
    case .seen(let number):
      try await parley.seen(number, from: identity)
    case .history(let number):
      let history = try await parley.history(before: number, for: identity)
      feed.offer(
        EncodedMessage(
          encoding: VisitorEvent.history(history.messages, hasEarlier: history.hasEarlier)))
    }
  }

  private func refuse(_ clientID: String, _ error: ErrorBody, _ feed: Feed) {
    feed.offer(EncodedMessage(encoding: VisitorEvent.refused(clientID: clientID, error)))
  }

  private func close(_ socket: WebSocketConnection, for error: any Error) {
    switch error {
    case Refused.siteUnknown: socket.close(.siteUnknown)
    case Refused.origin: socket.close(.originDenied)
    case is CommandError: socket.close(.policyViolation)
    default:
      log.failure(ParleyError.thrown(error), during: "widget")
      socket.close(.tryAgainLater)
    }
  }
}
