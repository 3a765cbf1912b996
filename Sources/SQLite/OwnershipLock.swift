import Glibc
import Synchronization

/// The right to be the one process that writes this database, held by an advisory lock on a file beside it. The kernel
/// drops it with the process, however that ends.
final class OwnershipLock: Sendable {
  private let descriptor: Mutex<Int32?>

  /// - Throws: `inUse` when another process, or another `Database` of this one, holds it.
  init(path: String) throws(DatabaseError) {
    let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard opened >= 0 else { throw .cannotOpen(errno: errno) }
    guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
      let reason = errno
      close(opened)
      throw reason == EWOULDBLOCK ? .inUse : .cannotOpen(errno: reason)
    }
    descriptor = Mutex(opened)
  }

  deinit {
    release()
  }

  func release() {
    descriptor.withLock { held in
      if let held { close(held) }
      held = nil
    }
  }
}
