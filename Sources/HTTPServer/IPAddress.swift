import Glibc

/// An Internet address. An IPv4 address that came mapped into IPv6 (RFC 4291 §2.5.5.2) is the IPv4 address.
package struct IPAddress: Hashable, Sendable, CustomStringConvertible {
  /// This machine, to itself: `127.0.0.1`.
  package static let loopback = IPAddress(bytes: [127, 0, 0, 1])

  /// Four or sixteen octets, in network order.
  let bytes: [UInt8]

  /// Nil if `text` is no numeric address; brackets around an IPv6 address are taken.
  package init?(_ text: some StringProtocol) {
    var text = String(text)
    if text.hasPrefix("["), text.hasSuffix("]") { text = String(text.dropFirst().dropLast()) }
    var four = in_addr()
    var six = in6_addr()
    if inet_pton(AF_INET, text, &four) == 1 {
      self.init(bytes: withUnsafeBytes(of: four) { Array($0) })
    } else if inet_pton(AF_INET6, text, &six) == 1 {
      self.init(bytes: withUnsafeBytes(of: six) { Array($0) })
    } else {
      return nil
    }
  }

  /// `bytes` are four or sixteen.
  init(bytes: [UInt8]) {
    let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
    self.bytes = bytes.count == 16 && bytes.starts(with: mapped) ? Array(bytes[12...]) : bytes
  }

  var family: Int32 { bytes.count == 4 ? AF_INET : AF_INET6 }

  package var description: String {
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let isKnown = bytes.withUnsafeBytes {
      inet_ntop(family, $0.baseAddress, &text, socklen_t(text.count)) != nil
    }
    assert(isKnown, "four or sixteen octets always have a text")
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

/// A block of addresses, `10.0.0.0/8` (RFC 4632).
package struct AddressBlock: Hashable, Sendable {
  private let base: IPAddress
  private let prefix: Int

  /// Nil if `text` is not an address, or an address, a slash and a prefix length that it can have.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let base = IPAddress(parts[0]) else { return nil }
    let bits = base.bytes.count * 8
    guard parts.count == 2 else {
      self.base = base
      prefix = bits
      return
    }
    guard let prefix = Int(parts[1]), (0...bits).contains(prefix) else { return nil }
    self.base = base
    self.prefix = prefix
  }

  package func contains(_ address: IPAddress) -> Bool {
    guard address.bytes.count == base.bytes.count else { return false }
    for (index, (a, b)) in zip(address.bytes, base.bytes).enumerated() {
      let bits = min(8, max(0, prefix - index * 8))
      let mask = UInt8(truncatingIfNeeded: 0xFF00 >> bits)
      if (a ^ b) & mask != 0 { return false }
    }
    return true
  }
}
