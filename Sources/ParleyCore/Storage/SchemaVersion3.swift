extension Schema {
  /// What the reports stand on.
  static let version3 = """
    ALTER TABLE workspace ADD COLUMN week_starts_on TEXT NOT NULL DEFAULT 'monday'
      CHECK (week_starts_on IN ('monday', 'sunday'));

    -- All that a forecast asks of a deal stands in the index, in the order of what it asks for: a report reads the entries
    -- of its range and no row.
    CREATE INDEX deals_by_forecast ON deals (
      forecasted_close_on, status, currency, stage_id, pipeline_id, owner_id, value_minor
    );
    CREATE INDEX deals_by_closing ON deals (
      status, closed_at, currency, owner_id, pipeline_id, lost_reason, value_minor
    ) WHERE closed_at IS NOT NULL;
    """
}
