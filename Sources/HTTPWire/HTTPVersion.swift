/// The versions that this server speaks. A higher minor version is treated as 1.1 (RFC 9110 §2.5); a proxy in front may well
/// speak 1.0.
package enum HTTPVersion: Hashable, Sendable {
  case http10
  case http11
}
