"""What was acknowledged is on the disk."""

import asyncio
import os
import re
import urllib.parse
from random import Random

import pytest
from flood import Watcher, Writer, flood, settle
from harness import database
from harness.parley import run
from harness.sockets import VisitorSocket

VISITORS = 64
# `./dev chaos` plays more of them.
ROUNDS = int(os.environ.get("PARLEY_CHAOS_ROUNDS", 4))
SEED = int(os.environ.get("PARLEY_CHAOS_SEED", 1))
# Each round looks at what it wrote, and after so many at all that is there.
BETWEEN_FULL_CHECKS = 25


def texts_by_visitor(rows):
    """The messages of each visitor, in the order given."""
    texts = {}
    for row in rows:
        texts.setdefault(re.match(r"(\w+) says", row["text"]).group(1), []).append(row["text"])
    return texts


async def history(server, site, writer):
    """All that a client of a visitor sees who comes back knowing nothing."""
    async with VisitorSocket(server.url, site, writer.socket.token) as client:
        page = await client.hello()
        messages = page["messages"]
        while page["hasEarlier"]:
            await client.send(type="history", before=messages[0]["number"])
            page = await client.receive("history")
            messages = page["messages"] + messages
        return [each["text"] for each in messages]


def found(owner, text):
    """The conversations that a search for a whole text finds."""
    query = urllib.parse.urlencode({"q": text})
    return [each["conversation"]["id"] for each in owner.get(f"/api/conversations/search?{query}")["results"]]


class Witness:
    """Knows what the database held, so that a look at it costs what came since, not all that is there."""

    def __init__(self, server):
        self.server = server
        self.last = 0
        self.stored = {}

    def look(self):
        rows = database.rows(
            self.server.database,
            "SELECT id, text FROM messages WHERE id > ? AND author = 'visitor' AND kind = 'text' ORDER BY visitor_id, number",
            self.last)
        self.last = max([self.last, *(row["id"] for row in rows)])
        for name, texts in texts_by_visitor(rows).items():
            self.stored.setdefault(name, []).extend(texts)

    def look_at_all(self):
        known = self.stored
        self.last, self.stored = 0, {}
        self.look()
        assert self.stored == known


def held(writers, stored):
    """Of each writer, in order and without a gap or a double, exactly the first of those that were sent, with all that was acknowledged."""
    for writer in writers:
        kept = stored.get(writer.name, [])
        if kept != [writer.text(index) for index in range(len(kept))] or len(kept) > writer.sent:
            return False
        if writer.acknowledged and max(writer.acknowledged) >= len(kept):
            return False
    return True


@pytest.mark.timeout(60 + 30 * ROUNDS)
def test_every_acknowledged_message_survives_a_kill_once_and_in_order(server, owner, site):
    random = Random(SEED)
    writers = [Writer(f"visitor{number:02}", server.url, site) for number in range(VISITORS)]
    watcher = Watcher(server.url, owner.cookie)
    witness = Witness(server)
    # From here on the inbox misses nothing: it knows where the log stood before the first message, however late it comes to the flood.
    asyncio.run(watcher.catch_up())
    for round in range(ROUNDS):
        # Each round is struck at another moment: between, before and after commits.
        moment = random.randrange(VISITORS * 4, VISITORS * 60)
        asyncio.run(flood(writers, at_least=moment, then=server.kill, watcher=watcher))
        witness.look()
        assert held(writers, witness.stored), f"round {round} of seed {SEED}"
        server.start()
        # An inbox that resumes, and a visitor who comes back knowing nothing, see what is stored; so does a search.
        asyncio.run(watcher.catch_up())
        heard = {texts[0].split()[0]: texts for texts in watcher.heard.values()}
        assert heard == witness.stored, f"round {round} of seed {SEED}"
        guest = random.choice([writer for writer in writers if writer.acknowledged])
        assert asyncio.run(history(server, site, guest)) == witness.stored[guest.name], f"round {round} of seed {SEED}"
        assert len(found(owner, guest.text(max(guest.acknowledged)))) == 1
        if round % BETWEEN_FULL_CHECKS == BETWEEN_FULL_CHECKS - 1:
            witness.look_at_all()
            checked = run("check", server.database)
            assert checked.returncode == 0, checked.stdout

    # Those who were cut off resume, send the rest, and everybody sees the same.
    asyncio.run(settle(writers))
    written = {writer.name: [writer.text(index) for index in range(writer.sent)] for writer in writers}
    witness.look()
    assert witness.stored == written
    threads = {}
    for conversation in owner.conversations(assignee="all", status="open"):
        texts = [each["text"] for each in owner.messages(conversation["id"]) if each["kind"] == "text"]
        threads[texts[0].split()[0]] = texts
    assert threads == written
    for writer in writers:
        assert asyncio.run(history(server, site, writer)) == written[writer.name]
    checked = run("check", server.database)
    assert checked.returncode == 0, checked.stdout


def test_a_graceful_end_in_the_midst_of_a_flood_loses_nothing_either(server, owner, site):
    writers = [Writer(f"visitor{number:02}", server.url, site) for number in range(VISITORS)]
    statuses = []
    asyncio.run(flood(writers, at_least=VISITORS * 20, then=lambda: statuses.append(server.stop())))
    assert statuses == [0]
    # Each was told that the server goes away, and not just cut off.
    assert {writer.close_code for writer in writers} == {1001}
    server.start()
    asyncio.run(settle(writers))
    stored = texts_by_visitor(
        database.rows(server.database, "SELECT text FROM messages WHERE kind = 'text' ORDER BY visitor_id, number"))
    for writer in writers:
        assert stored[writer.name] == [writer.text(index) for index in range(writer.sent)]


def test_sessions_deals_and_the_people_in_them_survive_a_kill(server, owner):
    session = owner.session()
    pipeline = session["pipelines"][0]
    draft = {
        "title": "Ten licences", "value": {"minor": 125000, "currency": "USD"}, "ownerID": session["agent"]["id"],
        "forecastedCloseOn": None, "pipelineID": pipeline["id"], "stageID": pipeline["stages"][0]["id"],
        "description": "", "conversationID": None,
        "contact": {"new": {"name": "Ada Lovelace", "email": "ada@example.com"}},
        "account": {"new": {"name": "Analytical Engines"}},
    }
    saved = owner.post("/api/deals", draft, **{"Idempotency-Key": "a-key-of-the-test"})
    server.kill()
    server.start()
    # The session goes on, and the lost reply's resend is answered with the deal as it was saved.
    assert owner.get(f"/api/deals/{saved['deal']['id']}") == saved["deal"]
    assert owner.post("/api/deals", draft, **{"Idempotency-Key": "a-key-of-the-test"}) == saved
    for table in ("deals", "contacts", "accounts"):
        assert database.value(server.database, f"SELECT count(*) FROM {table}") == 1
