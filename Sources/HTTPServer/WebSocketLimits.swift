/// How much a WebSocket may take and how long it may be silent.
package struct WebSocketLimits: Sendable, Hashable {
  /// The octets of a message from the peer, all fragments together. Beyond: closed with 1009, before the frame is read.
  package var messageBytes: Int
  /// The octets that may wait for the peer. Beyond: closed with 4408.
  package var outboxBytes: Int
  /// The frames that may wait for the peer. Beyond: closed with 4408.
  package var outboxFrames: Int
  /// The frames beside the last one of each message (pings, pongs, fragments) that the peer may send at once, and again over ten
  /// seconds. Beyond: closed with 1008. Nil for as many as it likes.
  package var sideFrames: Int?
  /// How long the peer may be silent before it is pinged, and again before it is taken for dead.
  package var idlePing: Duration
  /// How long the closing handshake may take.
  package var closing: Duration

  package init(
    messageBytes: Int = 64 * 1024, outboxBytes: Int = 1024 * 1024, outboxFrames: Int = 1024,
    sideFrames: Int? = 512, idlePing: Duration = .seconds(30), closing: Duration = .seconds(5)
  ) {
    self.messageBytes = messageBytes
    self.outboxBytes = outboxBytes
    self.outboxFrames = outboxFrames
    self.sideFrames = sideFrames
    self.idlePing = idlePing
    self.closing = closing
  }
}
