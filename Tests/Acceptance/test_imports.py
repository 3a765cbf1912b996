"""Imports in the real process: killed in the middle, they end whole; and the chat goes on beside them."""

import time
from random import Random

from harness import database
from harness.imports import Importing
from harness.parley import run

ROWS = 3000


def table(rows, domain="example.com"):
    lines = [f"person{n}@{domain},Given{n},Family{n % 97},Company {n % 40},all" for n in range(rows)]
    return "Email,First name,Last name,Company,Tags\n" + "\n".join(lines) + "\n"


def counts(server):
    return [
        database.rows(server.database, f"SELECT count(*) AS n FROM {name}")[0]["n"]
        for name in ("contacts", "accounts", "contact_tags")]


def test_an_import_that_is_killed_again_and_again_stores_each_row_once(server, owner):
    random = Random(1)
    importing = Importing(owner, "contacts", table(ROWS))
    plan = importing.check()["plan"]
    assert plan["created"] == ROWS and plan["accounts"] == 40
    importing.act("run")
    seen = set()
    for _ in range(4):
        time.sleep(random.uniform(0.05, 0.3))
        server.kill()
        [row] = database.rows(server.database, "SELECT state, processed FROM imports")
        # What is counted as done is done, and nothing else is.
        assert counts(server)[0] == row["processed"]
        seen.add(row["processed"])
        server.start()
    done = importing.until("done")
    assert len(seen) > 1
    assert done["result"] == plan
    assert counts(server) == [ROWS, 40, ROWS]
    assert run("check", server.database).returncode == 0

    # Taken back, and killed on that way too.
    importing.act("undo")
    time.sleep(0.1)
    server.kill()
    server.start()
    importing.until("undone")
    assert counts(server) == [0, 0, 0]
    assert run("check", server.database).returncode == 0
