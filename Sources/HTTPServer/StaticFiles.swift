import Glibc
package import HTTPWire

/// The files below one directory, as they are. Names that begin with a dot, symbolic links, and anything but regular files are not
/// found, so nothing outside of the directory is ever reached.
///
/// Each answer bears a strong `ETag` and `Cache-Control: no-cache`: a browser keeps the file, and asks each time whether it still
/// is the same.
package final class StaticFiles: Sendable {
  /// Longer files are not kept in memory, but sent from the disk.
  static let cachedCount = 1 << 20

  private let root: Int32
  private let fields: Fields
  private let cache = FileCache()

  /// - Parameters:
  ///   - root: the directory.
  ///   - fields: what every answer bears besides.
  /// - Throws: ``ServerError/system(call:errno:)`` if it cannot be opened.
  package init(root path: String, fields: Fields = Fields()) throws(ServerError) {
    root = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard root >= 0 else { throw .system(call: "open", errno: errno) }
    self.fields = fields
  }

  deinit { close(root) }

  /// Answers GET or HEAD for the file at `path`, relative to the directory and decoded: 200 or 304; nil if there is none.
  /// A path that is empty or ends with `/` means the `index.html` there.
  package func response(_ path: String, for request: Request) -> Response? {
    let path = path.isEmpty || path.utf8.last == UInt8(ascii: "/") ? path + "index.html" : path
    guard let file = cached(path) ?? load(path) else { return nil }
    let isKnown = request.fields.contains(.ifNoneMatch) && file.matches(request.fields.members(.ifNoneMatch))
    return isKnown
      ? Response(.notModified, fields: file.fields) : Response(.ok, fields: file.fields, body: file.body)
  }

  /// What is kept, if the path still leads to the very file that was read. What was kept was reached without a link, so an equal
  /// identity is enough.
  private func cached(_ path: String) -> StaticFile? {
    guard let file = cache[path] else { return nil }
    var status = stat()
    let isThere = fstatat(root, path, &status, AT_SYMLINK_NOFOLLOW) == 0
    return isThere && FileIdentity(status) == file.identity ? file : nil
  }

  private func load(_ path: String) -> StaticFile? {
    guard let descriptor = openBelowRoot(path) else { return nil }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      return nil
    }
    let file = OpenFile(descriptor: descriptor, count: Int(status.st_size))
    let identity = FileIdentity(status)
    guard file.count <= Self.cachedCount else {
      return StaticFile(path, identity, .file(file), fields)
    }
    guard let bytes = file.readAll() else { return nil }
    let loaded = StaticFile(path, identity, .bytes(bytes), fields)
    cache.insert(loaded, count: bytes.count, at: path)
    return loaded
  }

  /// Goes down name by name, through directories only, never by a symbolic link.
  private func openBelowRoot(_ path: String) -> Int32? {
    let names = path.split(separator: "/", omittingEmptySubsequences: false)
    guard !path.utf8.contains(0), names.allSatisfy({ !$0.isEmpty && !$0.hasPrefix(".") }) else { return nil }
    var directory = root
    defer {
      if directory != root { close(directory) }
    }
    for name in names.dropLast() {
      let next = openat(directory, String(name), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard next >= 0 else { return nil }
      if directory != root { close(directory) }
      directory = next
    }
    // A named pipe must not block the loop: O_NONBLOCK.
    let file = openat(
      directory, String(names[names.count - 1]), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    return file >= 0 ? file : nil
  }
}
