extension Schema {
  /// Who may do what with the deals of a pipeline.
  static let version4Groups = """
    -- One group is everyone: every agent belongs to it, without a row for it.
    CREATE TABLE agent_groups (
      id                 INTEGER PRIMARY KEY,
      name               TEXT NOT NULL,
      name_key           TEXT NOT NULL UNIQUE,
      is_everyone        INTEGER NOT NULL DEFAULT 0 CHECK (is_everyone IN (0, 1)),
      created_at         INTEGER NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX agent_groups_everyone ON agent_groups (is_everyone) WHERE is_everyone = 1;

    CREATE TABLE agent_group_members (
      group_id           INTEGER NOT NULL REFERENCES agent_groups (id) ON DELETE CASCADE,
      agent_id           INTEGER NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
      PRIMARY KEY (group_id, agent_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX agent_group_members_by_agent ON agent_group_members (agent_id, group_id);

    -- What a group may do in a pipeline. A row means that it may see it.
    CREATE TABLE pipeline_rights (
      group_id           INTEGER NOT NULL REFERENCES agent_groups (id) ON DELETE CASCADE,
      pipeline_id        INTEGER NOT NULL REFERENCES pipelines (id) ON DELETE CASCADE,
      may_add            INTEGER NOT NULL CHECK (may_add IN (0, 1)),
      may_edit           INTEGER NOT NULL CHECK (may_edit IN (0, 1)),
      may_delete         INTEGER NOT NULL CHECK (may_delete IN (0, 1)),
      may_reassign       INTEGER NOT NULL CHECK (may_reassign IN (0, 1)),
      PRIMARY KEY (group_id, pipeline_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX pipeline_rights_by_pipeline ON pipeline_rights (pipeline_id, group_id);

    INSERT INTO agent_groups (name, name_key, is_everyone, created_at) VALUES ('', '', 1, 0);
    INSERT INTO pipeline_rights SELECT agent_groups.id, pipelines.id, 1, 1, 1, 1 FROM agent_groups, pipelines;

    -- The one rule: owners may everything; the others what any of their groups may.
    CREATE VIEW agent_rights AS
      SELECT agents.id AS agent_id, pipelines.id AS pipeline_id, 1 AS may_add, 1 AS may_edit, 1 AS may_delete,
          1 AS may_reassign
        FROM agents CROSS JOIN pipelines WHERE agents.role = 'owner'
      UNION ALL
      SELECT agents.id, pipeline_rights.pipeline_id, may_add, may_edit, may_delete, may_reassign
        FROM agent_groups
          JOIN pipeline_rights ON pipeline_rights.group_id = agent_groups.id
          CROSS JOIN agents
        WHERE agent_groups.is_everyone = 1
      UNION ALL
      SELECT agent_group_members.agent_id, pipeline_rights.pipeline_id, may_add, may_edit, may_delete, may_reassign
        FROM agent_group_members
          JOIN pipeline_rights ON pipeline_rights.group_id = agent_group_members.group_id;

    -- Counts what may change that, whoever changes it: what is remembered of it is as of a number.
    CREATE TABLE access_version (
      id                 INTEGER PRIMARY KEY CHECK (id = 1),
      number             INTEGER NOT NULL
    ) STRICT;
    INSERT INTO access_version VALUES (1, 1);
    CREATE TRIGGER access_agent_added AFTER INSERT ON agents BEGIN
      UPDATE access_version SET number = number + 1;
    END;
    CREATE TRIGGER access_agent_removed AFTER DELETE ON agents BEGIN
      UPDATE access_version SET number = number + 1;
    END;
    CREATE TRIGGER access_role_changed AFTER UPDATE OF role ON agents BEGIN
      UPDATE access_version SET number = number + 1;
    END;
    CREATE TRIGGER access_pipeline_added AFTER INSERT ON pipelines BEGIN
      UPDATE access_version SET number = number + 1;
    END;
    CREATE TRIGGER access_pipeline_removed AFTER DELETE ON pipelines BEGIN
      UPDATE access_version SET number = number + 1;
    END;
    CREATE TRIGGER access_member_added AFTER INSERT ON agent_group_members BEGIN
      UPDATE access_version SET number = number + 1;
    END;
    CREATE TRIGGER access_member_removed AFTER DELETE ON agent_group_members BEGIN
      UPDATE access_version SET number = number + 1;
    END;
    CREATE TRIGGER access_right_added AFTER INSERT ON pipeline_rights BEGIN
      UPDATE access_version SET number = number + 1;
    END;
    CREATE TRIGGER access_right_changed AFTER UPDATE ON pipeline_rights BEGIN
      UPDATE access_version SET number = number + 1;
    END;
    CREATE TRIGGER access_right_removed AFTER DELETE ON pipeline_rights BEGIN
      UPDATE access_version SET number = number + 1;
    END;
    """
}
