import SQLite

extension Parley {
  package func sites(by agent: AgentIdentity) async throws(ParleyError) -> [Site] {
    try await read { try SiteRecords.sites(in: $0) }
  }

  /// The site that a page names. Public: the key stands in every page that embeds the widget. Nil when there is none.
  package func site(key: String) async throws(ParleyError) -> Site? {
    if let known = knownSites.site(key: key) { return known }
    let version = knownSites.version
    let site = try await read { try SiteRecords.site(key: key, in: $0) }
    if let site { knownSites.remember(site, asOf: version) }
    return site
  }

  /// Adds a website. Owners only.
  ///
  /// - Throws: `permissionDenied`; `invalid` with `site.invalid`.
  package func addSite(_ draft: SiteDraft, by agent: AgentIdentity) async throws(ParleyError) -> Site {
    try agent.requireOwner()
    let site = try draft.applied(to: .blank)
    return try await write { transaction, changes in
      let stored = try SiteRecords.insert(site, at: changes.now, in: transaction)
      try changes.record(.siteChanged(stored), for: .agents, in: transaction)
      return stored
    }
  }

  /// Changes a website's settings. Owners only.
  ///
  /// - Throws: `permissionDenied`; `notFound`; `invalid` with `site.invalid`.
  package func updateSite(
    _ id: Int64, _ change: SiteDraft, by agent: AgentIdentity
  ) async throws(ParleyError) -> Site {
    try agent.requireOwner()
    return try await write { [knownSites] transaction, changes in
      guard let stored = try SiteRecords.site(id, in: transaction.snapshot) else {
        throw ParleyError.notFound
      }
      let site = try change.applied(to: stored)
      try SiteRecords.update(site, in: transaction)
      transaction.afterCommit { knownSites.forget() }
      try changes.record(.siteChanged(site), for: .agents, in: transaction)
      return site
    }
  }
}
