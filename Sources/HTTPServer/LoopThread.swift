import Foundation

/// A thread of the operating system for a loop.
enum LoopThread {
  /// Runs `body` on a new thread.
  static func start(name: String, _ body: @escaping @Sendable () -> Void) {
    let thread = Thread(block: body)
    thread.name = name
    thread.stackSize = 4 << 20
    thread.start()
  }
}
