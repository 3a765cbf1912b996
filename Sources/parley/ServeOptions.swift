import Foundation
import HTTPServer
import ParleyServer

/// The options of `parley serve`, understood.
struct ServeOptions: Sendable {
  let dataDirectory: String
  let listen: Endpoint
  let address: IPAddress
  let publicOrigin: String?
  let trustedProxies: [AddressBlock]
  /// Nil to look in the usual places.
  let webRoot: String?
  let logFormat: Log.Format
  let logLevel: Log.Level
  let limitsVisitors: Bool
  let reachesPrivate: Bool

  init(
    _ invocation: Invocation, defaultLogFormat: Log.Format = .json, defaultLogLevel: Log.Level = .info
  ) throws(UsageError) {
    dataDirectory = ServeOptions.dataDirectory(invocation)
    (listen, address) =
      try invocation.value(.listen, ServeOptions.endpoint)
      ?? ServeOptions.localEndpoint(port: 8080)
    publicOrigin = try invocation.value(.publicURL, ServeOptions.origin)
    var proxies: [AddressBlock] = []
    for text in invocation.all(.trustedProxy) {
      guard let block = AddressBlock(text) else { throw .invalidValue(.trustedProxy, text) }
      proxies.append(block)
    }
    trustedProxies = proxies
    webRoot = invocation[.web]
    logFormat = try invocation.value(.logFormat) { Log.Format(rawValue: $0) } ?? defaultLogFormat
    logLevel = try invocation.value(.logLevel) { Log.Level(name: $0) } ?? defaultLogLevel
    limitsVisitors = try invocation.value(.visitorLimit, ServeOptions.onOrOff) ?? true
    reachesPrivate = try invocation.value(.privateWebhooks, ServeOptions.onOrOff) ?? false
  }

  static func dataDirectory(_ invocation: Invocation) -> String {
    invocation[.data] ?? "data"
  }

  /// The address that people are told: the public one, or where the server listens.
  func url(port: UInt16) -> String {
    publicOrigin ?? Endpoint(host: listen.host, port: port).url
  }

  static func endpoint(_ text: String) -> (Endpoint, IPAddress)? {
    guard let endpoint = Endpoint(text) else { return nil }
    let host = endpoint.host == "localhost" ? "127.0.0.1" : endpoint.host
    guard let address = IPAddress(host) else { return nil }
    return (endpoint, address)
  }

  static func localEndpoint(port: UInt16) -> (Endpoint, IPAddress) {
    guard let address = IPAddress("127.0.0.1") else { preconditionFailure("127.0.0.1 is an address") }
    return (Endpoint(host: "127.0.0.1", port: port), address)
  }

  /// `https://chat.example.com`, perhaps with a slash behind it: an origin, as browsers write it.
  private static func origin(_ text: String) -> String? {
    guard let url = URLComponents(string: text), let scheme = url.scheme?.lowercased(),
      let host = url.host?.lowercased(), !host.isEmpty, ["http", "https"].contains(scheme),
      url.path.isEmpty || url.path == "/", url.query == nil, url.fragment == nil, url.user == nil
    else { return nil }
    let usualPort = scheme == "https" ? 443 : 80
    guard let port = url.port, port != usualPort else { return "\(scheme)://\(host)" }
    return "\(scheme)://\(host):\(port)"
  }

  private static func onOrOff(_ text: String) -> Bool? {
    switch text {
    case "on": true
    case "off": false
    default: nil
    }
  }
}
