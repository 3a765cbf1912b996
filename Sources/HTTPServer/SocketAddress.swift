import CLinux
import Glibc

/// An address and a port as the kernel reads and writes them.
struct SocketAddress {
  private var storage = sockaddr_storage()
  private var count = socklen_t(MemoryLayout<sockaddr_storage>.size)

  /// Room for the kernel to write one.
  init() {}

  init(_ address: IPAddress, port: UInt16) {
    let bytes = address.bytes
    withUnsafeMutableBytes(of: &storage) { storage in
      if bytes.count == 4 {
        let pointer = storage.baseAddress!.bindMemory(to: sockaddr_in.self, capacity: 1)
        pointer.pointee.sin_family = sa_family_t(AF_INET)
        pointer.pointee.sin_port = port.bigEndian
        withUnsafeMutableBytes(of: &pointer.pointee.sin_addr) { $0.copyBytes(from: bytes) }
      } else {
        let pointer = storage.baseAddress!.bindMemory(to: sockaddr_in6.self, capacity: 1)
        pointer.pointee.sin6_family = sa_family_t(AF_INET6)
        pointer.pointee.sin6_port = port.bigEndian
        withUnsafeMutableBytes(of: &pointer.pointee.sin6_addr) { $0.copyBytes(from: bytes) }
      }
    }
    count = socklen_t(bytes.count == 4 ? MemoryLayout<sockaddr_in>.size : MemoryLayout<sockaddr_in6>.size)
  }

  /// Where a socket listens.
  static func local(of descriptor: Int32) -> SocketAddress {
    var local = SocketAddress()
    _ = local.withPointer { getsockname(descriptor, $0, $1) }
    return local
  }

  var address: IPAddress {
    withUnsafeBytes(of: storage) { storage in
      storage.load(as: sockaddr.self).sa_family == sa_family_t(AF_INET)
        ? IPAddress(bytes: withUnsafeBytes(of: storage.load(as: sockaddr_in.self).sin_addr) { Array($0) })
        : IPAddress(bytes: withUnsafeBytes(of: storage.load(as: sockaddr_in6.self).sin6_addr) { Array($0) })
    }
  }

  /// In this machine's order. Both families have it at the same place.
  var port: UInt16 {
    withUnsafeBytes(of: storage) { UInt16(bigEndian: $0.load(as: sockaddr_in.self).sin_port) }
  }

  /// False with `errno` if it failed.
  mutating func bind(_ descriptor: Int32) -> Bool {
    withPointer { Glibc.bind(descriptor, $0, $1.pointee) } == 0
  }

  /// Takes a connection in, with its peer's address; −1 with `errno` if there is none.
  mutating func accept(_ descriptor: Int32) -> Int32 {
    withUnsafeMutablePointer(to: &count) { count in
      withUnsafeMutablePointer(to: &storage) { clinux_accept(descriptor, $0, count) }
    }
  }

  private mutating func withPointer<Result>(
    _ body: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Result
  ) -> Result {
    withUnsafeMutablePointer(to: &count) { count in
      withUnsafeMutablePointer(to: &storage) { storage in
        storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, count) }
      }
    }
  }
}
