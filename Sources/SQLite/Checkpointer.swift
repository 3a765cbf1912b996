import Dispatch
import Glibc
import Synchronization

/// Folds the log into the file beside the writer, on a thread and by a connection of its own.
///
/// The log begins anew when a writer finds all of it folded in. Beside a writer that goes on there is never such a moment, since it has
/// written again by the time that a fold ends. So the checkpointer folds until little is left, and that little the writer folds in
/// itself, behind a commit.
///
/// Only the process that owns the database has one, and nobody else folds. `CheckpointSchedule` says when.
final class Checkpointer: Sendable {
  /// So many pages the writer folds in about the time of a commit.
  private static let little = 400
  /// After so many times it is the writer's turn in any case: so the log has an end also where more is written than can be folded beside.
  private static let mostPasses = 6
  private let path: String
  private let schedule = Mutex(CheckpointSchedule())
  /// The pages that the log has.
  private let logged = Atomic(0)
  private let requests = JobQueue<Void>(limit: 1)
  private let ended = DispatchSemaphore(value: 0)

  init(path: String) {
    self.path = path
  }

  func start() throws(DatabaseError) {
    try Worker.start { [self] in work() }
  }

  /// To be called on the writer's thread behind what it committed, once those who waited for it have been told.
  func follow(_ writer: Connection) {
    // Nothing where no commit wrote to the log.
    guard let pages = writer.takeLoggedPages() else { return }
    logged.store(pages, ordering: .relaxed)
    switch schedule.withLock({ $0.committed(pages: pages) }) {
    case .goOn: break
    case .fold:
      // Refused only when all ends, which folds the log as well.
      _ = Result { () throws(DatabaseError) in try requests.add(()) }
    case .finish:
      // Where the file cannot be written, the log is as good.
      let isWhole = (try? writer.foldLog().isWhole) ?? false
      schedule.withLock { $0.finished(pages: pages, isWhole: isWhole) }
    }
  }

  /// Waits until no more is folded.
  func close() {
    requests.close()
    ended.wait()
  }

  private func work() {
    // Of this thread alone, as Linux has it: what others wait for goes first, and this in the time that the disk takes for them.
    setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
    // Opened when it is needed: where little is written it never is.
    var connection: Connection?
    while !requests.take(atMost: 1).isEmpty {
      var folded = 0
      // Where the file cannot be opened or written, the log is as good, and will be folded later.
      _ = Result { () throws(DatabaseError) in
        if connection == nil { connection = try Connection(path: path, access: .checkpoints) }
        if let connection { try foldNearlyAll(by: connection, noting: &folded) }
      }
      schedule.withLock { $0.folded(pages: folded) }
    }
    connection?.close()
    ended.signal()
  }

  /// - Parameter pages: how many of the log's are in the file, also when it fails.
  private func foldNearlyAll(by connection: Connection, noting pages: inout Int) throws(DatabaseError) {
    for _ in 0..<Self.mostPasses {
      let folded = try connection.foldLog()
      pages = folded.pages
      // SQLite syncs the file only where it finds the log folded wholly, which would be left to the writer.
      try connection.syncFile()
      guard folded.isWhole, logged.load(ordering: .relaxed) - pages > Self.little else { return }
    }
  }
}
