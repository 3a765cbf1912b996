import Foundation
import Glibc
import ParleyCore

/// `parley backup`: a consistent copy of the database, also while it is being served. An earlier copy is replaced once the new one
/// is whole.
struct Backup {
  let dataDirectory: String

  func run(to file: String) throws(StartFailure) {
    let path = dataDirectory + "/parley.sqlite"
    guard FileManager.default.isReadableFile(atPath: path) else {
      throw .missing(directory: dataDirectory, file: "parley.sqlite")
    }
    guard Backup.place(of: file) != Backup.place(of: path) else { throw .overwriting(database: path) }
    guard !Backup.isSame(file, path) else { throw .backupOfItself(file: file) }
    do {
      try Parley.backUp(path, to: file)
    } catch {
      throw .database(error, path: file)
    }
  }

  /// Whether both names lead to one file, through whatever links.
  private static func isSame(_ one: String, _ other: String) -> Bool {
    var first = stat()
    var second = stat()
    guard stat(one, &first) == 0, stat(other, &second) == 0 else { return false }
    return first.st_dev == second.st_dev && first.st_ino == second.st_ino
  }

  /// Where a file really lies, whichever way its name goes.
  private static func place(of file: String) -> String {
    URL(filePath: file).resolvingSymlinksInPath().path()
  }
}
