"""The network loses, doubles and reorders packets, and breaks connections: everybody ends with the history that is stored."""

import asyncio
from random import Random

import pytest
from flood import Watcher, Writer, settle
from harness import database, rough
from harness.interface import Interface
from harness.parley import Parley
from harness.sockets import VisitorSocket

SEED = 7
VISITORS = 8
# How often each visitor's connection breaks, and how many acknowledgements it lives for.
BREAKS, LIVES = 3, range(5, 15)


@pytest.fixture
def network():
    if reason := rough.missing():
        pytest.skip(reason)
    with rough.RoughNetwork(SEED) as network:
        yield network


@pytest.fixture
def server(data, network):
    with Parley(data, "serve", "--visitor-limit", "off", host=network.there, prefix=network.prefix) as server:
        yield server


async def write(writer, random):
    """Writes, and breaks the connection now and then, so that acknowledgements are lost on their way."""
    for _ in range(BREAKS):
        acknowledgements = asyncio.Queue()
        writing = asyncio.create_task(writer.write(acknowledgements))
        for _ in range(random.choice(LIVES)):
            await asyncio.wait_for(acknowledgements.get(), 60)
        writer.socket.connection.transport.abort()
        await writing


async def watch(watcher, until):
    """An inbox whose connection breaks as well."""
    while not until.is_set():
        following = asyncio.create_task(watcher.follow())
        await asyncio.wait([following, asyncio.create_task(until.wait())], timeout=2, return_when=asyncio.FIRST_COMPLETED)
        if watcher.socket.connection:
            watcher.socket.connection.transport.abort()
        await following


@pytest.mark.timeout(180)
def test_visitors_and_an_inbox_on_a_bad_line_see_what_is_stored(network, server):
    owner = Interface(server.url)
    owner.set_up(server.setup_token())
    site = owner.get("/api/sites")["sites"][0]["key"]
    random = Random(SEED)
    writers = [Writer(f"visitor{number}", server.url, site) for number in range(VISITORS)]
    watcher = Watcher(server.url, owner.cookie)

    async def story():
        await watcher.catch_up()
        over = asyncio.Event()
        watching = asyncio.create_task(watch(watcher, over))
        await asyncio.gather(*(write(writer, random) for writer in writers))
        over.set()
        await watching
        await settle(writers)
        await watcher.catch_up()
        pages = {}
        for writer in writers:
            async with VisitorSocket(server.url, site, writer.socket.token) as visitor:
                page = await visitor.hello()
                pages[writer.name] = [message["text"] for message in page["messages"]]
        return pages

    pages = asyncio.run(story())
    for kind, count in network.counts.items():
        assert count > 0, f"no packet was {kind}"
    stored = {}
    for row in database.rows(server.database, "SELECT text FROM messages WHERE kind = 'text' ORDER BY id"):
        stored.setdefault(row["text"].split()[0], []).append(row["text"])
    assert stored == {writer.name: [writer.text(index) for index in range(writer.sent)] for writer in writers}
    assert {texts[0].split()[0]: texts for texts in watcher.heard.values()} == stored
    # The first page of a visitor's history holds the latest.
    assert {name: stored[name][-len(page):] for name, page in pages.items()} == pages
