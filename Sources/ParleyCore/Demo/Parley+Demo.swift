import SQLite

extension Parley {
  /// Fills an empty database with a demo workspace, as if all of it had happened up to now: all of it or nothing.
  ///
  /// Nothing is published: load it before serving.
  ///
  /// - Parameter website: the origin of the website that carries the widget; the pages that the threads mention are there.
  /// - Throws: `setUpDone` when there is a workspace already; `invalid` when the website's origin is none; `defect` when the
  ///   demo contradicts itself.
  package func load(_ demo: DemoWorkspace, website: String) async throws(ParleyError) {
    guard let website = Origin(website) else {
      throw .invalid(Invalid(fields: ["website": "site.origins.invalid"]))
    }
    var passwordHashes: [String] = []
    for _ in demo.agents { passwordHashes.append(try await passwords.hash(demo.password)) }
    let hashes = passwordHashes
    try await write { [log, presence] transaction, changes in
      guard try WorkspaceRecords.workspace(in: transaction.snapshot) == nil else {
        throw ParleyError.setUpDone
      }
      let cast = try DemoCast(
        demo, website: website, passwordHashes: hashes, now: changes.now, in: transaction)
      try cast.insertTeamwork(demo, now: changes.now, in: transaction)
      var history = DemoHistory(cast: cast, log: log, presence: presence, now: changes.now)
      try history.play(demo, in: transaction)
    }
  }
}
