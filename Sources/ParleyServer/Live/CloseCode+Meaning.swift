import HTTPWire

/// The close codes of this product (RFC 6455 §7.4.2 leaves 4000–4999 to applications), as Interface.md lists them.
extension CloseCode {
  /// The session has ended.
  static let signedOut = known(4401)
  /// The page's origin may not carry the site's widget.
  static let originDenied = known(4403)
  /// There is no such site.
  static let siteUnknown = known(4404)

  private static func known(_ value: UInt16) -> CloseCode {
    guard let code = CloseCode(value) else { preconditionFailure("\(value) may stand in a close frame") }
    return code
  }
}
