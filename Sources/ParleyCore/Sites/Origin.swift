/// Where a page comes from, as RFC 6454 §6.2 writes it: `scheme://host[:port]`, of the web only, normalised so that two that
/// are the same are equal.
package struct Origin: Sendable, Hashable {
  package let text: String

  /// Nil unless it is an http or https origin; a final slash is forgiven, anything else after the host is not. A host is
  /// in ASCII (as browsers send it) or an IPv6 address in brackets.
  package init?(_ typed: String) {
    var rest = Substring(typed.trimmed.lowercased())
    let scheme: String
    if rest.hasPrefix("https://") {
      scheme = "https"
    } else if rest.hasPrefix("http://") {
      scheme = "http"
    } else {
      return nil
    }
    rest = rest.dropFirst(scheme.count + 3)
    if rest.hasSuffix("/") { rest = rest.dropLast() }
    guard let (host, port) = Self.split(rest), host.utf8.count <= 255, Self.isHost(host) else { return nil }
    // RFC 6454 §4: the scheme's own port is left out.
    let standard = scheme == "https" ? 443 : 80
    text = port == nil || port == standard ? "\(scheme)://\(host)" : "\(scheme)://\(host):\(port ?? 0)"
  }

  /// The host, and the port where one is given; nil when the port is none.
  private static func split(_ authority: Substring) -> (host: Substring, port: Int?)? {
    let afterBrackets = authority.firstIndex(of: "]") ?? authority.startIndex
    guard let colon = authority[afterBrackets...].firstIndex(of: ":") else { return (authority, nil) }
    let digits = authority[authority.index(after: colon)...]
    guard digits.utf8.count <= 5, digits.allSatisfy(\.isASCIIDigit), let port = Int(digits),
      (1...65_535).contains(port)
    else { return nil }
    return (authority[..<colon], port)
  }

  private static func isHost(_ host: Substring) -> Bool {
    if host.hasPrefix("[") {
      return host.hasSuffix("]")
        && host.dropFirst().dropLast().allSatisfy {
          $0.isASCIIDigit || ("a"..."f").contains($0) || ":.".contains($0)
        }
    }
    return !host.isEmpty
      && host.allSatisfy { $0.isASCIIDigit || ("a"..."z").contains($0) || "-._".contains($0) }
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}

extension Site {
  /// Whether the widget may open on a page of this origin, as a browser's `Origin` field gives it.
  package func allows(origin: String) -> Bool {
    guard let origin = Origin(origin) else { return false }
    return origins.contains(origin.text)
  }
}
