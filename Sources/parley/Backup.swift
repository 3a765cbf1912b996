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
    do {
      try Parley.backUp(path, to: file)
    } catch {
      throw .database(error, path: path)
    }
  }
}
