import SQLite

/// The pipelines' and stages' rows.
enum PipelineRecords {
  /// All of them, in their order.
  static func pipelines(in snapshot: borrowing Snapshot) throws -> [Pipeline] {
    var pipelines = try snapshot.rows(
      "SELECT id, name, currency FROM pipelines ORDER BY position, id"
    ) { row in
      Pipeline(id: row.int64(0), name: row.text(1), currency: row.text(2), stages: [])
    }
    for index in pipelines.indices {
      pipelines[index].stages = try stages(of: pipelines[index].id, in: snapshot)
    }
    return pipelines
  }

  static func pipeline(_ id: Int64, in snapshot: borrowing Snapshot) throws -> Pipeline? {
    let found = try snapshot.first("SELECT id, name, currency FROM pipelines WHERE id = ?", id) { row in
      Pipeline(id: row.int64(0), name: row.text(1), currency: row.text(2), stages: [])
    }
    guard var pipeline = found else { return nil }
    pipeline.stages = try stages(of: id, in: snapshot)
    return pipeline
  }

  /// The pipeline that a new workspace begins with.
  @discardableResult
  static func insertDefault(currency: Currency, in transaction: borrowing Transaction) throws -> Pipeline {
    try insert(
      name: "Sales", currency: currency,
      stages: [("To Contact", "#64748b"), ("In Contact", "#2563eb"), ("Follow Up", "#d97706")],
      in: transaction)
  }

  /// Adds a pipeline after the others.
  static func insert(
    name: String, currency: Currency, stages: [(name: String, color: String)],
    in transaction: borrowing Transaction
  ) throws -> Pipeline {
    let id = try transaction.insert(
      """
      INSERT INTO pipelines (name, currency, position)
        SELECT ?, ?, coalesce(max(position), 0) + 1 FROM pipelines
      """, name, currency.code)
    for (index, stage) in stages.enumerated() {
      try transaction.execute(
        "INSERT INTO stages (pipeline_id, name, color, position) VALUES (?, ?, ?, ?)", id, stage.name,
        stage.color, index + 1)
    }
    return Pipeline(
      id: id, name: name, currency: currency.code, stages: try self.stages(of: id, in: transaction.snapshot))
  }

  private static func stages(of pipelineID: Int64, in snapshot: borrowing Snapshot) throws -> [Stage] {
    try snapshot.rows(
      "SELECT id, name, color FROM stages WHERE pipeline_id = ? ORDER BY position", pipelineID
    ) { row in
      Stage(id: row.int64(0), name: row.text(1), color: row.text(2))
    }
  }
}
