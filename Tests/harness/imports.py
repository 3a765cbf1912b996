"""Imports by the HTTP interface."""

import time

PART = 512 * 1024


class Importing:
    """An import of one agent, from its file on."""

    def __init__(self, agent, kind, text, name="table.csv"):
        self.agent = agent
        content = text if isinstance(text, bytes) else text.encode()
        self.id = agent.post(
            "/api/imports", {"kind": kind, "fileName": name, "size": len(content)},
            **{"Idempotency-Key": f"import-{time.monotonic_ns()}"})["id"]
        for start in range(0, len(content), PART):
            agent.call("PUT", f"/api/imports/{self.id}/parts?start={start}", content[start:start + PART])

    @property
    def now(self):
        return self.agent.get(f"/api/imports/{self.id}")["import"]

    def until(self, *states, limit=60):
        """Waits for what the server does by itself. A program asks; the page is told."""
        end = time.monotonic() + limit
        while (now := self.now)["state"] not in states:
            assert now["state"] not in ("failed", "cancelled"), now
            assert time.monotonic() < end, now
            time.sleep(0.02)
        return now

    def check(self, **settings):
        now = self.until("mapping", "checked")
        self.agent.post(f"/api/imports/{self.id}/check", {**now["settings"], **settings})
        return self.until("checked")

    def act(self, action):
        return self.agent.call("POST", f"/api/imports/{self.id}/{action}")
