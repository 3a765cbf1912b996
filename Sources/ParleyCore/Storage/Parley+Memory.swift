extension Parley {
  /// Forgets what the writer keeps of the file in memory, which it reads again where it needs it: for when the data were opened or filled,
  /// most of which is not asked for soon.
  ///
  /// - Throws: `storageUnavailable` when nothing can be written; then nothing is forgotten.
  package func forgetPages() async throws(ParleyError) {
    try await write(remembersThreads: true) { transaction, _ in
      try SchemaRecords.forgetPages(in: transaction)
    }
  }
}
