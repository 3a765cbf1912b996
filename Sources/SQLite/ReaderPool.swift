/// A few threads with a read-only connection each. They never wait for the writer, nor the writer for them.
final class ReaderPool: Sendable {
  typealias Job = @Sendable (Result<Void, DatabaseError>, borrowing Snapshot) -> Void

  private let queue = JobQueue<Job>(limit: 16_384)

  /// - Parameters:
  ///   - script: each connection begins with it.
  ///   - ended: called once for each thread when it has closed its connection.
  init(path: String, count: Int, script: String, ended: @escaping @Sendable () -> Void) throws(DatabaseError)
  {
    let queue = self.queue
    for _ in 0..<count {
      let connection = try Connection(path: path, access: .readOnly)
      try connection.run(script)
      do throws(DatabaseError) {
        try Worker.start {
          Self.work(queue, connection)
          connection.close()
          ended()
        }
      } catch {
        queue.close()
        throw error
      }
    }
  }

  func add(_ job: @escaping Job) throws(DatabaseError) {
    try queue.add(job)
  }

  func close() {
    queue.close()
  }

  private static func work(_ queue: JobQueue<Job>, _ connection: Connection) {
    while let job = queue.take(atMost: 1).first {
      // One read transaction a job: all its statements see the same moment.
      let begun = Result { () throws(DatabaseError) in try connection.run("BEGIN") }
      job(begun, Snapshot(connection: connection))
      if connection.isInTransaction { _ = Result { try connection.run("COMMIT") } }
    }
  }
}
