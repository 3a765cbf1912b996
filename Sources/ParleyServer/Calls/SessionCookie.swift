import HTTPServer
import HTTPWire

/// The cookie that bears an agent's session.
enum SessionCookie {
  static let name = "parley_session"

  /// Lax: sent when a link elsewhere leads to the inbox, never with a request that another site's page makes.
  static func set(_ token: String, seconds: Int64, secure: Bool) -> FieldValue {
    FieldValue(
      legalizing: "\(name)=\(token); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Lax"
        + (secure ? "; Secure" : ""))
  }

  static func clear(secure: Bool) -> FieldValue {
    set("", seconds: 0, secure: secure)
  }
}
