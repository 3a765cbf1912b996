"""Workspaces of any size: made by the real program, and filled by statements, since a million requests would take hours.

The rows are those that the program itself would have stored, and its triggers run. What differs between two deals comes of their ids,
so two runs measure the same workspace.
"""

import contextlib
import pathlib
import sqlite3
import time

from bench.names import FIRST_NAMES, LAST_NAMES, NOUNS, PLACES
from harness.interface import Interface
from harness.parley import Parley

DAY = 86_400_000
AGENTS = 64
PIPELINES = 3
STAGES = 5
TAGS = 40
BATCH = 50_000


class Workspace:
    def __init__(self, folder, size):
        self.size = size
        self.server = Parley(pathlib.Path(folder, f"deals-{size}"), "serve", "--log-level", "warning")
        self.pipelines = []

    def __enter__(self):
        """Fills it where that has not been done, and starts it."""
        is_new = not self.server.database.exists()
        self.server.start()
        self.owner = Interface(self.server.url)
        if is_new:
            self.owner.set_up(self.server.setup_token())
            self.make_pipelines()
            self.server.stop()
            self.fill()
            self.server.start()
        self.owner.sign_in()
        self.pipelines = self.owner.get("/api/pipelines")["pipelines"]
        return self

    def __exit__(self, *_):
        self.server.end()

    def make_pipelines(self):
        first = self.owner.get("/api/pipelines")["pipelines"][0]
        pipelines = [first] + [self.owner.post("/api/pipelines", {"name": f"Pipeline {number}", "currency": "USD"}) for number in range(2, PIPELINES + 1)]
        for pipeline in pipelines:
            for number in range(len(pipeline["stages"]) + 1, STAGES + 1):
                self.owner.post(f"/api/pipelines/{pipeline['id']}/stages", {"name": f"Stage {number}"})

    def fill(self):
        with contextlib.closing(sqlite3.connect(self.server.database, isolation_level=None)) as database:
            # Nothing is lost by a power cut that could not be made again.
            database.execute("PRAGMA synchronous = OFF")
            database.execute("PRAGMA cache_size = -1000000")
            database.execute("PRAGMA temp_store = MEMORY")
            prepare(database)
            for kind, statements in STATEMENTS.items():
                count = max(1, self.size // 10) if kind in ("accounts", "conversations") else self.size
                for first in range(1, count + 1, BATCH):
                    run(database, statements, {"first": first, "last": min(count, first + BATCH - 1), "size": self.size, "now": int(time.time() * 1000)})
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def run(database, statements, values):
    database.execute("BEGIN")
    for statement in statements:
        named = {name: value for name, value in values.items() if f":{name}" in statement}
        database.execute(statement, named)
    database.execute("COMMIT")


def prepare(database):
    """What the rows are made of, in temporary tables by numbers from 0, and who works there."""
    for table, words in {"first_name": FIRST_NAMES, "last_name": LAST_NAMES, "noun": NOUNS, "place": PLACES}.items():
        database.execute(f"CREATE TEMP TABLE {table} (id INTEGER PRIMARY KEY, word TEXT)")
        database.executemany(f"INSERT INTO {table} VALUES (?, ?)", enumerate(words))
    database.execute("CREATE TEMP TABLE stage (id INTEGER PRIMARY KEY, stage_id INTEGER, pipeline_id INTEGER, position INTEGER)")
    database.execute("INSERT INTO stage SELECT row_number() OVER (ORDER BY pipeline_id, position) - 1, id, pipeline_id, position FROM stages")
    database.execute("BEGIN")
    database.executemany(
        "INSERT INTO agents (name, email, email_key, role, password_hash, created_at) VALUES (?1, ?2, ?2, 'agent', '', 0)",
        [(f"Agent {number}", f"agent{number}@example.com") for number in range(2, AGENTS + 1)])
    database.executemany("INSERT INTO tags (name, name_key) VALUES (?1, ?1)", [(f"tag {number}",) for number in range(1, TAGS + 1)])
    database.execute("COMMIT")


# As many numbers as rows, and others that look like chance: the low bits of a product with a great odd number.
NUMBERS = """
    WITH RECURSIVE number (id) AS (SELECT :first UNION ALL SELECT id + 1 FROM number WHERE id < :last),
      row AS (SELECT id, (id * 2654435761) % 4294967296 AS a, (id * 2246822519 + 374761393) % 4294967296 AS b FROM number)
"""
PERSON = f"""
    first_name.word AS first, last_name.word AS last FROM row
      JOIN temp.first_name ON first_name.id = a / 64 % {len(FIRST_NAMES)}
      JOIN temp.last_name ON last_name.id = b / 64 % {len(LAST_NAMES)}
"""
# Of the last three years; a quarter of the deals is a month old or less.
CREATED = f"(:now - iif(a % 4 = 0, b % (30 * {DAY}), (a * 4096 + b) % (1095 * {DAY})))"


def later(days):
    """So many days after a deal was made at the most, and spread over the time until now where that is less."""
    return f"(created + min({days} * {DAY}, (:now - created) * (50 + a % 50) / 100))"


STATEMENTS = {
    "accounts": [f"""
        INSERT INTO accounts (id, name, name_key, url, created_at, sort_key, last_activity_at) {NUMBERS}
          SELECT row.id, name, lower(name), '', :now, lower(name), :now FROM (
            SELECT row.id AS id, noun.word || ' ' || place.word || ' ' || row.id AS name FROM row
              JOIN temp.noun ON noun.id = a / 64 % {len(NOUNS)} JOIN temp.place ON place.id = b / 64 % {len(PLACES)}) AS row
    """],
    "contacts": [f"""
        INSERT INTO contacts (id, email, email_key, first_name, last_name, account_id, created_at, sort_key, last_activity_at) {NUMBERS}
          SELECT id, email, email, first, last, 1 + id % max(1, :size / 10), :now, lower(first || ' ' || last),
              :now - id * 1000 FROM (
            SELECT row.id AS id, lower(first_name.word || '.' || last_name.word) || row.id || '@example.com' AS email, {PERSON})
    """, f"""
        INSERT INTO contact_tags (contact_id, tag_id) {NUMBERS}
          SELECT id, 1 + a / 16 % {TAGS} FROM row WHERE a % 3 = 0
    """],
    "deals": [f"""
        INSERT INTO deals (id, title, sort_key, description, value_minor, currency, owner_id, pipeline_id, stage_id, rank, status,
            forecasted_close_on, contact_id, account_id, created_by, created_at, stage_entered_at, last_activity_at, closed_at, lost_reason) {NUMBERS}
          SELECT row.id, noun.word || ' for ' || last_name.word || ' ' || row.id, lower(noun.word || ' for ' || last_name.word || ' ' || row.id),
              'As spoken of on the telephone.', 100 * (1 + a % 100000),
              iif(b % 20 = 0, 'JPY', iif(b % 20 < 4, 'EUR', 'USD')), 1 + b / 32 % {AGENTS}, stage.pipeline_id, stage.stage_id,
              printf('%016x', 4611686018427387904 - row.id), row.status,
              iif(a % 11 = 0, NULL, date(:now / 1000, 'unixepoch', (b % 1000 - 550) || ' days')),
              row.id, 1 + row.id % max(1, :size / 10), 1, created, {later(20)}, {later(25)},
              iif(row.status = 'open', NULL, {later(40)}),
              iif(row.status = 'lost', CASE a % 4 WHEN 0 THEN 'Price' WHEN 1 THEN 'Timing' WHEN 2 THEN 'A competitor' ELSE '' END, '')
            FROM (SELECT *, {CREATED} AS created,
                CASE WHEN a % 10 < 6 THEN 'open' WHEN a % 10 < 9 THEN 'won' ELSE 'lost' END AS status FROM row) AS row
              JOIN temp.noun ON noun.id = a / 64 % {len(NOUNS)}
              JOIN temp.last_name ON last_name.id = b / 64 % {len(LAST_NAMES)}
              JOIN temp.stage ON stage.id = iif(a % 2 = 0, b / 128 % {STAGES}, b / 128 % {STAGES * PIPELINES})
    """, f"""
        INSERT INTO deal_stays (deal_id, stage_id, owner_id, currency, value_minor, entered_at, left_at, fate)
          SELECT deals.id, passed.id, owner_id, currency, value_minor, created_at + (passed.position - 1) * {DAY},
              created_at + passed.position * {DAY} * (1 + deals.id % 5), 'onward'
            FROM deals JOIN stages AS present ON present.id = deals.stage_id
              JOIN stages AS passed ON passed.pipeline_id = present.pipeline_id AND passed.position < present.position
            WHERE deals.id BETWEEN :first AND :last
    """, f"""
        INSERT INTO deal_changes (deal_id, agent_id, field, from_value, to_value, created_at)
          SELECT id, 1, 'created', NULL, json_quote(title), created_at FROM deals WHERE id BETWEEN :first AND :last
    """, f"""
        INSERT INTO deal_tags (deal_id, tag_id) {NUMBERS} SELECT id, 1 + b / 16 % {TAGS} FROM row WHERE b % 2 = 0
    """, f"""
        INSERT INTO tasks (deal_id, title, kind, due_on, assignee_id, created_by, created_at) {NUMBERS}
          SELECT id, 'Ring back', 'call', date(:now / 1000, 'unixepoch', (a % 60 - 20) || ' days'), 1 + b / 32 % {AGENTS}, 1, :now
            FROM row WHERE a % 8 = 0
    """],
}
