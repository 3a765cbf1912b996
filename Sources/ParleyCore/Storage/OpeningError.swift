import SQLite

/// Why the data could not be opened: each is one clear line at the start of the program.
package enum OpeningError: Error, Sendable, Equatable {
  /// Another process has it open.
  case inUse
  /// It was written by a newer version of the program.
  case newerVersion(found: Int, supported: Int)
  /// It is of an older version, and is only looked at: a start of the program would bring it to the newest.
  case olderVersion(found: Int, supported: Int)
  /// The operating system refused; its `errno`, or 0 when that is unknown.
  case cannotOpen(errno: Int32)
  case readOnly
  /// The file is damaged, or is not a database.
  case damaged
  /// Anything else; for the log.
  case failed(reason: String)

  init(_ error: DatabaseError) {
    switch error {
    case .inUse: self = .inUse
    case .newerSchema(let found, let supported): self = .newerVersion(found: found, supported: supported)
    case .cannotOpen(let errno): self = .cannotOpen(errno: errno)
    case .readOnly: self = .readOnly
    case .corrupt: self = .damaged
    case .uniqueViolation, .foreignKeyViolation, .constraintViolation, .busy, .diskFull, .inputOutput,
      .invalidStatement, .failed, .notPrepared, .overloaded, .closed:
      self = .failed(reason: "\(error)")
    }
  }
}
