"""The time of day jumps: what comes first stays first, what waits goes on waiting, nobody is cut off or locked out."""

import asyncio
import itertools

import pytest
from harness import database
from harness.automations import automation, key, until
from harness.clock import Clock
from harness.interface import Interface, Refused
from harness.offenders import Offender
from harness.pair import Pair
from harness.parley import Parley, run
from harness.sockets import AgentSocket, VisitorSocket

HOUR, DAY = 3600, 86_400
JUMPS = (DAY, -DAY, 0, 2 * HOUR, -3 * HOUR, 10 * DAY, 0, -20 * HOUR)


@pytest.fixture
def clock(tmp_path):
    return Clock(tmp_path)


@pytest.fixture
def server(data, clock):
    with Parley(data, "serve", env=clock.environment) as server:
        yield server


def test_what_is_said_keeps_its_order_and_everybody_stays_connected(server, owner, site, clock):
    async def story():
        late = AgentSocket(server.url, owner.cookie)
        async with late:
            await late.hello()
            sequence = (await late.receive("ready"))["sequence"]
        async with Pair(server.url, site, owner.cookie) as pair:
            for jump in JUMPS:
                clock.set(jump)
                await pair.exchange()
                # A conversation that begins later stands above, whatever time it is said to be.
                async with VisitorSocket(server.url, site) as other:
                    await other.hello()
                    await other.post(f"other-{jump + 10**9:011}", f"Said at {jump}")
                    await other.receive("message")
                newest = await asyncio.to_thread(owner.conversations, assignee="all")
                assert newest[0]["lastText"] == f"Said at {jump}"
        # An inbox that was away hears it in the order in which it was.
        heard = []
        async with late:
            await late.hello(after=sequence)
            while (event := await late.receive())["type"] != "ready":
                if event["type"] == "message.added" and event["message"]["kind"] == "text":
                    heard.append(event["message"]["text"])
        return pair.said, pair.conversation, heard

    said, conversation, heard = asyncio.run(story())
    assert [text for text in heard if not text.startswith("Said at")] == said
    assert [text for text in heard if text.startswith("Said at")] == [f"Said at {jump}" for jump in JUMPS]
    assert [each["text"] for each in owner.messages(conversation) if each["kind"] == "text"] == said
    assert owner.session()["agent"]["name"] == "Olive Owner"
    server.stop()
    assert run("check", server.database).returncode == 0


def test_a_request_that_is_under_way_has_the_time_that_it_had(server, clock):
    async def story():
        client = Offender(server.url)
        await client.connect()
        client.writer.write(b"GET /healthz HTTP/1.1\r\nHo")
        for jump in (DAY, -DAY):
            clock.set(jump)
            # By the turns that others make the loop looks at its deadlines.
            assert await asyncio.to_thread(server.is_ready)
        client.writer.write(b"st: a\r\nConnection: close\r\n\r\n")
        return await client.status()

    assert asyncio.run(story()) == 200


def test_a_clock_put_back_makes_no_limit_longer(server, owner, site, clock):
    async def story():
        async with VisitorSocket(server.url, site) as visitor, AgentSocket(server.url, owner.cookie) as agent:
            await agent.hello()
            await agent.receive("ready")
            await visitor.hello()
            await visitor.post("before-the-jump", "Before")
            await visitor.receive("message")
            clock.set(DAY)
            for number in itertools.count():
                await visitor.post(f"too-many-{number:06}", "Too many")
                answer = await visitor.receive("message", "refused")
                if answer["type"] == "refused":
                    break
            await visitor.send(type="typing", on=True)
            assert (await agent.receive("typing"))["on"]
            clock.set(-DAY)
            # Typing ends by itself, and by then what was too much is taken.
            assert not (await agent.receive("typing"))["on"]
            await visitor.post(f"too-many-{number:06}", "Too many")
            assert (await visitor.receive("message", "refused"))["type"] == "message"

    asyncio.run(story())


def test_who_was_slowed_down_at_the_door_may_try_again_when_they_were_told(server, owner, clock):
    guest = Interface(server.url)
    wait = 0
    for _ in range(8):
        with pytest.raises(Refused) as refused:
            guest.sign_in(password="guessed wrongly")
        if refused.value.status == 429:
            wait = refused.value.body["error"]["retryAfter"]
            break
    assert 0 < wait <= 2
    clock.set(-DAY)

    def try_again():
        try:
            return guest.sign_in()
        except Refused as refused:
            assert refused.status == 429 and refused.body["error"]["retryAfter"] <= wait
            return None

    until(try_again)


def test_a_wait_of_an_automation_ends_once_however_the_clock_goes(server, owner, clock):
    made = automation(
        owner, "Later", [{"id": "new", "kind": "contact.created"}],
        [{"id": "wait", "kind": "wait", "amount": 1, "unit": "days"}, {"id": "note", "kind": "note.add", "on": "contact", "text": "x"}])
    count = iter(range(100))

    def contact():
        owner.post("/api/contacts", {"email": f"person{next(count)}@example.com"}, **key())

    def notes():
        return database.value(server.database, "SELECT count(*) FROM notes WHERE text = 'x'")

    def begun():
        return database.value(server.database, "SELECT count(*) FROM automation_runs")

    # A run that began has yet to come to its wait, which ends by the time that it is then.
    def waiting():
        return database.value(server.database, "SELECT count(*) FROM automation_runs WHERE step_id = 'note'")

    contact()
    until(lambda: waiting() == 1)
    clock.set(-DAY)
    contact()
    until(lambda: waiting() == 2)
    assert notes() == 0
    # Whatever happens wakes the engine, which sees what time it is.
    clock.set(DAY + HOUR)
    contact()
    until(lambda: notes() == 2)
    clock.set(-DAY)
    clock.set(DAY + HOUR)
    contact()
    until(lambda: begun() == 4)
    assert notes() == 2
    assert owner.get(f"/api/automations/{made['id']}")["counts"]["done"] == 2
