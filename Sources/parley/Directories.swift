import Foundation

/// Where the program finds what it is delivered with.
enum Directories {
  /// The given directory, or the first of that name beside the program or in the current directory that holds `file`.
  ///
  /// - Throws: `StartFailure.missing` when it is in none of them.
  static func find(_ name: String, given: String?, holding file: String) throws(StartFailure) -> String {
    let candidates = given.map { [$0] } ?? [beside() + "/" + name, name]
    guard
      let found = candidates.first(where: { FileManager.default.isReadableFile(atPath: $0 + "/" + file) })
    else { throw .missing(directory: given ?? name, file: file) }
    return found
  }

  private static func beside() -> String {
    URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path
  }

  /// Makes the data directory unless it is there.
  ///
  /// - Throws: `StartFailure.unwritable`.
  static func prepare(data directory: String) throws(StartFailure) {
    do {
      try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw .unwritable(directory: directory)
    }
    guard FileManager.default.isWritableFile(atPath: directory) else {
      throw .unwritable(directory: directory)
    }
  }
}
