import CLinux
import Glibc

/// A regular file that is open for reading; closed with the last reference.
package final class OpenFile: Sendable {
  private let descriptor: Int32
  /// In octets, as the file was when it was opened.
  package let count: Int

  /// Takes over `descriptor`.
  init(descriptor: Int32, count: Int) {
    self.descriptor = descriptor
    self.count = count
  }

  deinit { close(descriptor) }

  /// The whole content, or nil if the file cannot be read or became shorter.
  func readAll() -> [UInt8]? {
    var isWhole = false
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let read = pread(descriptor, buffer.baseAddress! + filled, count - filled, off_t(filled))
        guard read > 0 else { return }
        filled += read
      }
      isWhole = true
    }
    return isWhole ? bytes : nil
  }

  /// Hands octets from `offset` on to a socket within the kernel; as `sendfile`, −1 with `errno` if it failed.
  func send(to socket: Int32, from offset: Int) -> Int {
    var position = off_t(offset)
    return sendfile(socket, descriptor, &position, min(count - offset, 1 << 20))
  }
}
