/// The way that a kind of deal goes, stage by stage.
package struct Pipeline: Sendable, Hashable, Codable {
  /// Who owns a deal that names no owner.
  package enum Assignment: String, Sendable, Hashable, Codable {
    /// Whoever adds it.
    case manual
    /// The agents in turn.
    case roundRobin = "round-robin"
    /// The agent to whom the least value has come so far.
    case roundRobinByValue = "round-robin-by-value"
  }

  package var id: Int64
  package var name: String
  /// The code of the currency that its deals have unless another is chosen.
  package var currency: String
  package var assignment: Assignment
  /// In the order in which deals pass them; never empty.
  package var stages: [Stage]
  /// What the agent who asked may do in it.
  package var rights: PipelineRights = []
  /// The ids of the agents who may see it, and so may own its deals.
  package var watchers: [Int64] = []

  /// In Unicode scalars.
  static let nameLimit = 100
  /// A board shows every stage at once.
  static let stagesLimit = 50
}

/// A step of a pipeline.
package struct Stage: Sendable, Hashable, Codable {
  package var id: Int64
  package var name: String
  /// `#rrggbb`.
  package var color: String
  /// How likely it is that a deal here is won: 0 … 100.
  package var probability: Int
  /// After how many days without activity a deal here counts as rotting; nil where deals do not rot.
  @Nullable package var rottingDays: Int?
  /// How its cards stand at first.
  package var sort: DealOrder

  static let rottingDaysLimit = 3650
}

/// A pipeline as it is named within a deal.
package struct PipelineReference: Sendable, Hashable, Codable {
  package var id: Int64
  package var name: String
}
