/// A company or other body that contacts belong to.
package struct Account: Sendable, Hashable, Codable, Identifiable {
  package var id: Int64
  package var name: String
  /// Its website as typed, or empty.
  package var url: String
  /// Milliseconds since 1970 UTC.
  package var createdAt: Int64
}

/// An account as it is named within another record.
package struct AccountReference: Sendable, Hashable, Codable {
  package var id: Int64
  package var name: String
}
