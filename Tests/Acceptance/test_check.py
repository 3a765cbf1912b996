"""`parley check`: what is whole is said to be, and what is not is named."""

import asyncio
import contextlib
import re
import shutil
import sqlite3

import pytest
from harness import database
from harness.parley import Parley, run
from harness.sockets import VisitorSocket


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The database of a demo workspace that was served and ended."""
    with Parley(tmp_path_factory.mktemp("demo") / "data", "demo") as server:
        assert server.stop() == 0
        yield server.database


@pytest.fixture
def copy(demo, tmp_path):
    return shutil.copy(demo, tmp_path / "copy.sqlite")


def test_a_database_that_is_whole_is_told_so_with_what_it_holds(copy):
    result = run("check", copy)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "whole" in result.stdout
    assert not re.search(r"\b0 ", result.stdout)


def test_a_database_can_be_checked_while_it_is_served(server, owner, site):
    async def write():
        async with VisitorSocket(server.url, site) as visitor:
            await visitor.hello()
            await visitor.post("message-before", "before the check")
            await visitor.receive("message")
    asyncio.run(write())
    result = run("check", server.database)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "1 conversations, 1 messages" in result.stdout
    assert server.is_ready()


def test_what_waits_for_the_search_is_in_its_index_when_the_server_comes_again(server, owner, site):
    async def write():
        async with VisitorSocket(server.url, site) as visitor:
            await visitor.hello()
            await visitor.post("message-waiting", "before the end")
            await visitor.receive("message")
    asyncio.run(write())

    def indexed():
        return database.value(server.database, "SELECT count(*) FROM message_search_docsize")

    assert indexed() == 0
    server.kill()
    server.start()
    assert indexed() == 1


@pytest.mark.parametrize("harm, check", [
    ("DELETE FROM messages WHERE id = (SELECT max(id) FROM messages WHERE kind = 'text')", "conversation numbers"),
    ("UPDATE visitors SET last_number = last_number + 1 WHERE id = 1", "visitor numbers"),
    ("UPDATE conversation_counts SET count = count + 1", "conversation counts"),
    ("UPDATE deal_totals SET rest = rest + 1 WHERE count > 0", "deal totals"),
    ("UPDATE deal_forecasts SET weighted_rest = weighted_rest + 1 WHERE owner_id = 0", "deal forecasts"),
    ("UPDATE deal_outcomes SET lost = lost + 1", "deal outcomes"),
    ("UPDATE deal_loss_reasons SET rest = rest + 1 WHERE owner_id = 0", "loss reasons"),
    ("UPDATE stage_flow SET billions = billions + 1", "stage flow"),
    ("UPDATE deals SET closed_at = 1 WHERE status = 'open'", "deal closing"),
    ("DELETE FROM sqlite_sequence WHERE name = 'events'", "event numbers"),
    ("DELETE FROM contact_search_docsize WHERE id = (SELECT min(id) FROM contacts)", "search of contacts"),
    ("INSERT INTO message_search_docsize (id, sz) VALUES (99999999, x'01')", "search of messages"),
    ("INSERT INTO messages (conversation_id, number, visitor_id, kind, author, text, created_at)"
     " WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 256)"
     " SELECT 1, 100000 + i, (SELECT visitor_id FROM conversations WHERE id = 1), 'text', 'visitor', 'x', 0 FROM n",
     "messages that wait for the search"),
    ("UPDATE deals SET owner_id = 4242", "references"),
])
def test_what_disagrees_is_named(copy, harm, check):
    with contextlib.closing(sqlite3.connect(copy)) as copied:
        assert copied.execute(harm).rowcount > 0
        copied.commit()
    result = run("check", copy)
    assert result.returncode == 1
    assert check in {line.split(":")[0] for line in result.stdout.splitlines()}
    assert result.stderr.strip().endswith("is not whole.")


def test_damaged_pages_are_told(copy):
    with open(copy, "r+b") as file:
        size = file.seek(0, 2)
        # In the middle of the tables, a page of nothing.
        file.seek(size // 8192 * 4096)
        file.write(bytes(4096 * 8))
    result = run("check", copy)
    assert result.returncode == 1
    assert "pages:" in result.stdout or "damaged" in result.stderr


@pytest.mark.parametrize("content", [None, b"no database at all " * 500])
def test_what_is_no_database_is_one_line(tmp_path, content):
    path = tmp_path / "file.sqlite"
    if content:
        path.write_bytes(content)
    result = run("check", path)
    assert result.returncode == 1
    assert len(result.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("version, word", [(1, "older"), (4242, "newer")])
def test_a_database_of_another_version_is_not_judged(copy, version, word):
    with contextlib.closing(sqlite3.connect(copy)) as copied:
        copied.execute(f"PRAGMA user_version = {version}")
    result = run("check", copy)
    assert result.returncode == 1
    assert word in result.stderr
