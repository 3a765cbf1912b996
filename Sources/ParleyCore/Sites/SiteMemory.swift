import Synchronization

/// The sites whose pages have asked for them, as they stand in the database: each page asks as it opens. Only the process that owns the
/// database changes sites, so what is forgotten there with each change is right.
final class SiteMemory: Sendable {
  private struct State {
    var sites: [String: Site] = [:]
    /// Counts the changes.
    var version: UInt64 = 0
  }

  private let state = Mutex(State())

  /// To be asked before the database is.
  var version: UInt64 { state.withLock { $0.version } }

  func site(key: String) -> Site? {
    state.withLock { $0.sites[key] }
  }

  /// - Parameter version: what ``version`` was before the site was read. If a site has been changed since, nothing is kept.
  func remember(_ site: Site, asOf version: UInt64) {
    state.withLock { state in
      guard state.version == version else { return }
      state.sites[site.key] = site
    }
  }

  /// To be called after the commit of a change, before that is answered.
  func forget() {
    state.withLock { state in
      state.sites = [:]
      state.version += 1
    }
  }
}
