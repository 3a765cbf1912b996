"""Automations by the HTTP interface."""

import itertools
import time

KEYS = itertools.count()


def key():
    return {"Idempotency-Key": f"automation-test-{next(KEYS):06}"}


def automation(owner, name, triggers, steps):
    added = owner.post("/api/automations", {"name": name, "definition": {"triggers": triggers, "steps": steps}}, **key())
    assert added["problems"] == []
    return owner.post(f"/api/automations/{added['id']}/enabled", {"enabled": True})


def until(question, limit=30):
    """What a question answers once it answers something; the engine works by itself and tells nobody but the pages."""
    deadline = time.monotonic() + limit
    while not (answer := question()):
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.02)
    return answer
