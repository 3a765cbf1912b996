/// How deals came through the stages of a pipeline: what became of those that entered each stage within a range. Its keys are
/// the interface's.
package struct Funnel: Sendable, Hashable, Encodable {
  /// What became of the deals of one currency that entered a stage. A deal that entered it twice counts twice; nothing is
  /// converted.
  package struct Entry: Sendable, Hashable, Encodable {
    package var stageID: Int64
    package var currency: String
    /// All of them: the sum of what follows.
    package var entered = Forecast.Sum.nothing
    /// Went to a stage behind this one.
    package var onward = Forecast.Sum.nothing
    /// Went to a stage before this one.
    package var back = Forecast.Sum.nothing
    /// Went to another pipeline.
    package var away = Forecast.Sum.nothing
    /// Were won, or lost, in this stage.
    package var won = Forecast.Sum.nothing
    package var lost = Forecast.Sum.nothing
    /// Are still in it.
    package var there = Forecast.Sum.nothing
  }

  /// Of the pipeline, in their order.
  package var stages: [Stage]
  /// Those that hold anything, by stage, then by currency.
  package var entries: [Entry]
}

/// What became of a deal that entered a stage.
package enum StageFate: String, Sendable, Hashable, CaseIterable {
  case there, onward, back, away, won, lost
}

/// How long deals stay in the stages of a pipeline. Its keys are the interface's.
package struct StageTimes: Sendable, Hashable, Encodable {
  /// How long some stays lasted, in milliseconds. Nil where there were none.
  package struct Span: Sendable, Hashable, Encodable {
    /// So many were measured: the latest ones, where there are more.
    package var count: Int
    package var isExact: Bool
    @Nullable package var median: Int64?
    @Nullable package var average: Int64?
  }

  package struct Row: Sendable, Hashable, Encodable {
    package var stageID: Int64
    /// Of the stays that ended within the range.
    package var left: Span
    /// Of those that last, until now.
    package var there: Span
  }

  package var stages: [Stage]
  /// One a stage, in their order.
  package var rows: [Row]

  /// How many stays of a stage are measured at most.
  package static let limit = 2500
}

extension Forecast.Sum {
  static let nothing = Forecast.Sum(count: 0, minor: MinorSum())

  static func += (sum: inout Forecast.Sum, more: Forecast.Sum) {
    sum.count += more.count
    sum.minor += more.minor
  }
}
