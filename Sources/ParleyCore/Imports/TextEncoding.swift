/// How the characters of a file stand in its octets.
package enum TextEncoding: String, Sendable, Hashable, Codable {
  case utf8 = "utf-8"
  case utf16LittleEndian = "utf-16le"
  case utf16BigEndian = "utf-16be"
  /// What spreadsheets of western Europe and America write unless told otherwise.
  case windows1252 = "windows-1252"

  /// Finds out in one walk over a file, in whatever pieces it comes: by its byte order mark, by the zeros that UTF-16 has beside
  /// ASCII, by whether all of it is UTF-8.
  package struct Detection: Sendable {
    private var beginning: [UInt8] = []
    private var check = UTF8Check()

    package init() {}

    package mutating func read(_ octets: [UInt8]) {
      if beginning.count < 1024 { beginning += octets.prefix(1024 - beginning.count) }
      check.read(octets)
    }

    package var encoding: TextEncoding {
      if beginning.starts(with: [0xff, 0xfe]) { return .utf16LittleEndian }
      if beginning.starts(with: [0xfe, 0xff]) { return .utf16BigEndian }
      var zeros = [0, 0]
      for (index, octet) in beginning.enumerated() where octet == 0 { zeros[index & 1] += 1 }
      let share = beginning.count / 4
      if zeros[1] > share { return .utf16LittleEndian }
      if zeros[0] > share { return .utf16BigEndian }
      return check.isValid ? .utf8 : .windows1252
    }
  }

  /// Makes UTF-8 of the octets of a file, in whatever pieces they come. A byte order mark is left out; what is no character becomes
  /// U+FFFD.
  package struct Decoder: Sendable {
    private let encoding: TextEncoding
    private var isAtStart = true
    private var kept: [UInt8] = []
    private var surrogate: UInt16?

    package init(_ encoding: TextEncoding) {
      self.encoding = encoding
    }

    package mutating func decode(_ octets: [UInt8]) -> [UInt8] {
      switch encoding {
      case .utf8: return withoutMark(octets)
      case .windows1252: return Windows1252.decode(octets)
      case .utf16LittleEndian, .utf16BigEndian: return utf16(octets)
      }
    }

    private mutating func withoutMark(_ octets: [UInt8]) -> [UInt8] {
      guard isAtStart else { return octets }
      let mark: [UInt8] = [0xef, 0xbb, 0xbf]
      kept += octets
      if kept.count < mark.count, mark.starts(with: kept) { return [] }
      isAtStart = false
      defer { kept = [] }
      return kept.starts(with: mark) ? Array(kept.dropFirst(mark.count)) : kept
    }

    /// What a mark's beginning was kept for, if the file ends there.
    package mutating func finish() -> [UInt8] {
      defer { kept = [] }
      guard encoding == .utf8 else {
        return kept.isEmpty && surrogate == nil ? [] : Array("\u{fffd}".utf8)
      }
      return kept
    }

    private mutating func utf16(_ octets: [UInt8]) -> [UInt8] {
      var result: [UInt8] = []
      result.reserveCapacity(octets.count)
      for octet in octets {
        kept.append(octet)
        guard kept.count == 2 else { continue }
        let low = UInt16(kept[0])
        let high = UInt16(kept[1])
        kept.removeAll(keepingCapacity: true)
        append(encoding == .utf16LittleEndian ? high << 8 | low : low << 8 | high, to: &result)
      }
      return result
    }

    private mutating func append(_ unit: UInt16, to result: inout [UInt8]) {
      defer { isAtStart = false }
      if let first = surrogate {
        surrogate = nil
        if UTF16.isTrailSurrogate(unit) {
          let scalar = 0x10000 + (UInt32(first) - 0xd800) << 10 + (UInt32(unit) - 0xdc00)
          return append(Unicode.Scalar(scalar), to: &result)
        }
        append(nil, to: &result)
      }
      if isAtStart, unit == 0xfeff { return }
      if UTF16.isLeadSurrogate(unit) {
        surrogate = unit
      } else {
        append(Unicode.Scalar(unit), to: &result)
      }
    }

    private func append(_ scalar: Unicode.Scalar?, to result: inout [UInt8]) {
      result.append(contentsOf: UTF8.encode(scalar ?? "\u{fffd}")!)
    }
  }
}

/// Whether octets are UTF-8 (RFC 3629 §4), in whatever pieces they come. A character that the end cuts in two is not at fault.
private struct UTF8Check {
  private(set) var isValid = true
  /// How many octets of a character are still to come, and what the next may be.
  private var rest = 0
  private var lower: UInt8 = 0x80
  private var upper: UInt8 = 0xbf

  mutating func read(_ octets: [UInt8]) {
    guard isValid else { return }
    octets.withUnsafeBufferPointer { octets in
      for octet in octets where rest > 0 || octet >= 0x80 {
        guard take(octet) else {
          isValid = false
          return
        }
      }
    }
  }

  private mutating func take(_ octet: UInt8) -> Bool {
    if rest > 0 {
      guard (lower...upper).contains(octet) else { return false }
      rest -= 1
      (lower, upper) = (0x80, 0xbf)
      return true
    }
    (lower, upper) = (0x80, 0xbf)
    switch octet {
    case 0xc2...0xdf: rest = 1
    case 0xe0: (rest, lower) = (2, 0xa0)
    case 0xed: (rest, upper) = (2, 0x9f)
    case 0xe1...0xef: rest = 2
    case 0xf0: (rest, lower) = (3, 0x90)
    case 0xf4: (rest, upper) = (3, 0x8f)
    case 0xf1...0xf3: rest = 3
    default: return false
    }
    return true
  }
}

/// The code page of western Windows, as the WHATWG's Encoding standard has it: five octets are control characters there.
private enum Windows1252 {
  static func decode(_ octets: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(octets.count + octets.count / 8)
    for octet in octets {
      if octet < 0x80 {
        result.append(octet)
      } else {
        result.append(contentsOf: upper[Int(octet) - 0x80])
      }
    }
    return result
  }

  private static let special: [UInt32] = [
    0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d,
    0x17d,
    0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153,
    0x9d,
    0x17e, 0x178,
  ]

  private static let upper: [[UInt8]] = (0x80...0xff).map { (octet: UInt32) in
    let scalar = octet < 0xa0 ? special[Int(octet) - 0x80] : octet
    return Array(UTF8.encode(Unicode.Scalar(scalar)!)!)
  }
}
