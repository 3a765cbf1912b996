package import HTTPWire

/// What a ``Server`` is told before it starts.
package struct ServerConfiguration: Sendable {
  /// The numeric address to listen at.
  package var address: IPAddress
  /// The port to listen at; 0 for any that is free.
  package var port: UInt16
  /// The event loops, each on a thread of its own.
  package var loops: Int
  /// The connections that may be open at once. More are answered by 503 and closed.
  package var connections: Int
  package var limits: Limits
  package var timeouts: Timeouts
  /// The proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
  package var trustedProxies: [AddressBlock]
  /// Fields that every response gets which does not bear them itself: the common security fields.
  package var commonFields: Fields

  package init(
    address: IPAddress, port: UInt16, loops: Int = 1, connections: Int = 16_384, limits: Limits = Limits(),
    timeouts: Timeouts = Timeouts(), trustedProxies: [AddressBlock] = [], commonFields: Fields = Fields()
  ) {
    self.address = address
    self.port = port
    self.loops = loops
    self.connections = connections
    self.limits = limits
    self.timeouts = timeouts
    self.trustedProxies = trustedProxies
    self.commonFields = commonFields
  }
}

/// How long a connection may take for each of its steps.
package struct Timeouts: Sendable, Hashable {
  /// From a head's first octet to its last. Beyond: 408.
  package var head: Duration
  /// For each further piece of a body. Beyond: 408.
  package var body: Duration
  /// For a body from its first wait to its last octet. Beyond: 408.
  package var wholeBody: Duration
  /// Between requests. Beyond: closed.
  package var idle: Duration
  /// For each further piece of a response that the client takes. Beyond: closed.
  package var write: Duration

  package init(
    head: Duration = .seconds(10), body: Duration = .seconds(20), wholeBody: Duration = .seconds(120),
    idle: Duration = .seconds(75), write: Duration = .seconds(30)
  ) {
    self.head = head
    self.body = body
    self.wholeBody = wholeBody
    self.idle = idle
    self.write = write
  }
}
