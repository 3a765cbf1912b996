import Foundation

/// Someone's browser: sends its own origin, keeps a session cookie.
struct Browser: Sendable {
  let port: UInt16
  var cookie: String?
  /// Nil sends none.
  var origin: String?

  init(port: UInt16, cookie: String? = nil) {
    self.port = port
    self.cookie = cookie
    origin = "http://127.0.0.1:\(port)"
  }

  func get(_ path: String, _ fields: [String: String] = [:]) async throws -> Answer {
    try await send("GET", path, nil, fields)
  }

  func post(_ path: String, _ body: JSONValue, _ fields: [String: String] = [:]) async throws -> Answer {
    try await send("POST", path, body, fields)
  }

  func patch(_ path: String, _ body: JSONValue) async throws -> Answer {
    try await send("PATCH", path, body)
  }

  func send(
    _ method: String, _ path: String, _ body: JSONValue? = nil, _ fields: [String: String] = [:]
  ) async throws -> Answer {
    try await send(method, path, bytes: try body.map { try $0.bytes }, fields)
  }

  func send(
    _ method: String, _ path: String, bytes: [UInt8]?, _ fields: [String: String] = [:]
  ) async throws -> Answer {
    var all = ["Host": "127.0.0.1:\(port)", "Connection": "close"]
    if let origin { all["Origin"] = origin }
    if let cookie { all["Cookie"] = "parley_session=\(cookie)" }
    if let bytes {
      all["Content-Type"] = "application/json"
      all["Content-Length"] = String(bytes.count)
    }
    all.merge(fields) { $1 }
    let head = "\(method) \(path) HTTP/1.1\r\n" + all.map { "\($0): \($1)\r\n" }.joined() + "\r\n"
    let port = port
    return try await Connection.blocking {
      let connection = try Connection(port: port)
      try connection.write(Array(head.utf8) + (bytes ?? []))
      let head = try connection.readHead()
      let answer = Answer(head: head, body: [])
      if answer["Transfer-Encoding"] == "chunked" {
        return Answer(head: head, body: try connection.readChunks())
      }
      let length = answer["Content-Length"].flatMap { Int($0) } ?? 0
      return Answer(head: head, body: method == "HEAD" ? [] : try connection.read(length))
    }
  }

  /// A browser that has kept the cookie which an answer set.
  func keeping(_ answer: Answer) -> Browser {
    var browser = self
    browser.cookie = answer["Set-Cookie"].map { cookie in
      String(cookie.prefix { $0 != ";" }.drop { $0 != "=" }.dropFirst())
    }
    return browser
  }
}
