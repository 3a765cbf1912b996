import Glibc
import HTTPServer
import ParleyCore

/// Why the program cannot do what it was asked to. Told in one line; the exit status is 1.
enum StartFailure: Error, Equatable {
  case missing(directory: String, file: String)
  case unwritable(directory: String)
  case unreadable(file: String)
  case faulty(file: String)
  case backupOfItself(file: String)
  case database(OpeningError, path: String)
  case overwriting(database: String)
  case listening(ServerError, Endpoint)
  case demo(reason: String)
  case account(ParleyError, email: String)
  case password(PasswordPrompt.Failure)

  var message: String {
    switch self {
    case .missing(let directory, let file):
      "there is no \(file) in the directory '\(directory)'."
    case .unwritable(let directory):
      "the directory '\(directory)' cannot be written."
    case .unreadable(let file):
      "'\(file)' cannot be read."
    case .faulty(let file):
      "'\(file)' is not whole."
    case .backupOfItself(let file):
      "'\(file)' is the database itself; a backup goes to another file."
    case .database(let error, let path):
      StartFailure.message(error, path)
    case .overwriting(let database):
      "'\(database)' is the database itself: a backup needs a file of its own."
    case .listening(let error, let endpoint):
      StartFailure.message(error, endpoint)
    case .demo(let reason):
      "the demo workspace cannot be loaded: \(reason)."
    case .account(let error, let email):
      StartFailure.message(error, email)
    case .password(.ended):
      "no password was given."
    case .password(.mismatch):
      "the two passwords are not the same."
    }
  }

  private static func message(_ error: OpeningError, _ path: String) -> String {
    switch error {
    case .inUse: "the database '\(path)' is in use by another process."
    case .newerVersion(let found, let supported):
      "the database '\(path)' is of a newer version (\(found)) than this program knows (\(supported))."
    case .olderVersion(let found, let supported):
      """
      the database '\(path)' is of an older version (\(found), this program's is \(supported)): a start brings it up.
      """
    case .cannotOpen(let number):
      "the database '\(path)' cannot be opened: \(String(cString: strerror(number)))."
    case .readOnly: "the database '\(path)' cannot be written."
    case .damaged: "'\(path)' is damaged, or no database."
    case .failed(let reason): "the database '\(path)' cannot be opened: \(reason)."
    }
  }

  private static func message(_ error: ServerError, _ endpoint: Endpoint) -> String {
    switch error {
    case .addressInUse: "another program listens at \(endpoint) already."
    case .addressNotAvailable: "this machine has no address \(endpoint.host)."
    case .permissionDenied: "listening at \(endpoint) is not permitted."
    case .system(let call, let number):
      "listening at \(endpoint) failed: \(call): \(String(cString: strerror(number)))."
    }
  }

  private static func message(_ error: ParleyError, _ email: String) -> String {
    switch error {
    case .agentTaken: "there is an agent '\(email)' already."
    case .notFound: "there is no agent '\(email)'."
    case .invalid(let invalid):
      "refused: \(invalid.fields.isEmpty ? invalid.code : invalid.fields.values.sorted().joined(separator: ", "))."
    case .merged, .permissionDenied, .sessionRequired, .credentials, .throttled, .setUpDone, .ownerLast,
      .groupEveryone, .contactTaken, .accountTaken, .otherConversationOpen, .pipelineNotEmpty, .pipelineLast,
      .stageNotEmpty, .stageLast, .fieldInUse, .idempotencyMismatch, .automationTooMany, .automationConflict,
      .automationFaulty, .runNotFailed, .storageUnavailable, .defect:
      "refused: \(error.code)."
    }
  }
}
