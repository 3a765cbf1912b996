/// A response's status code (RFC 9110 §15).
package struct Status: Hashable, Sendable {
  /// Three digits, 100…599.
  package let code: Int

  package init(code: Int) {
    precondition((100...599).contains(code), "a status code has three digits, 100…599")
    self.code = code
  }

  package static let `continue` = Status(code: 100)
  package static let switchingProtocols = Status(code: 101)
  package static let ok = Status(code: 200)
  package static let created = Status(code: 201)
  package static let accepted = Status(code: 202)
  package static let noContent = Status(code: 204)
  package static let seeOther = Status(code: 303)
  package static let notModified = Status(code: 304)
  package static let temporaryRedirect = Status(code: 307)
  package static let permanentRedirect = Status(code: 308)
  package static let badRequest = Status(code: 400)
  package static let unauthorized = Status(code: 401)
  package static let forbidden = Status(code: 403)
  package static let notFound = Status(code: 404)
  package static let methodNotAllowed = Status(code: 405)
  package static let requestTimeout = Status(code: 408)
  package static let conflict = Status(code: 409)
  package static let gone = Status(code: 410)
  package static let contentTooLarge = Status(code: 413)
  package static let uriTooLong = Status(code: 414)
  package static let unsupportedMediaType = Status(code: 415)
  package static let expectationFailed = Status(code: 417)
  package static let unprocessableContent = Status(code: 422)
  package static let upgradeRequired = Status(code: 426)
  package static let tooManyRequests = Status(code: 429)
  package static let requestHeaderFieldsTooLarge = Status(code: 431)
  package static let internalServerError = Status(code: 500)
  package static let notImplemented = Status(code: 501)
  package static let serviceUnavailable = Status(code: 503)
  package static let versionNotSupported = Status(code: 505)

  /// Whether a response with this status has no content whatever its fields say (RFC 9110 §6.4.1).
  package var forbidsContent: Bool { code < 200 || code == 204 || code == 304 }

  /// The phrase of the status line. It means nothing (RFC 9112 §4), so codes that this server does not send have none.
  package var reason: StaticString {
    switch code {
    case 100: "Continue"
    case 101: "Switching Protocols"
    case 200: "OK"
    case 201: "Created"
    case 202: "Accepted"
    case 204: "No Content"
    case 303: "See Other"
    case 304: "Not Modified"
    case 307: "Temporary Redirect"
    case 308: "Permanent Redirect"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 408: "Request Timeout"
    case 409: "Conflict"
    case 410: "Gone"
    case 413: "Content Too Large"
    case 414: "URI Too Long"
    case 415: "Unsupported Media Type"
    case 417: "Expectation Failed"
    case 422: "Unprocessable Content"
    case 426: "Upgrade Required"
    case 429: "Too Many Requests"
    case 431: "Request Header Fields Too Large"
    case 500: "Internal Server Error"
    case 501: "Not Implemented"
    case 503: "Service Unavailable"
    case 505: "HTTP Version Not Supported"
    default: ""
    }
  }
}
