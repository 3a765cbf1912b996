/// The way that a kind of deal goes, stage by stage.
package struct Pipeline: Sendable, Hashable, Codable {
  package var id: Int64
  package var name: String
  /// The code of the currency that its deals have unless another is chosen.
  package var currency: String
  /// In the order in which deals pass them; never empty.
  package var stages: [Stage]
}

/// A step of a pipeline.
package struct Stage: Sendable, Hashable, Codable {
  package var id: Int64
  package var name: String
  /// `#rrggbb`.
  package var color: String
}

/// A pipeline as it is named within a deal.
package struct PipelineReference: Sendable, Hashable, Codable {
  package var id: Int64
  package var name: String
}
