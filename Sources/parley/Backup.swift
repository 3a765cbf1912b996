import Foundation
import ParleyCore

/// `parley backup`: a consistent copy of the database, also while it is being served.
struct Backup {
  let dataDirectory: String

  func run(to file: String) throws(StartFailure) {
    let path = dataDirectory + "/parley.sqlite"
    guard FileManager.default.isReadableFile(atPath: path) else {
      throw .missing(directory: dataDirectory, file: "parley.sqlite")
    }
    guard Backup.place(of: file) != Backup.place(of: path) else { throw .overwriting(database: path) }
    do {
      try Parley.backUp(path, to: file)
    } catch {
      throw .database(error, path: path)
    }
  }

  /// Where a file really lies, whichever way its name goes.
  private static func place(of file: String) -> String {
    URL(filePath: file).resolvingSymlinksInPath().path()
  }
}
