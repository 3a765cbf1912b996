/// An address to listen on: `127.0.0.1:8080`, `[::1]:8080`.
struct Endpoint: Sendable, Equatable, CustomStringConvertible {
  let host: String
  let port: UInt16

  init(host: String, port: UInt16) {
    self.host = host
    self.port = port
  }

  init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
      return nil
    }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
    } else if host.contains(":") {
      return nil
    }
    guard !host.isEmpty else { return nil }
    self.init(host: String(host), port: port)
  }

  var description: String {
    host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }

  /// What a browser on this machine types.
  var url: String {
    let name = host == "0.0.0.0" || host == "::" ? "localhost" : host
    return "http://" + Endpoint(host: name, port: port).description
  }
}
