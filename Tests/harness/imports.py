"""Imports by the HTTP interface."""

import asyncio
import concurrent.futures
import itertools

from harness.sockets import AgentSocket

PART = 512 * 1024


class Importing:
    """An import of one agent, from its file on."""

    _keys = itertools.count()

    def __init__(self, agent, kind, text, name="table.csv"):
        self.agent = agent
        content = text if isinstance(text, bytes) else text.encode()
        self.id = agent.post(
            "/api/imports", {"kind": kind, "fileName": name, "size": len(content)},
            **{"Idempotency-Key": f"import-{next(self._keys):06}"})["id"]
        for start in range(0, len(content), PART):
            agent.call("PUT", f"/api/imports/{self.id}/parts?start={start}", content[start:start + PART])

    @property
    def now(self):
        return self.agent.get(f"/api/imports/{self.id}")["import"]

    def until(self, *states, limit=60):
        """Waits for what the server does by itself, as the page does: it is told."""
        # On a thread of its own: where a browser is driven, a loop runs on this one.
        with concurrent.futures.ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, self._until(states, limit)).result()

    async def _until(self, states, limit):
        # Subscribed first, then asked: nothing can happen in between unheard.
        async with asyncio.timeout(limit), AgentSocket(self.agent.url, self.agent.cookie) as socket:
            await socket.hello()
            await socket.receive("ready")
            now = self.now
            while now["state"] not in states:
                assert now["state"] not in ("failed", "cancelled"), now
                told = await socket.receive("import.changed", timeout=limit)
                if told["import"]["id"] == self.id:
                    now = told["import"]
            return now

    def check(self, **settings):
        now = self.until("mapping", "checked")
        self.agent.post(f"/api/imports/{self.id}/check", {**now["settings"], **settings})
        return self.until("checked")

    def act(self, action):
        return self.agent.call("POST", f"/api/imports/{self.id}/{action}")
