import Dispatch
import Foundation
import Synchronization

@testable import SQLite

/// A directory for one test's files, removed with it.
final class Scratch: Sendable {
  let directory: String
  var path: String { directory + "/test.sqlite" }

  init() throws {
    directory = NSTemporaryDirectory() + "/sqlite-tests-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
  }

  deinit {
    do {
      try FileManager.default.removeItem(atPath: directory)
    } catch {
      print("left behind: \(directory)")
    }
  }

  func open(
    _ migrations: [String] = [notes], committed: @escaping @Sendable (Commit) -> Void = { _ in }
  ) throws -> Database {
    try Database(path: path, readers: 2, migrations: migrations, committed: committed)
  }

  static let notes = "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;"
}

/// What several threads append to, in the order in which they do.
final class Journal<Element: Sendable>: Sendable {
  private let stored = Mutex<[Element]>([])
  var elements: [Element] { stored.withLock { $0 } }
  func append(_ element: Element) { stored.withLock { $0.append(element) } }
}

/// Lets a thread of the database wait for a task.
final class Gate: Sendable {
  private let semaphore = DispatchSemaphore(value: 0)
  func open() { semaphore.signal() }
  func wait() { semaphore.wait() }
}
