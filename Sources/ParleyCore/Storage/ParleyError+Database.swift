import SQLite

extension ParleyError {
  /// The one mapping from the database's errors: what a later try may cure, and what is a defect.
  init(_ error: DatabaseError) {
    switch error {
    case .busy, .diskFull, .readOnly, .inputOutput, .cannotOpen, .inUse, .overloaded, .closed, .corrupt:
      self = .storageUnavailable(reason: "\(error)")
    case .uniqueViolation, .foreignKeyViolation, .constraintViolation, .newerSchema, .invalidStatement,
      .failed, .notPrepared:
      self = .defect(reason: "\(error)")
    }
  }

  /// What a transaction's closure threw: an error of the domain as it is, one of the database by the mapping above.
  init(thrown error: any Error) {
    switch error {
    case let error as ParleyError: self = error
    case let failure as StepFailure: self = .invalid(Invalid(code: failure.code))
    case let error as DatabaseError: self = ParleyError(error)
    // Its type only: an error of the JSON coders quotes what it read.
    default: self = .defect(reason: "\(type(of: error))")
    }
  }
}
