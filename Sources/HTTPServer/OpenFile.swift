import Glibc

/// A regular file that is open for reading; closed with the last reference.
package final class OpenFile: Sendable {
  let descriptor: Int32
  /// In octets, as the file was when it was opened.
  package let count: Int

  /// Takes over `descriptor`.
  init(descriptor: Int32, count: Int) {
    self.descriptor = descriptor
    self.count = count
  }

  deinit { close(descriptor) }
}
