"""The server is replaced by another one while people write: they are told, come back one after the other, and lose nothing."""

import asyncio
import threading

import pytest
from flood import Writer, flood, settle
from harness import database
from playwright.sync_api import expect

BACK = 40_000
WRITERS = 16


class Load:
    """Visitors who write in a thread of their own, since the browser has this one."""

    def __init__(self, demo, site):
        self.writers = [Writer(f"load{number:02}", demo.url, site) for number in range(WRITERS)]
        self.going = threading.Event()
        self.thread = threading.Thread(
            target=lambda: asyncio.run(flood(self.writers, at_least=WRITERS * 4, then=self.going.set)), daemon=True)

    def __enter__(self):
        self.thread.start()
        assert self.going.wait(30)
        return self

    def __exit__(self, *_):
        self.thread.join(30)

    def settle(self):
        """Comes back, and sends what was not acknowledged."""
        settling = threading.Thread(target=lambda: asyncio.run(settle(self.writers)))
        settling.start()
        settling.join(30)


def test_a_restart_under_load_loses_no_message_and_no_typed_text(people, demo):
    agent, visitor = people.agent(), people.visitor()
    visitor.open()
    visitor.write("Before the restart")
    agent.open("Before the restart")
    agent.write("An answer before it")
    expect(visitor.message("An answer before it")).to_be_visible()
    agent.composer.fill("Half an answer")
    visitor.composer.fill("Half a question")
    site = database.value(demo.database, "SELECT key FROM sites ORDER BY id LIMIT 1")
    with Load(demo, site) as load:
        assert demo.stop() == 0
        expect(agent.connection_bar).to_be_visible()
        visitor.write("Said in between")
        visitor.composer.fill("Half a question, and more")
        expect(agent.composer).to_have_value("Half an answer")
    assert {writer.close_code for writer in load.writers} == {1001}
    demo.start()

    expect(agent.message("Said in between")).to_have_count(1, timeout=BACK)
    expect(agent.connection_bar).to_be_hidden(timeout=BACK)
    expect(agent.composer).to_have_value("Half an answer")
    expect(visitor.composer).to_have_value("Half a question, and more")
    agent.composer.press("Enter")
    visitor.composer.press("Enter")
    expect(visitor.message("Half an answer")).to_have_count(1)
    expect(agent.message("Half a question, and more")).to_have_count(1)
    load.settle()
    for writer in load.writers:
        stored = database.rows(
            demo.database, "SELECT text FROM messages WHERE text LIKE ? ORDER BY number", f"{writer.name} says %")
        assert [row["text"] for row in stored] == [writer.text(index) for index in range(writer.sent)]


@pytest.mark.parametrize("module, options", [
    ("/app/connection.js", "{ path: '/api/live', after: () => null, onEvent() {}, onState() {} }"),
    ("/widget/host/connection.js", "{ origin: location.origin, hello: () => ({}), receive() {} }"),
])
def test_after_a_restart_everybody_comes_back_at_another_moment(people, module, options):
    page = people.agent().page
    # A thousand pages to which the server says in the same moment that it goes away.
    pauses = page.evaluate(
        """async (module) => {
          const { Connection } = await import(module)
          const pauses = []
          window.WebSocket = class extends EventTarget {
            constructor() {
              super()
              queueMicrotask(() => this.leave())
            }
            leave() {
              const close = new CloseEvent('close', { code: 1001 })
              const set = window.setTimeout
              window.setTimeout = (_, pause) => pauses.push(pause)
              this.onclose?.(close)
              this.dispatchEvent(close)
              window.setTimeout = set
            }
            close() {}
          }
          for (let count = 0; count < 1000; count += 1) {
            const connection = new Connection(OPTIONS)
            connection.start ? connection.start() : connection.connect()
          }
          await new Promise((done) => queueMicrotask(done))
          return pauses
        }""".replace("OPTIONS", options), module)
    assert len(pauses) == 1000
    assert 0 < min(pauses) and max(pauses) < 5000
    # In each quarter of a second about as many.
    counts = [sum(start <= pause < start + 250 for pause in pauses) for start in range(500, 4000, 250)]
    assert max(counts) < 150 and min(counts) > 20, counts
