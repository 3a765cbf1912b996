"""Whoever does harm is sent away with the right code, costs little memory, and is no reason for anybody else to be cut off."""

import asyncio
import os
import resource

import pytest
from harness import database, offenders
from harness.interface import Interface
from harness.offenders import Offender
from harness.pair import Pair
from harness.parley import Parley
from harness.sockets import AgentSocket, VisitorSocket

# `./dev chaos` lets more come.
HALF_OPEN = int(os.environ.get("PARLEY_HALF_OPEN", 2000))
# What the server may need for all of them at once, in MiB: 64 KiB are the limit of a body or a message that is under way.
MEMORY = 160
LAGGING = 4408
POLICY = 1008


@pytest.fixture
def server(data):
    """As it runs at its users': with the limits on what a visitor may send."""
    with Parley(data, "serve") as server:
        yield server


def metric(owner, name):
    for line in owner.get("/metrics").decode().splitlines():
        if line.startswith(name + " "):
            return float(line.split()[1])
    raise AssertionError(name)


def memory(server, name):
    """Resident memory in MiB, now (VmRSS) or at its highest (VmHWM)."""
    with open(f"/proc/{server.process.pid}/status") as status:
        return int(next(line for line in status if line.startswith(name)).split()[1]) / 1024


async def inbox_never_read(server, owner, conversation):
    """An inbox that hears everything and takes nothing, until more waits for it than the server keeps."""
    offender = Offender(server.url, receive_buffer=65_536)
    await offender.open_inbox(owner.cookie)
    offender.reader._transport.pause_reading()
    async with AgentSocket(server.url, owner.cookie) as speaker:
        await speaker.hello()
        await speaker.receive("ready")
        for number in range(4000):
            await speaker.post(f"speaker-{number:06}", conversation, f"{number} " + "word " * 1000, kind="note")
            await speaker.receive("message.added")
            if number % 50 == 49 and await asyncio.to_thread(metric, owner, "parley_outbox_overflows_total"):
                break
    # Only now does it read: first what the kernel had, then why it was sent away.
    offender.reader._transport.resume_reading()
    return await offender.close_code()


EXPECTED = {
    "a head that comes octet by octet": 408,
    "a body that stops": 408,
    "answers that are never read": "reset",
    "an inbox that is never read": LAGGING,
    "a widget that never says hello": POLICY,
    "a flood of pings": POLICY,
    "a flood of tiny fragments": POLICY,
    "a flood of empty fragments": POLICY,
    "a visitor's flood of typing": POLICY,
    "a visitor's flood of heartbeats": POLICY,
    "a visitor's flood of messages": POLICY,
    "an agent's flood of typing": POLICY,
    "heads that are never ended": {408: HALF_OPEN},
}


@pytest.mark.timeout(180)
def test_whoever_does_harm_is_sent_away_and_the_others_go_on(server, owner, site):
    assert offenders.raise_file_limit() > HALF_OPEN + 200
    url = server.url

    async def story():
        over = asyncio.Event()
        async with Pair(url, site, owner.cookie) as pair, asyncio.TaskGroup() as group:
            conversation = pair.conversation
            # Five lines a second is what a visitor may say.
            talking = group.create_task(pair.talk(until=over, pause=0.25))
            before = memory(server, "VmRSS")
            harm = {
                "a head that comes octet by octet": offenders.slow_head(url),
                "a body that stops": offenders.body_that_stops(url),
                "answers that are never read": offenders.answers_never_read(url),
                "an inbox that is never read": inbox_never_read(server, owner, conversation),
                "a widget that never says hello": offenders.no_hello(url),
                "a flood of pings": offenders.pings(url, site),
                "a flood of tiny fragments": offenders.fragments(url, site),
                "a flood of empty fragments": offenders.empty_fragments(url, site),
                "a visitor's flood of typing": offenders.visitor_typing(url, site),
                "a visitor's flood of heartbeats": offenders.visitor_heartbeats(url, site),
                "a visitor's flood of messages": offenders.visitor_messages(url, site),
                "an agent's flood of typing": offenders.agent_typing(url, owner.cookie, conversation),
                "heads that are never ended": offenders.half_open(url, HALF_OPEN),
            }
            ends = dict(zip(harm, await asyncio.gather(*harm.values())))
            over.set()
            await talking
            return before, ends, pair.said

    before, ends, said = asyncio.run(story())
    assert ends == EXPECTED
    assert memory(server, "VmHWM") - before < MEMORY
    assert server.is_ready()
    stored = database.rows(
        server.database, "SELECT text FROM messages WHERE text LIKE 'pair: %' ORDER BY id")
    assert [row["text"] for row in stored] == said


def limit_files(server, count):
    resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (count, resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE)[1]))




def open_files(server):
    return len(os.listdir(f"/proc/{server.process.pid}/fd"))


def test_when_no_descriptor_is_left_those_who_are_in_go_on_and_others_come_in_again_later(server, owner, site):
    async def story():
        async with Pair(server.url, site, owner.cookie) as pair:
            # Whoever watches the server asks on a connection that is kept.
            watcher = Offender(server.url)
            await watcher.connect()
            free = 10
            limit_files(server, open_files(server) + free)
            late = []
            refused = 0
            while refused < 50:
                offender = Offender(server.url)
                await offender.connect()
                offender.writer.write(offender.head("GET", "/healthz"))
                try:
                    answered = await offender.reader.readuntil(b"\r\n\r\n")
                    assert answered.startswith(b"HTTP/1.1 200")
                    late.append(offender)
                except (ConnectionError, asyncio.IncompleteReadError):
                    refused += 1
            assert len(late) <= free
            for _ in range(5):
                await pair.exchange()
            watcher.writer.write(watcher.head("GET", "/readyz"))
            assert (await watcher.reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200")
            # One goes, one comes.
            late.pop().writer.transport.abort()
            await pair.exchange()
            async with VisitorSocket(server.url, site) as visitor:
                await visitor.hello()
            limit_files(server, resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE)[1])
            assert await asyncio.to_thread(server.is_ready)
            for offender in late:
                offender.writer.transport.abort()

    asyncio.run(story())


def test_more_connections_than_files_allow_are_told_that_the_server_is_overloaded(data):
    limit = 256
    with Parley(data, "serve", limits={resource.RLIMIT_NOFILE: limit}) as server:
        owner = Interface(server.url)
        owner.set_up(server.setup_token())

        async def story():
            clients = [Offender(server.url) for _ in range(limit)]
            answers = []
            for client in clients:
                await client.connect()
                client.writer.write(client.head("GET", "/healthz"))
                answers.append(int((await client.reader.readuntil(b"\r\n\r\n")).split()[1]))
            assert set(answers) == {200, 503}
            assert answers == sorted(answers)
            for client in clients:
                client.writer.transport.abort()

        asyncio.run(story())
        assert server.is_ready()
        assert owner.session()["agent"]["name"]
