import Dispatch
import Glibc

/// A client's end of a connection, octet by octet. Its blocking calls run on a thread of their own.
final class Wire: Sendable {
  struct Failure: Error {
    let errno: Int32
  }

  private let descriptor: Int32
  /// Two, so that one can send while the other waits.
  private let sending = DispatchQueue(label: "sending")
  private let receiving = DispatchQueue(label: "receiving")

  init(port: UInt16, receiveBuffer: Int32?) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    if var size = receiveBuffer {
      setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
    }
    var one: Int32 = 1
    setsockopt(
      descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    // A test that waits in vain fails, and does not hang.
    var patience = timeval(tv_sec: 10, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let status = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard status == 0 else { throw Failure(errno: errno) }
  }

  deinit { close(descriptor) }

  func send(_ text: String) async {
    await send(Array(text.utf8))
  }

  /// Sends everything, or what the peer takes before it closes.
  func send(_ bytes: [UInt8]) async {
    await blocking(sending) { descriptor in
      var offset = 0
      while offset < bytes.count {
        let sent = bytes[offset...].withUnsafeBytes {
          Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        guard sent > 0 else { return }
        offset += sent
      }
    }
  }

  /// Sends what the kernel takes at once, on the calling thread.
  func sendNow(_ bytes: [UInt8]) {
    _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }

  /// Exactly `count` octets, or fewer if the connection ended.
  func receive(_ count: Int) async -> [UInt8] {
    await blocking(receiving) { descriptor in
      var bytes = [UInt8](repeating: 0, count: count)
      var filled = 0
      while filled < count {
        let received = bytes[filled...].withUnsafeMutableBytes {
          recv(descriptor, $0.baseAddress, $0.count, 0)
        }
        guard received > 0 else { break }
        filled += received
      }
      return Array(bytes[..<filled])
    }
  }

  /// What is there, at least one octet; none if the connection ended.
  func receiveSome() async -> [UInt8] {
    await blocking(receiving) { descriptor in
      var bytes = [UInt8](repeating: 0, count: 64 * 1024)
      let received = recv(descriptor, &bytes, bytes.count, 0)
      return Array(bytes[..<max(0, received)])
    }
  }

  /// Up to and with `end`.
  func receive(until end: String) async -> String {
    let end = Array(end.utf8)
    var bytes: [UInt8] = []
    while bytes.suffix(end.count) != end[...] {
      let next = await receive(1)
      if next.isEmpty { break }
      bytes += next
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// All until the peer closes.
  func receiveAll() async -> String {
    var bytes: [UInt8] = []
    while true {
      let next = await receiveSome()
      if next.isEmpty { return String(decoding: bytes, as: UTF8.self) }
      bytes += next
    }
  }

  /// A head, and the content that its `Content-Length` tells.
  func receiveResponse() async -> (head: String, body: String) {
    let head = await receive(until: "\r\n\r\n")
    let length = head.split(separator: "\r\n").lazy
      .first { $0.lowercased().hasPrefix("content-length: ") }
      .flatMap { Int($0.dropFirst("content-length: ".count)) }
    return (head, String(decoding: await receive(length ?? 0), as: UTF8.self))
  }

  func endSending() {
    shutdown(descriptor, Int32(SHUT_WR))
  }

  private func blocking<Result: Sendable>(
    _ queue: DispatchQueue, _ call: @escaping @Sendable (Int32) -> Result
  ) async -> Result {
    await withCheckedContinuation { continuation in
      queue.async { [descriptor] in continuation.resume(returning: call(descriptor)) }
    }
  }
}
