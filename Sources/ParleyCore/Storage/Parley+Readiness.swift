import SQLite

extension Parley {
  /// Returns once the writer has had its turn and the database took its (empty) transaction.
  ///
  /// - Throws: `storageUnavailable` when it did not.
  package func checkWrites() async throws(ParleyError) {
    try await write { _, _ in }
  }
}
