/// Some agents of the team, and what they may do in the pipelines. "Group" in the interface.
package struct AgentGroup: Sendable, Hashable, Codable {
  /// What the group may do in one pipeline.
  package struct Grant: Sendable, Hashable, Codable {
    package var pipelineID: Int64
    package var rights: PipelineRights
  }

  package var id: Int64
  /// Empty for everyone: each client has a word for that.
  package var name: String
  /// Whether every agent belongs to it, now and later. There is one such; it cannot be renamed, and does not go.
  package var isEveryone: Bool
  /// The ids of its agents; empty for everyone.
  package var members: [Int64]
  /// A pipeline each that it may see.
  package var grants: [Grant]

  /// In Unicode scalars.
  static let nameLimit = 100
  /// All of them stand on one page.
  static let countLimit = 100
}

/// A group to be added, or what to change of one; what is nil has its default, or stays.
package struct GroupDraft: Sendable, Hashable, Codable {
  package var name: String?
  /// All of them.
  package var members: [Int64]?

  package init(name: String? = nil, members: [Int64]? = nil) {
    self.name = name
    self.members = members
  }
}

/// What to change of an agent; what is nil stays.
package struct AgentChange: Sendable, Hashable, Codable {
  package var role: Agent.Role?
  /// The ids of all groups that they belong to, but everyone's.
  package var groups: [Int64]?

  package init(role: Agent.Role? = nil, groups: [Int64]? = nil) {
    self.role = role
    self.groups = groups
  }
}
