import HTTPServer
import HTTPWire
package import ParleyCore
import Synchronization

/// Brings what happens to the open sockets that it concerns, and to no other.
///
/// `publish` is called on the writer's thread in the order of the commits; each event is encoded once and offered to the outbox of
/// each of its listeners, which never waits. Everything else may come from any thread.
package final class Hub: Sendable {
  private struct State {
    var agents: [Int64: [Subscriber]] = [:]
    var visitors: [VisitorKey: [Subscriber]] = [:]
    /// The ids of the visitors who are there and exist in the database.
    var visitorIDs: [VisitorKey: Int64] = [:]
    /// Of the visitors who are there and have asked for something.
    var limits: [VisitorKey: VisitorLimits] = [:]
    var typing = Typing()
    var departures = Departures<Subscriber.Listener>()
    var lastID: UInt64 = 0
    /// It holds the hub, by its routes.
    weak var server: Server?
  }

  private let presence: Presence
  private let metrics: Metrics
  /// Milliseconds of a clock that nobody sets.
  let uptime: @Sendable () -> Int64
  private let state = Mutex(State())

  /// - Parameters:
  ///   - presence: told who comes and goes.
  ///   - uptime: milliseconds of a clock that nobody sets: what runs out here does so whatever is done to the time of day.
  package init(presence: Presence, metrics: Metrics, uptime: @escaping @Sendable () -> Int64) {
    self.presence = presence
    self.metrics = metrics
    self.uptime = uptime
  }

  // MARK: - Coming and going

  /// Lets a socket hear what concerns its listener, until `unsubscribe`. Subscribe before reading the past.
  func subscribe(_ listener: Subscriber.Listener, _ feed: Feed) -> Subscriber {
    let subscriber = state.withLock { state in
      state.lastID += 1
      let subscriber = Subscriber(id: state.lastID, listener: listener, feed: feed)
      switch listener {
      case .agent(let id, _): state.agents[id, default: []].append(subscriber)
      case .visitor(let key, _): state.visitors[key, default: []].append(subscriber)
      }
      return subscriber
    }
    arrive(listener)
    return subscriber
  }

  func unsubscribe(_ subscriber: Subscriber) {
    subscriber.feed.end()
    let time = uptime()
    state.withLock { state in
      switch subscriber.listener {
      case .agent(let id, _):
        state.agents[id]?.removeAll { $0.id == subscriber.id }
        if state.agents[id]?.isEmpty == true { state.agents[id] = nil }
      case .visitor(let key, _):
        state.visitors[key]?.removeAll { $0.id == subscriber.id }
        if state.visitors[key]?.isEmpty == true { state.visitors[key] = nil }
      }
      state.departures.add(subscriber.listener, now: time)
    }
  }

  /// A visitor who is there is one that the database knows.
  func know(_ key: VisitorKey, as id: Int64) {
    // Also when the last socket closed a moment ago: that they left must be told by this id.
    guard presence.isOnline(key) else { return }
    let isNews = state.withLock { $0.visitorIDs.updateValue(id, forKey: key) == nil }
    if isNews { tellAgents(.presence(visitors: [id: true], agents: [:])) }
  }

  /// Whether a visitor who is there may ask for something more; then it is counted.
  func ask(for kind: VisitorLimits.Kind, from key: VisitorKey) -> Verdict {
    let time = uptime()
    return state.withLock { $0.limits[key, default: VisitorLimits(now: time)].ask(for: kind, now: time) }
  }

  private func arrive(_ listener: Subscriber.Listener) {
    switch listener {
    case .agent(let id, _):
      let wasAnyone = presence.isAnyAgentOnline
      guard presence.connect(agent: id) else { return }
      tellAgents(.presence(visitors: [:], agents: [id: true]))
      if !wasAnyone { tellVisitors(.online(true)) }
    case .visitor(let key, _):
      guard presence.connect(key) else { return }
      if let id = state.withLock({ $0.visitorIDs[key] }) {
        tellAgents(.presence(visitors: [id: true], agents: [:]))
      }
    }
  }

  private func depart(_ listener: Subscriber.Listener) {
    switch listener {
    case .agent(let id, _):
      guard presence.disconnect(agent: id) else { return }
      tellAgents(.presence(visitors: [:], agents: [id: false]))
      if !presence.isAnyAgentOnline { tellVisitors(.online(false)) }
    case .visitor(let key, _):
      guard presence.disconnect(key) else { return }
      let id = state.withLock { state in
        state.limits[key] = nil
        return state.visitorIDs.removeValue(forKey: key)
      }
      if let id {
        tellAgents(.presence(visitors: [id: false], agents: [:]))
      }
    }
  }

  // MARK: - What happens

  /// Whose sockets these are.
  func serve(by server: Server) {
    state.withLock { $0.server = server }
  }

  /// Runs what publishes much, and lets the sockets' loops begin to send when all of it is there.
  package func together(_ body: () -> Void) {
    guard let server = state.withLock({ $0.server }) else { return body() }
    server.together(body)
  }

  /// Passes on what was committed. On the writer's thread, in the order of the commits.
  package func publish(_ events: [Event]) {
    for event in events { publish(event) }
  }

  private func publish(_ event: Event) {
    switch event.audience {
    case .agents:
      offer(event, to: state.withLock { $0.agents.values.flatMap { $0 } }, number: event.sequence)
      if case .messageAdded(let message, _) = event.body {
        if message.kind == .text || message.kind == .note {
          metrics.countMessage(author: message.author.rawValue)
        }
        ended(typingOf: message)
      }
    case .pipeline, .outside:
      let subscribers = state.withLock { state in
        event.listeners.flatMap { state.agents[$0] ?? [] }
      }
      offer(event, to: subscribers, number: event.sequence)
    case .agent(let id):
      offer(event, to: state.withLock { $0.agents[id] ?? [] }, number: event.sequence)
    case .visitor(let key, let id):
      know(key, as: id)
      offer(event, to: state.withLock { $0.visitors[key] ?? [] }, number: event.visitorNumber)
    case .session(let session):
      let subscribers = state.withLock { $0.agents.values.flatMap { $0 } }.filter {
        if case .agent(_, session) = $0.listener { true } else { false }
      }
      let message = EncodedMessage(text: event.json)
      for subscriber in subscribers { subscriber.feed.end(saying: message, .signedOut) }
    }
  }

  private func offer(_ event: Event, to subscribers: [Subscriber], number: Int64?) {
    guard !subscribers.isEmpty else { return }
    let message = EncodedMessage(text: event.json)
    for subscriber in subscribers { subscriber.feed.offer(message, number: number) }
  }

  // MARK: - Typing

  /// Tells the others in a conversation that someone types, or stopped.
  func setTyping(_ entry: Typing.Entry, on: Bool) {
    let time = uptime()
    guard state.withLock({ $0.typing.set(entry, on: on, now: time) }) else { return }
    tell(entry, on: on)
  }

  private func ended(typingOf message: Message) {
    let ended = state.withLock { state in
      state.typing.end(in: message.conversationID) { author in
        switch author {
        case .visitor: message.author == .visitor
        case .agent(let agent): message.author == .agent && message.agentID == agent.id
        }
      }
    }
    for entry in ended { tell(entry, on: false) }
  }

  private func tell(_ entry: Typing.Entry, on: Bool) {
    switch entry.author {
    case .visitor:
      tellAgents(.typing(conversationID: entry.conversationID, by: nil, on: on))
    case .agent(let agent):
      tellAgents(
        .typing(conversationID: entry.conversationID, by: agent.id, on: on), except: agent.id)
      let event = EncodedMessage(encoding: VisitorEvent.typing(agent, on: on))
      for subscriber in state.withLock({ $0.visitors[entry.visitor] ?? [] }) {
        if case .visitor(_, showsThread: true) = subscriber.listener { subscriber.feed.offer(event) }
      }
    }
  }

  // MARK: - Time

  /// Ends what has run out: someone's typing, the grace of those who left. To be called about every second.
  package func tick() {
    let time = uptime()
    let (ended, departed) = state.withLock { state in
      (state.typing.expire(now: time), state.departures.due(now: time))
    }
    for entry in ended { tell(entry, on: false) }
    for listener in departed { depart(listener) }
  }

  private func tellAgents(_ event: ServerEvent, except agentID: Int64? = nil) {
    let subscribers = state.withLock { state in
      state.agents.filter { $0.key != agentID }.values.flatMap { $0 }
    }
    guard !subscribers.isEmpty else { return }
    let message = EncodedMessage(encoding: event)
    for subscriber in subscribers { subscriber.feed.offer(message) }
  }

  private func tellVisitors(_ event: VisitorEvent) {
    let subscribers = state.withLock { $0.visitors.values.flatMap { $0 } }
    guard !subscribers.isEmpty else { return }
    let message = EncodedMessage(encoding: event)
    for subscriber in subscribers { subscriber.feed.offer(message) }
  }
}

extension Event {
  /// Its place in what its visitor resumes by; nil for what is not stored.
  fileprivate var visitorNumber: Int64? {
    if case .visitorMessage(let message, _, _) = body { message.number } else { nil }
  }
}
