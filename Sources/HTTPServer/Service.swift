import HTTPWire
import Synchronization

/// What all connections of a server share.
final class Service: Sendable {
  let configuration: ServerConfiguration
  let router: Router
  let observer: (any ServerObserver)?
  let encoder: ResponseEncoder
  private let census = Mutex(Census())

  private struct Census {
    var open = 0
    var waiters: [CheckedContinuation<Void, Never>] = []
    var isGivenUp = false
  }

  init(configuration: ServerConfiguration, router: Router, observer: (any ServerObserver)?) {
    self.configuration = configuration
    self.router = router
    self.observer = observer
    encoder = ResponseEncoder(common: configuration.commonFields)
  }

  /// Counts a new connection. False if there are too many.
  func admit() -> Bool {
    census.withLock { census in
      guard census.open < configuration.connections else { return false }
      census.open += 1
      return true
    }
  }

  func connectionEnded() {
    let waiters = census.withLock { census in
      census.open -= 1
      return census.open == 0 ? Self.takeWaiters(&census) : []
    }
    for waiter in waiters { waiter.resume() }
  }

  /// Returns when no connection is open, or ``giveUp()`` was called.
  func allEnded() async {
    await withCheckedContinuation { continuation in
      let isOver = census.withLock { census in
        guard census.open > 0, !census.isGivenUp else { return true }
        census.waiters.append(continuation)
        return false
      }
      if isOver { continuation.resume() }
    }
  }

  /// Stops waiting for connections whose handlers do not return.
  func giveUp() {
    let waiters = census.withLock { census in
      census.isGivenUp = true
      return Self.takeWaiters(&census)
    }
    for waiter in waiters { waiter.resume() }
  }

  private static func takeWaiters(_ census: inout Census) -> [CheckedContinuation<Void, Never>] {
    defer { census.waiters = [] }
    return census.waiters
  }

  /// Who sent a request that came from `peer`. `X-Forwarded-…` are believed only from trusted proxies.
  func client(of head: RequestHead, peer: Client, isTrusted: Bool) -> Client {
    guard isTrusted else { return peer }
    // The last entry is by the proxy that is nearest to us; before it, each entry is believed if the one after it is trusted.
    var address = peer.address
    for entry in head.fields.members("X-Forwarded-For").reversed() {
      guard isTrustedProxy(address), let next = IPAddress(entry) else { break }
      address = next
    }
    let scheme = head.fields.members("X-Forwarded-Proto").last
    return Client(address: address, isSecure: scheme?.lowercased() == "https")
  }

  func isTrustedProxy(_ address: IPAddress) -> Bool {
    configuration.trustedProxies.contains { $0.contains(address) }
  }
}
