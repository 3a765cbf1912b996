import Foundation
import ParleyCore

/// `parley check`: looks over a database, a backup or the one that is being served, and tells what is wrong with it.
struct Check {
  let file: String

  /// - Throws: `StartFailure.faulty` after telling each fault.
  func run() throws(StartFailure) {
    guard FileManager.default.isReadableFile(atPath: file) else { throw .unreadable(file: file) }
    let check: DataCheck
    do {
      check = try Parley.check(file)
    } catch {
      throw .database(error, path: file)
    }
    for fault in check.faults { Program.tell("\(fault.check): \(fault.detail)") }
    guard check.faults.isEmpty else { throw .faulty(file: file) }
    Program.tell(
      "'\(file)' is whole: \(check.conversations) conversations, \(check.messages) messages, \(check.deals) deals."
    )
  }
}
