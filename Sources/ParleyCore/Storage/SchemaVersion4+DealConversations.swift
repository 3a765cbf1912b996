extension Schema {
  static let version4DealConversations = """
    -- The conversations that were added to a deal, beside the one that it came from (deals.conversation_id).
    CREATE TABLE deal_conversations (
      deal_id            INTEGER NOT NULL REFERENCES deals (id) ON DELETE CASCADE,
      conversation_id    INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
      agent_id           INTEGER REFERENCES agents (id),
      created_at         INTEGER NOT NULL,
      PRIMARY KEY (deal_id, conversation_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX deal_conversations_by_conversation ON deal_conversations (conversation_id, deal_id);
    """
}
