import SQLite

/// What a new workspace begins with: its name, and who owns it.
package struct SetUp: Sendable, Hashable {
  package var workspaceName: String
  /// An IANA name.
  package var timeZone: String
  package var owner: AgentDraft

  /// The owner's role is always that.
  package init(workspaceName: String, timeZone: String, name: String, email: String, password: String) {
    self.workspaceName = workspaceName
    self.timeZone = timeZone
    owner = AgentDraft(name: name, email: email, password: password, role: .owner)
  }
}

extension Parley {
  /// Whether the workspace is still to be set up.
  package func needsSetUp() async throws(ParleyError) -> Bool {
    try await read { try WorkspaceRecords.workspace(in: $0) == nil }
  }

  /// Creates the workspace with its owner, a pipeline and a site, once; and signs the owner in. Whether the one who asks may is the
  /// caller's to check: there is nobody yet to whom permission could belong.
  ///
  /// - Throws: `setUpDone`; `invalid` with `setup.invalid`.
  package func setUp(_ draft: SetUp) async throws(ParleyError) -> SignedIn {
    var invalid = Invalid(code: "setup.invalid")
    let workspace = Workspace(name: draft.workspaceName, timeZone: draft.timeZone, defaultCurrency: "USD")
      .checked(&invalid, nameField: "workspaceName")
    let owner = draft.owner.checked(&invalid)
    try invalid.check()
    guard let owner, let currency = Currency(code: workspace.defaultCurrency) else {
      throw .invalid(invalid)
    }
    let hash = try await passwords.hash(draft.owner.password)
    return try await write { transaction, changes in
      guard try WorkspaceRecords.workspace(in: transaction.snapshot) == nil else {
        throw ParleyError.setUpDone
      }
      try WorkspaceRecords.insert(workspace, at: changes.now, in: transaction)
      let id = try AgentRecords.insert(
        name: owner.name, email: owner.email, role: .owner, passwordHash: hash, at: changes.now,
        in: transaction)
      try PipelineRecords.insertDefault(currency: currency, in: transaction)
      _ = try SiteRecords.insert(.first(named: workspace.name), at: changes.now, in: transaction)
      let agent = AgentIdentity(id: id, name: owner.name, role: .owner)
      return try Self.begin(for: agent, in: transaction, changes)
    }
  }
}
