import Glibc

/// A thread of our own. SQLite's calls block, so they must not run on the threads of Swift's tasks or of the event loops.
enum Worker {
  /// Starts a detached thread.
  static func start(_ body: @escaping @Sendable () -> Void) throws(DatabaseError) {
    var thread = pthread_t()
    let box = Unmanaged.passRetained(Box(body))
    let code = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<Box>.fromOpaque(context).takeRetainedValue().body()
        return nil
      }, box.toOpaque())
    guard code == 0 else {
      box.release()
      throw .cannotOpen(errno: code)
    }
    pthread_detach(thread)
  }

  private final class Box: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
}
