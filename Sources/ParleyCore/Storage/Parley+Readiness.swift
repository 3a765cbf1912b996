extension Parley {
  /// Returns once something was really written, and is on the disk. Beside other writers it shares their commit.
  ///
  /// - Throws: `storageUnavailable` when it could not be.
  package func checkWrites() async throws(ParleyError) {
    try await write { transaction, _ in try SchemaRecords.writeVersionAgain(in: transaction) }
  }
}
