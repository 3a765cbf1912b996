"""What was acknowledged is on the disk."""

import asyncio
import os
import re
import urllib.parse
from random import Random

import pytest
from flood import Writer, flood, settle
from harness import database
from harness.parley import run
from harness.sockets import VisitorSocket

VISITORS = 64
# `./dev chaos` plays more of them.
ROUNDS = int(os.environ.get("PARLEY_CHAOS_ROUNDS", 4))
SEED = int(os.environ.get("PARLEY_CHAOS_SEED", 1))


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


@pytest.mark.timeout(60 + 30 * ROUNDS)
def test_every_acknowledged_message_survives_a_kill_once_and_in_order(server, owner, site):
    random = Random(SEED)
    writers = [Writer(f"visitor{number:02}", server.url, site) for number in range(VISITORS)]
    for round in range(ROUNDS):
        # Each round is struck at another moment: between, before and after commits.
        moment = random.randrange(VISITORS * 4, VISITORS * 60)
        asyncio.run(flood(writers, at_least=moment, then=server.kill))
        promised = {writer.name: dict(writer.acknowledged) for writer in writers}
        stored = texts_by_visitor(
            database.rows(
                server.database,
                "SELECT text FROM messages WHERE author = 'visitor' AND kind = 'text' ORDER BY visitor_id, number"))
        for writer in writers:
            kept = stored.get(writer.name, [])
            # In order and without a gap or a double: exactly the first of those that were sent.
            assert kept == [writer.text(index) for index in range(len(kept))], f"round {round} of seed {SEED}"
            assert set(promised[writer.name]) <= set(range(len(kept))), f"round {round} of seed {SEED}"
        server.start()
        witness = random.choice(writers)
        if promised[witness.name]:
            assert asyncio.run(history(server, site, witness)) == stored[witness.name]
            assert len(found(owner, witness.text(max(promised[witness.name])))) == 1

    asyncio.run(settle(writers))
    threads = {}
    for conversation in owner.conversations(assignee="all", status="open"):
        texts = [each["text"] for each in owner.messages(conversation["id"]) if each["kind"] == "text"]
        threads[texts[0].split()[0]] = texts
    assert len(threads) == VISITORS
    for writer in writers:
        assert threads[writer.name] == [writer.text(index) for index in range(writer.sent)]
    checked = run("check", server.database)
    assert checked.returncode == 0, checked.stdout


def test_a_graceful_end_in_the_midst_of_a_flood_loses_nothing_either(server, owner, site):
    writers = [Writer(f"visitor{number:02}", server.url, site) for number in range(VISITORS)]
    statuses = []
    asyncio.run(flood(writers, at_least=VISITORS * 20, then=lambda: statuses.append(server.stop())))
    assert statuses == [0]
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
