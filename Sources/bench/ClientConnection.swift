import Glibc
import HTTPServer

/// A connection to a server of this machine. What is said on it is a subclass's.
class ClientConnection {
  let descriptor: Int32
  let loop: ClientLoop
  private(set) var isOpen = false
  private var hasEnded = false
  private var unsent: [UInt8] = []

  /// Begins to connect; ``opened()`` tells when that is done.
  init(port: UInt16, on loop: ClientLoop) {
    self.loop = loop
    let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    descriptor = socket(AF_INET, type, 0)
    guard descriptor >= 0 else { fail("no more sockets: errno \(errno)") }
    var one: Int32 = 1
    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let begun = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard begun == 0 || errno == EINPROGRESS else { fail("no connection: errno \(errno)") }
    loop.add(self)
  }

  /// The connection stands.
  func opened() {}

  /// Octets came; they lie there until this returns.
  func received(_ bytes: UnsafeMutableBufferPointer<UInt8>) {}

  /// The server ended the connection.
  func ended() {
    fail("the server ended a connection")
  }

  final func becameReady(_ readiness: Poller.Readiness) {
    guard !hasEnded else { return }
    if readiness.contains(.writable) {
      if !isOpen {
        isOpen = true
        opened()
      }
      flush()
    }
    if readiness.contains(.readable) || !readiness.isDisjoint(with: .ended) { receive() }
  }

  /// Sends octets now, or when the kernel takes them.
  final func send(_ bytes: [UInt8]) {
    guard unsent.isEmpty else {
      unsent += bytes
      return
    }
    let sent = max(0, Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)))
    if sent < bytes.count { unsent += bytes[sent...] }
  }

  final func close() {
    guard !hasEnded else { return }
    hasEnded = true
    loop.remove(self)
    Glibc.close(descriptor)
  }

  private func flush() {
    guard !unsent.isEmpty else { return }
    let sent = max(0, Glibc.send(descriptor, unsent, unsent.count, Int32(MSG_NOSIGNAL)))
    unsent.removeFirst(sent)
  }

  private func receive() {
    let scratch = loop.scratch
    while !hasEnded {
      let count = recv(descriptor, scratch.baseAddress, scratch.count, 0)
      guard count > 0 else {
        // A descriptor that is used again may get the events of the one before it.
        if count == 0 || ![EAGAIN, EINTR, ENOTCONN].contains(errno) { end() }
        return
      }
      received(UnsafeMutableBufferPointer(rebasing: scratch[..<count]))
      // The poller tells each change once, and a receive that filled the buffer may have left something.
      if count < scratch.count { return }
    }
  }

  private func end() {
    close()
    ended()
  }
}
