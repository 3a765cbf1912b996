/// Someone on a website who has written, or said who they are.
package struct Visitor: Sendable, Hashable, Codable {
  package var id: Int64
  package var siteID: Int64
  @Nullable package var contactID: Int64?
  /// As they gave it, or as an agent put it right.
  package var name: String
  package var email: String
  package var phone: String
  /// Of their browser, as a BCP 47 tag.
  package var language: String
  /// An IANA name.
  package var timeZone: String
  package var userAgent: String
  package var pageURL: String
  package var pageTitle: String
  /// As of when it was read.
  package var online: Bool
  package var createdAt: Int64
  package var lastSeenAt: Int64
}

/// What makes a visitor the same: the hash of the secret token in their browser. It exists before the visitor does in the
/// database, so tabs find each other from the first moment.
package struct VisitorKey: Sendable, Hashable {
  /// SHA-256 of the token, in base64url.
  let hash: String

  init(hash: String) {
    self.hash = hash
  }

  /// - Parameter token: 32 bytes in base64url, as the loader makes it; nil for anything else.
  package init?(token: String) {
    guard let secret = SecretToken(token) else { return nil }
    hash = secret.hash
  }
}

/// Which visitor asks, on which site, and what their browser says of itself.
package struct VisitorIdentity: Sendable, Hashable {
  package let siteID: Int64
  package let key: VisitorKey
  package var language: String
  package var timeZone: String
  package var userAgent: String
  /// The page of the website that they are on.
  package var page: Page?

  package init(
    siteID: Int64, key: VisitorKey, language: String = "", timeZone: String = "", userAgent: String = "",
    page: Page? = nil
  ) {
    self.siteID = siteID
    self.key = key
    self.language = language
    self.timeZone = timeZone
    self.userAgent = userAgent
    self.page = page
  }
}

/// A page of the website.
package struct Page: Sendable, Hashable, Codable {
  package var url: String
  package var title: String

  package init(url: String, title: String) {
    self.url = url
    self.title = title
  }
}
