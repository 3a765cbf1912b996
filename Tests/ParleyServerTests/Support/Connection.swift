import Foundation
import Glibc

/// A client's TCP connection, blocking, for use on a thread of its own.
final class Connection: Sendable {
  enum Failure: Error, Equatable {
    case refused(errno: Int32)
    case ended
  }

  private let descriptor: Int32

  init(port: UInt16) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else { throw Failure.refused(errno: errno) }
  }

  deinit { Glibc.close(descriptor) }

  func write(_ bytes: [UInt8]) throws {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { throw Failure.ended }
      sent += count
    }
  }

  /// - Throws: `ended` when the server closes before that many bytes.
  func read(_ count: Int) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var received = 0
    while received < count {
      let part = bytes[received...].withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
      guard part > 0 else { throw Failure.ended }
      received += part
    }
    return bytes
  }

  /// The head of a message, up to and with its empty line.
  func readHead() throws -> String {
    var head: [UInt8] = []
    while !head.suffix(4).elementsEqual([13, 10, 13, 10]) { head += try read(1) }
    return String(decoding: head, as: UTF8.self)
  }

  /// Content in the chunked coding, up to its last chunk.
  func readChunks() throws -> [UInt8] {
    var content: [UInt8] = []
    while true {
      var line: [UInt8] = []
      while !line.suffix(2).elementsEqual([13, 10]) { line += try read(1) }
      guard let length = Int(String(decoding: line.dropLast(2), as: UTF8.self), radix: 16) else {
        throw Failure.ended
      }
      content += try read(length)
      _ = try read(2)
      if length == 0 { return content }
    }
  }

  /// Ends both directions, which also wakes a thread that reads.
  func shutDown() {
    shutdown(descriptor, Int32(SHUT_RDWR))
  }

  /// Runs blocking work on a thread of its own, away from the threads that Swift's tasks share.
  static func blocking<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { caller in
      Thread.detachNewThread { caller.resume(with: Result { try body() }) }
    }
  }
}
