extension Schema {
  /// Titles in order as people read them, and amounts looked up without their currency.
  static let version4DealOrder = """
    -- As the sort_key of contacts and accounts: a title with an accent stands behind the others until it is next changed.
    ALTER TABLE deals ADD COLUMN sort_key TEXT NOT NULL DEFAULT '';
    UPDATE deals SET sort_key = lower(title);
    DROP INDEX deals_by_title;
    CREATE INDEX deals_by_title ON deals (stage_id, status, sort_key, id);
    CREATE INDEX deals_by_amount ON deals (stage_id, status, value_minor, currency);
    """
}
