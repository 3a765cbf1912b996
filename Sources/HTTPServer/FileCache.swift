import Synchronization

/// Files that were read, bounded in octets and in number. When full it is emptied: what is asked for comes back at once.
final class FileCache: Sendable {
  private static let maxBytes = 32 << 20
  private static let maxFiles = 1024

  private struct State {
    var files: [String: StaticFile] = [:]
    var bytes = 0
  }

  private let state = Mutex(State())

  subscript(path: String) -> StaticFile? {
    state.withLock { $0.files[path] }
  }

  func insert(_ file: StaticFile, count: Int, at path: String) {
    state.withLock { state in
      if state.bytes + count > Self.maxBytes || state.files.count >= Self.maxFiles { state = State() }
      if let old = state.files.updateValue(file, forKey: path), case .bytes(let bytes) = old.body {
        state.bytes -= bytes.count
      }
      state.bytes += count
    }
  }
}
