/// A request without its content: what the request line and the fields say (RFC 9112 §3, §5).
package struct RequestHead: Sendable {
  package let method: Method
  package let version: HTTPVersion
  package let fields: Fields
  /// How long the content is, by RFC 9112 §6.3.
  package let framing: BodyFraming
  /// Whether the client would send another request on this connection (RFC 9112 §9.3).
  package let keepsAlive: Bool
  /// Whether the client waits for `100 Continue` before it sends the content (RFC 9110 §10.1.1).
  package let expectsContinue: Bool

  let target: RequestTarget

  /// The path of the target, still percent-encoded; `/` if the target has none, `*` for the asterisk form.
  package var path: String {
    target.path.isEmpty ? "/" : String(decoding: fields.bytes[target.path], as: UTF8.self)
  }

  /// What follows the target's first `?`, still percent-encoded; empty if there is none.
  package var queryText: String { String(decoding: fields.bytes[target.query], as: UTF8.self) }

  /// The items of the query, decoded.
  package var query: Query { Query(fields.bytes[target.query]) }

  /// The host and port that the request is for: the target's own, else the field `Host` (RFC 9112 §3.2.2); nil only in HTTP/1.0.
  package var authority: String? {
    target.authority.isEmpty ? fields[.host] : String(decoding: fields.bytes[target.authority], as: UTF8.self)
  }

  /// Lends the octets of `path`, without a copy.
  package func withPath<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    guard !target.path.isEmpty else {
      let root: StaticString = "/"
      return body(UnsafeBufferPointer(start: root.utf8Start, count: 1))
    }
    return fields.bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[target.path])) }
  }
}

/// How the end of a request's content is found (RFC 9112 §6.3).
package enum BodyFraming: Hashable, Sendable {
  case none
  /// A declared length in octets, 0…; a number beyond `Int` reads as `Int.max`.
  case length(Int)
  case chunked
}

/// Where the parts of the request target stand in the head's octets.
struct RequestTarget: Sendable {
  var authority: Range<Int>
  var path: Range<Int>
  var query: Range<Int>
}
