import SQLite

/// A session that has begun: who it is, and the token for their cookie.
package struct SignedIn: Sendable {
  package let agent: AgentIdentity
  package let token: SecretToken
}

/// A session that was found by its token.
package struct Session: Sendable, Hashable {
  package let id: SessionID
  package let agent: AgentIdentity
}

extension Parley {
  /// A session ends so many milliseconds after its last use.
  package static let sessionLength: Int64 = 30 * 24 * 60 * 60 * 1000
  private static let hour: Int64 = 60 * 60 * 1000

  /// Begins a session. After repeated failures an e-mail address, or a client's address, must wait.
  ///
  /// - Parameter address: the client's network address.
  /// - Throws: `credentials`, in the same time whether the address or the password is wrong; `throttled`.
  package func signIn(
    email: String, password: String, from address: String
  ) async throws(ParleyError) -> SignedIn {
    let key = String(email.trimmed.lowercased().unicodeScalars.prefix(254))
    let subjects: [SignInThrottle.Subject] = [.email(key), .address(address)]
    let known: (agent: AgentIdentity, passwordHash: String)?
    if let email = EmailAddress(email) {
      known = try await read { try AgentRecords.credentials(email: email, in: $0) }
    } else {
      known = nil
    }
    try await check(password, known?.passwordHash, for: subjects)
    guard let known else { throw .credentials }
    return try await beginSession(for: known.agent, by: known.passwordHash)
  }

  /// Checks a password, which takes its time and counts as a try of these.
  ///
  /// - Throws: `credentials`, also without a hash; `throttled`.
  private func check(
    _ password: String, _ hash: String?, for subjects: [SignInThrottle.Subject]
  ) async throws(ParleyError) {
    let wait = throttle.begin(subjects, now: uptime())
    guard wait == 0 else { throw .throttled(retryAfter: Int((wait + 999) / 1000)) }
    let isRight: Bool
    do throws(ParleyError) {
      isRight = try await passwords.verify(password, hash)
    } catch {
      throttle.withdrew(subjects)
      throw error
    }
    guard isRight else { throw .credentials }
    throttle.succeeded(subjects)
  }

  /// Begins a session for who has shown the password of this hash.
  ///
  /// - Throws: `credentials` when the password was changed while it was being checked: that ended all sessions, this one too.
  func beginSession(for agent: AgentIdentity, by hash: String) async throws(ParleyError) -> SignedIn {
    try await write { transaction, changes in
      guard try AgentRecords.passwordHash(agent.id, in: transaction.snapshot) == hash else {
        throw ParleyError.credentials
      }
      try SessionRecords.deleteExpired(at: changes.now, in: transaction)
      return try Self.begin(for: agent, in: transaction, changes)
    }
  }

  static func begin(
    for agent: AgentIdentity, in transaction: borrowing Transaction, _ changes: Changes
  ) throws -> SignedIn {
    let token = SecretToken.random()
    try SessionRecords.insert(
      SessionID(token), of: agent.id, at: changes.now, until: changes.now + sessionLength, in: transaction)
    return SignedIn(agent: agent, token: token)
  }

  /// Whose session a token opens. Each use prolongs it, which is written at most once an hour.
  ///
  /// - Throws: `sessionRequired` when it has ended or never was.
  package func session(_ token: SecretToken) async throws(ParleyError) -> Session {
    let id = SessionID(token)
    let found = try await read { try SessionRecords.find(id, in: $0) }
    let now = now()
    guard let found, found.expiry > now else { throw .sessionRequired }
    if found.expiry < now + Self.sessionLength - Self.hour {
      do throws(ParleyError) {
        try await write { transaction, changes in
          try SessionRecords.extend(id, until: changes.now + Self.sessionLength, in: transaction)
        }
      } catch .storageUnavailable {
        // A full disk must not keep agents from reading: the session only ends earlier.
      }
    }
    return Session(id: id, agent: found.agent)
  }

  /// Ends a session; its pages are told.
  package func signOut(_ id: SessionID) async throws(ParleyError) {
    try await write { transaction, changes in
      try SessionRecords.delete(id, in: transaction)
      try changes.record(.sessionEnded, for: .session(id), in: transaction)
    }
  }

  /// Changes one's own password, and ends one's other sessions.
  ///
  /// - Throws: `credentials` when the current one is wrong; `throttled`; `invalid` with `password.invalid`.
  package func changePassword(
    from current: String, to password: String, keeping session: Session
  ) async throws(ParleyError) {
    let agent = session.agent
    var invalid = Invalid(code: "password.invalid")
    AgentDraft.checkPassword(password, &invalid)
    try invalid.check()
    let subjects: [SignInThrottle.Subject] = [.email("agent:\(agent.id)")]
    let stored = try await read { try AgentRecords.passwordHash(agent.id, in: $0) }
    try await check(current, stored, for: subjects)
    try await setPassword(of: agent.id, password, by: stored, keeping: session.id)
  }

  /// Gives an agent a new password, and ends all their sessions. For the machine's command line.
  ///
  /// - Throws: `notFound`; `permissionDenied`; `invalid` with `password.invalid`.
  package func setPassword(
    email: String, to password: String, by agent: AgentIdentity
  ) async throws(ParleyError) {
    try agent.requireOwner()
    var invalid = Invalid(code: "password.invalid")
    AgentDraft.checkPassword(password, &invalid)
    try invalid.check()
    guard let email = EmailAddress(email) else { throw .notFound }
    let known = try await read { try AgentRecords.credentials(email: email, in: $0)?.agent }
    guard let known else { throw .notFound }
    try await setPassword(of: known.id, password, by: nil, keeping: nil)
  }

  /// - Parameter shown: the hash of the password that was shown for it; nil for who needs to show none.
  private func setPassword(
    of agentID: Int64, _ password: String, by shown: String?, keeping kept: SessionID?
  ) async throws(ParleyError) {
    let hash = try await passwords.hash(password)
    try await write { transaction, changes in
      if let shown, try AgentRecords.passwordHash(agentID, in: transaction.snapshot) != shown {
        throw ParleyError.credentials
      }
      try AgentRecords.setPasswordHash(agentID, hash, in: transaction)
      for id in try SessionRecords.sessions(of: agentID, in: transaction.snapshot) where id != kept {
        try SessionRecords.delete(id, in: transaction)
        try changes.record(.sessionEnded, for: .session(id), in: transaction)
      }
    }
  }
}
