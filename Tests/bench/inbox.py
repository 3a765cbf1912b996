"""The inbox in front of years of conversations: what its pages take, and how soon a server with them answers."""

import contextlib
import os
import sqlite3
import statistics
import time

from bench.wire import Wire

WORDS = """order delivery invoice refund account password yearly monthly plan price discount shipping parcel address language payment
card bank error page screen mobile tablet login signup email phone meeting demo contract licence seat team owner agent support ticket
question answer problem solution update version release feature request import export contact company report chart number date time
week month quarter customer partner reseller training video document guide manual setup device printer network server cloud backup
security privacy cookie consent travel hotel flight train rental lamp chair table garden kitchen window paint carpet mirror engine
battery charger cable adapter sensor camera lens tripod filter frame canvas paper pencil marker folder binder label stamp envelope""".split()
EACH = 10


def fill(database, conversations):
    """Conversations of ten messages each, written beside the program: by statements that make many rows at once."""
    with contextlib.closing(sqlite3.connect(database, isolation_level=None)) as db:
        for statement in ("PRAGMA synchronous = OFF", "PRAGMA cache_size = -400000", "BEGIN"):
            db.execute(statement)
        db.execute("CREATE TEMP TABLE words (id INTEGER PRIMARY KEY, word TEXT)")
        db.executemany("INSERT INTO words VALUES (?, ?)", enumerate(WORDS))
        db.execute("CREATE TEMP TABLE places (number INTEGER PRIMARY KEY)")
        db.executemany("INSERT INTO places VALUES (?)", [(number,) for number in range(1, EACH + 1)])
        # Written once for all of them below.
        kept = db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'messages'").fetchall()
        for name, _ in kept:
            db.execute(f"DROP TRIGGER {name}")
        db.execute(
            """WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
               INSERT INTO visitors (id, site_id, token_hash, name, email, created_at, last_seen_at, last_number, seen_number)
               SELECT i, 1, 'bench-' || i, 'Visitor ' || i, 'visitor' || i || '@example.com', 1600000000000 + i, 1600000000000 + i, ?, ? FROM n""",
            (conversations, EACH, EACH))
        db.execute(
            """WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
               INSERT INTO conversations (id, site_id, visitor_id, status, assignee_id, activity, last_number, last_text_number, last_text,
                   last_at, created_at)
               SELECT i, 1, i, iif(i % 10, 'completed', 'open'), iif(i % 3, 1, NULL), i * ?, ?, ?, 'The last word', 1600000000000 + i,
                   1600000000000 + i FROM n""", (conversations, EACH, EACH, EACH))
        picks = ", ' ', ".join(f"(SELECT word FROM words WHERE id = (c.id * {a} + p.number * {b}) % {len(WORDS)})" for a, b in
                               [(7, 13), (31, 5), (3, 101), (53, 17), (89, 41), (11, 67), (97, 29), (61, 83)])
        db.execute(
            f"""INSERT INTO messages (conversation_id, number, visitor_id, visitor_number, kind, author, client_id, text, created_at)
                SELECT c.id, p.number, c.id, p.number, 'text', 'visitor', 'bench-' || p.number, {picks.replace(", ' ', ", " || ' ' || ")} || ' n' || c.id,
                    1600000000000 + c.id FROM conversations c CROSS JOIN places p""")
        db.execute("INSERT INTO message_search (message_search) VALUES ('rebuild')")
        for _, sql in kept:
            db.execute(sql)
        db.execute("DELETE FROM sqlite_sequence WHERE name = 'events'")
        db.execute("INSERT INTO sqlite_sequence VALUES ('events', ?)", (conversations * EACH + 1,))
        db.execute("COMMIT")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    # Else the first commit of whoever opens it waits until the kernel has written all that.
    os.sync()


def journeys(conversations):
    yield "list page", lambda number: f"/api/conversations?status={['open', 'completed'][number % 2]}&limit=50"
    yield "thread page", lambda number: f"/api/conversations/{1 + number * 7919 % conversations}/messages"
    yield "session, with the counts", lambda number: "/api/session"
    yield "search for a word of many", lambda number: f"/api/conversations/search?q={WORDS[number % len(WORDS)]}"
    yield "search for two words", lambda number: f"/api/conversations/search?q={WORDS[number % len(WORDS)]}+{WORDS[number * 3 % len(WORDS)]}"
    yield "search for a word of one", lambda number: f"/api/conversations/search?q=n{1 + number * 7919 % conversations}"


def measure(port, cookie, conversations, rounds=20):
    """The median of each journey, in milliseconds; the first round, which reads from the disk, is not among them."""
    wire = Wire(port, cookie)
    figures = {}
    for name, path in journeys(conversations):
        taken = []
        for number in range(rounds + 1):
            began = time.perf_counter()
            wire.request("GET", path(number))
            taken.append(time.perf_counter() - began)
        figures[name] = statistics.median(taken[1:]) * 1000
    wire.close()
    return figures
