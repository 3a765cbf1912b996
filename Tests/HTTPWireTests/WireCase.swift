import Foundation
import Testing

/// A case of `fixtures/http` or `fixtures/websocket`: octets, and what must come of them. The files say how they are written.
struct WireCase: Sendable, CustomTestStringConvertible {
  let name: String
  let octets: [UInt8]
  let outcome: [String]

  var testDescription: String { name }

  static func load(_ path: String, octets: (Substring) -> [UInt8]) -> [WireCase] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text: String
    do {
      text = try String(contentsOf: root.appending(path: "fixtures/\(path)"), encoding: .utf8)
    } catch {
      fatalError("\(path) cannot be read: \(error)")
    }
    var cases: [WireCase] = []
    var name: Substring?
    var sent: [UInt8] = []
    var outcome: [String] = []
    func finish() {
      if let name { cases.append(WireCase(name: String(name), octets: sent, outcome: outcome)) }
      sent = []
      outcome = []
    }
    for line in text.split(separator: "\n") {
      if line.hasPrefix("case: ") {
        finish()
        name = line.dropFirst(6)
      } else if line.hasPrefix("> ") {
        sent += octets(line.dropFirst(2))
      } else if line.hasPrefix("= ") {
        outcome.append(String(line.dropFirst(2)))
      } else {
        precondition(line.hasPrefix("#"), "what is \(line)?")
      }
    }
    finish()
    return cases
  }

  /// Reads the escapes `\r \n \t \0 \\ \xHH`, and `\{COUNT*OCTETS}` for a repetition.
  static func unescape(_ text: Substring) -> [UInt8] {
    var rest = Array(text.utf8)[...]
    return unescape(&rest, until: nil)
  }

  private static func unescape(_ rest: inout ArraySlice<UInt8>, until end: UInt8?) -> [UInt8] {
    var octets: [UInt8] = []
    while let octet = rest.popFirst(), octet != end {
      guard octet == UInt8(ascii: "\\"), let kind = rest.popFirst() else {
        octets.append(octet)
        continue
      }
      switch kind {
      case UInt8(ascii: "r"): octets.append(13)
      case UInt8(ascii: "n"): octets.append(10)
      case UInt8(ascii: "t"): octets.append(9)
      case UInt8(ascii: "0"): octets.append(0)
      case UInt8(ascii: "x"):
        octets += hex(String(decoding: rest.prefix(2), as: UTF8.self)[...])
        rest = rest.dropFirst(2)
      case UInt8(ascii: "{"):
        let digits = rest.prefix { $0 != UInt8(ascii: "*") }
        guard let count = Int(String(decoding: digits, as: UTF8.self)) else { fatalError("how often?") }
        rest = rest.dropFirst(digits.count + 1)
        octets += repeatElement(unescape(&rest, until: UInt8(ascii: "}")), count: count).joined()
      default: octets.append(kind)
      }
    }
    return octets
  }

  /// Reads pairs of hex digits, and texts in double quotes.
  static func hexAndTexts(_ line: Substring) -> [UInt8] {
    line.split(separator: "\"", omittingEmptySubsequences: false).enumerated().flatMap { index, part in
      index % 2 == 1 ? Array(part.utf8) : hex(part.filter { $0 != " " }[...])
    }
  }

  private static func hex(_ digits: Substring) -> [UInt8] {
    let digits = Array(digits)
    precondition(digits.count % 2 == 0, "half an octet")
    return stride(from: 0, to: digits.count, by: 2).map { index in
      guard let octet = UInt8(String(digits[index...(index + 1)]), radix: 16) else {
        fatalError("no hex digits")
      }
      return octet
    }
  }

  /// The octets in every way in which one cut can divide them, whole, and one by one. What is very long is cut near its ends only.
  var divisions: [[[UInt8]]] {
    let near = octets.count > 1000 ? 16 : octets.count
    let cuts = (1..<max(octets.count, 1)).filter { min($0, octets.count - $0) < near }
    return [[octets], octets.map { [$0] }] + cuts.map { [Array(octets[..<$0]), Array(octets[$0...])] }
  }
}
