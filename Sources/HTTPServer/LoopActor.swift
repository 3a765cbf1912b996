/// An actor that is pinned to a loop.
protocol LoopActor: Actor {
  nonisolated var loop: EventLoop { get }
}

extension LoopActor {
  /// Calls `body`, isolated to this actor. Must be called on the loop's thread.
  ///
  /// It does what `assumeIsolated` does, but asks the loop itself where it runs. To ask the concurrency runtime, twice, costs a tenth of
  /// what the server does for a small message.
  @inline(__always)
  nonisolated func onLoop(_ body: @escaping (isolated Self) -> Void) {
    loop.checkIsolated()
    unsafeBitCast(body, to: ((Self) -> Void).self)(self)
  }
}
