import SQLite

extension Parley {
  /// Everyone first, then by name. Owners only, as for all that follows.
  ///
  /// - Throws: `permissionDenied`.
  package func groups(by agent: AgentIdentity) async throws(ParleyError) -> [AgentGroup] {
    try agent.requireOwner()
    return try await read { try GroupRecords.groups(in: $0) }
  }

  /// Adds a group. It may see no pipeline yet that everyone may not.
  ///
  /// - Throws: `permissionDenied`; `invalid` with `group.invalid`.
  package func addGroup(_ draft: GroupDraft, by agent: AgentIdentity) async throws(ParleyError) -> AgentGroup
  {
    try agent.requireOwner()
    return try await write { transaction, changes in
      let name = try draft.checked(forNew: true, in: transaction.snapshot)
      guard let name else { throw ParleyError.defect(reason: "groups.check") }
      let access = try AccessMap(in: transaction.snapshot)
      let id = try GroupRecords.insert(name, at: changes.now, in: transaction)
      try GroupRecords.setMembers(of: id, Set(draft.members ?? []), in: transaction)
      try changes.recordGroups(since: access, in: transaction)
      return try Self.group(id, in: transaction.snapshot)
    }
  }

  /// Changes what is given of a group.
  ///
  /// - Throws: `permissionDenied`; `notFound`; `groupEveryone`; `invalid` with `group.invalid`.
  package func editGroup(
    _ id: Int64, _ draft: GroupDraft, by agent: AgentIdentity
  ) async throws(ParleyError) -> AgentGroup {
    try agent.requireOwner()
    return try await write { transaction, changes in
      let before = try Self.group(id, in: transaction.snapshot)
      guard !before.isEveryone else { throw ParleyError.groupEveryone }
      let name = try draft.checked(for: before, in: transaction.snapshot)
      let access = try AccessMap(in: transaction.snapshot)
      if let name { try GroupRecords.rename(id, name, in: transaction) }
      if let members = draft.members {
        try GroupRecords.setMembers(of: id, Set(members), in: transaction)
      }
      let after = try Self.group(id, in: transaction.snapshot)
      guard after != before else { return before }
      try changes.recordGroups(since: access, in: transaction)
      return after
    }
  }

  /// Removes a group with its rights. Its agents stay.
  ///
  /// - Throws: `permissionDenied`; `notFound`; `groupEveryone`.
  package func removeGroup(_ id: Int64, by agent: AgentIdentity) async throws(ParleyError) {
    try agent.requireOwner()
    try await write { transaction, changes in
      guard try !Self.group(id, in: transaction.snapshot).isEveryone else { throw ParleyError.groupEveryone }
      let access = try AccessMap(in: transaction.snapshot)
      try GroupRecords.delete(id, in: transaction)
      try changes.recordGroups(since: access, in: transaction)
    }
  }

  /// Says what a group, also everyone, may do in a pipeline. Whoever may do anything may see it; nothing closes it to the group.
  ///
  /// - Throws: `permissionDenied`; `notFound` for the group or the pipeline.
  package func setRights(
    _ rights: PipelineRights, of id: Int64, in pipelineID: Int64, by agent: AgentIdentity
  ) async throws(ParleyError) -> AgentGroup {
    try agent.requireOwner()
    return try await write { transaction, changes in
      let before = try Self.group(id, in: transaction.snapshot)
      try PipelineAccess.require(.see, pipelineID, by: agent, in: transaction.snapshot)
      let access = try AccessMap(in: transaction.snapshot)
      let whole = rights.isEmpty ? rights : rights.union(.see)
      try GroupRecords.setRights(whole, of: id, in: pipelineID, transaction)
      let after = try Self.group(id, in: transaction.snapshot)
      guard after != before else { return before }
      try changes.recordGroups(since: access, in: transaction)
      return after
    }
  }

  /// Changes an agent's role, or the groups that they belong to.
  ///
  /// - Throws: `permissionDenied`; `notFound`; `ownerLast`; `invalid` with `agent.invalid` for a group that there is not.
  package func editAgent(
    _ id: Int64, _ change: AgentChange, by agent: AgentIdentity
  ) async throws(ParleyError) -> Agent {
    try agent.requireOwner()
    return try await write { [presence] transaction, changes in
      guard let before = try AgentRecords.agent(id, presence, in: transaction.snapshot) else {
        throw ParleyError.notFound
      }
      let access = try AccessMap(in: transaction.snapshot)
      if let role = change.role, role != before.role {
        let owners = try AgentRecords.roles(in: transaction.snapshot).filter { $0.role == .owner }
        guard before.role != .owner || owners.count > 1 else { throw ParleyError.ownerLast }
        try AgentRecords.setRole(id, role, in: transaction)
      }
      if let groups = change.groups {
        try Self.require(groups, in: transaction.snapshot)
        try GroupRecords.setGroups(ofAgent: id, Set(groups), in: transaction)
      }
      try changes.recordGroups(since: access, in: transaction)
      guard let after = try AgentRecords.agent(id, presence, in: transaction.snapshot) else {
        throw ParleyError.defect(reason: "agents.update")
      }
      if after != before { try changes.record(.agentChanged(after), for: .agents, in: transaction) }
      return after
    }
  }

  private static func require(_ groups: [Int64], in snapshot: borrowing Snapshot) throws {
    let known = try GroupRecords.groups(in: snapshot).filter { !$0.isEveryone }.map(\.id)
    guard Set(groups).isSubset(of: known) else {
      throw ParleyError.invalid(Invalid(code: "agent.invalid", fields: ["groups": "agent.groups.unknown"]))
    }
  }

  private static func group(_ id: Int64, in snapshot: borrowing Snapshot) throws -> AgentGroup {
    guard let group = try GroupRecords.group(id, in: snapshot) else { throw ParleyError.notFound }
    return group
  }
}

extension GroupDraft {
  /// Its name, cleaned; nil where none is given.
  ///
  /// - Throws: `invalid` with `group.invalid` and every field that is at fault.
  fileprivate func checked(
    for group: AgentGroup? = nil, forNew isNew: Bool = false, in snapshot: borrowing Snapshot
  ) throws -> String? {
    var invalid = Invalid(code: "group.invalid")
    let groups = try GroupRecords.groups(in: snapshot)
    let name = isNew ? (name ?? "").onOneLine : name?.onOneLine
    if let name {
      let key = GroupRecords.key(of: name)
      if name.isEmpty {
        invalid.add("name", "group.name.required")
      } else if name.unicodeScalars.count > AgentGroup.nameLimit {
        invalid.add("name", "group.name.too-long")
      } else if let other = groups.first(where: { $0.id != group?.id && GroupRecords.key(of: $0.name) == key }
      ) {
        invalid.add("name", "group.name.taken")
        invalid.existing = NameHolder(id: other.id, name: other.name)
      } else if isNew, groups.count >= AgentGroup.countLimit {
        invalid.add("name", "group.too-many")
      }
    }
    if let members, try !Set(members).isSubset(of: AgentRecords.ids(in: snapshot)) {
      invalid.add("members", "group.members.unknown")
    }
    try invalid.check()
    return name
  }
}
