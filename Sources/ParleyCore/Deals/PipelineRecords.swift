import SQLite

extension Pipeline.Assignment: Bindable {}
extension DealOrder: Bindable {}

/// The pipelines' and stages' rows.
enum PipelineRecords {
  /// All of them, in their order.
  static func pipelines(in snapshot: borrowing Snapshot) throws -> [Pipeline] {
    var pipelines = try snapshot.rows(
      "SELECT id, name, currency, assignment FROM pipelines ORDER BY position, id", map: pipeline(from:))
    for index in pipelines.indices {
      pipelines[index].stages = try stages(of: pipelines[index].id, in: snapshot)
    }
    return pipelines
  }

  static func exists(_ id: Int64, in snapshot: borrowing Snapshot) throws -> Bool {
    try snapshot.first("SELECT 1 FROM pipelines WHERE id = ?", id) { _ in true } ?? false
  }

  static func ids(in snapshot: borrowing Snapshot) throws -> [Int64] {
    try snapshot.rows("SELECT id FROM pipelines") { $0.int64(0) }
  }

  static func pipeline(_ id: Int64, in snapshot: borrowing Snapshot) throws -> Pipeline? {
    let found = try snapshot.first(
      "SELECT id, name, currency, assignment FROM pipelines WHERE id = ?", id, map: pipeline(from:))
    guard var pipeline = found else { return nil }
    pipeline.stages = try stages(of: id, in: snapshot)
    return pipeline
  }

  /// The pipeline that a stage is of.
  static func pipeline(ofStage id: Int64, in snapshot: borrowing Snapshot) throws -> Pipeline? {
    let found = try snapshot.first("SELECT pipeline_id FROM stages WHERE id = ?", id) { $0.int64(0) }
    return try found.flatMap { try pipeline($0, in: snapshot) }
  }

  /// The stages that a pipeline begins with.
  static let firstStages = [
    StageDraft(name: "To Contact", color: "#64748b", probability: 10),
    StageDraft(name: "In Contact", color: "#2563eb", probability: 30),
    StageDraft(name: "Follow Up", color: "#d97706", probability: 60),
  ]

  /// The pipeline that a new workspace begins with.
  @discardableResult
  static func insertDefault(currency: Currency, in transaction: borrowing Transaction) throws -> Pipeline {
    try insert(name: "Sales", currency: currency, stages: firstStages, in: transaction)
  }

  /// Adds a pipeline after the others. Everyone may everything in it, until someone says otherwise.
  static func insert(
    name: String, currency: Currency, assignment: Pipeline.Assignment = .manual, stages: [StageDraft],
    in transaction: borrowing Transaction
  ) throws -> Pipeline {
    let id = try transaction.insert(
      """
      INSERT INTO pipelines (name, currency, assignment, position)
        SELECT ?, ?, ?, coalesce(max(position), 0) + 1 FROM pipelines
      """, name, currency.code, assignment)
    try GroupRecords.openToEveryone(id, in: transaction)
    for stage in stages { _ = try insert(stage.applied(to: .blank), into: id, in: transaction) }
    guard let pipeline = try pipeline(id, in: transaction.snapshot) else {
      throw ParleyError.defect(reason: "pipelines.insert")
    }
    return pipeline
  }

  static func update(_ pipeline: Pipeline, in transaction: borrowing Transaction) throws {
    try transaction.execute(
      "UPDATE pipelines SET name = ?, currency = ?, assignment = ? WHERE id = ?", pipeline.name,
      pipeline.currency, pipeline.assignment, pipeline.id)
  }

  /// Its deals have gone elsewhere.
  static func delete(_ id: Int64, in transaction: borrowing Transaction) throws {
    try transaction.execute("DELETE FROM deal_totals WHERE pipeline_id = ?", id)
    try transaction.execute("DELETE FROM stages WHERE pipeline_id = ?", id)
    try transaction.execute("DELETE FROM pipelines WHERE id = ?", id)
    try EventRecords.release(pipeline: id, in: transaction)
  }

  /// Adds a stage after the pipeline's others.
  static func insert(
    _ stage: Stage, into pipelineID: Int64, in transaction: borrowing Transaction
  ) throws -> Stage {
    let id = try transaction.insert(
      """
      INSERT INTO stages (pipeline_id, name, color, probability, rotting_days, sort, position)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, coalesce(max(position), 0) + 1 FROM stages WHERE pipeline_id = ?1
      """, pipelineID, stage.name, stage.color, stage.probability, stage.rottingDays, stage.sort)
    var stored = stage
    stored.id = id
    return stored
  }

  static func update(_ stage: Stage, in transaction: borrowing Transaction) throws {
    try transaction.execute(
      "UPDATE stages SET name = ?, color = ?, probability = ?, rotting_days = ?, sort = ? WHERE id = ?",
      stage.name, stage.color, stage.probability, stage.rottingDays, stage.sort, stage.id)
  }

  /// Its deals have gone elsewhere.
  static func delete(stage id: Int64, of pipelineID: Int64, in transaction: borrowing Transaction) throws {
    try transaction.execute("DELETE FROM deal_totals WHERE pipeline_id = ? AND stage_id = ?", pipelineID, id)
    try transaction.execute("DELETE FROM stages WHERE id = ?", id)
  }

  /// Puts all of a pipeline's stages in this order.
  static func reorder(
    _ stages: [Int64], of pipelineID: Int64, in transaction: borrowing Transaction
  ) throws {
    // Positions are unique at every moment: first away from the new ones, then to them.
    try transaction.execute("UPDATE stages SET position = -position WHERE pipeline_id = ?", pipelineID)
    for (index, id) in stages.enumerated() {
      try transaction.execute("UPDATE stages SET position = ? WHERE id = ?", index + 1, id)
    }
  }

  private static func pipeline(from row: borrowing Row) throws -> Pipeline {
    guard let assignment = Pipeline.Assignment(rawValue: row.text(3)) else {
      throw ParleyError.defect(reason: "pipelines.assignment")
    }
    return Pipeline(
      id: row.int64(0), name: row.text(1), currency: row.text(2), assignment: assignment, stages: [])
  }

  private static func stages(of pipelineID: Int64, in snapshot: borrowing Snapshot) throws -> [Stage] {
    try snapshot.rows(
      """
      SELECT id, name, color, probability, rotting_days, sort FROM stages WHERE pipeline_id = ?
        ORDER BY position
      """, pipelineID
    ) { row in
      guard let sort = DealOrder(rawValue: row.text(5)) else {
        throw ParleyError.defect(reason: "stages.sort")
      }
      return Stage(
        id: row.int64(0), name: row.text(1), color: row.text(2), probability: row.int(3),
        rottingDays: row.optionalInt64(4).map { Int($0) }, sort: sort)
    }
  }
}
