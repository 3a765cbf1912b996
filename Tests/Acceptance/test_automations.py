"""Automations in the real program: each step once, through kills."""

import collections
import contextlib
import hashlib
import hmac
import http.server
import json
import sqlite3
import threading
import time

import pytest
from harness import database
from harness.automations import automation, key, until
from harness.interface import Interface
from harness.parley import Parley, run

CONTACTS = 60
ROUNDS = 4


@pytest.mark.timeout(180)
def test_each_step_of_many_runs_is_done_once_however_often_the_server_is_killed(server, owner):
    pipeline = owner.session()["pipelines"][0]
    steps = [
        {"id": "deal", "kind": "deal.add", "title": "For %EMAIL%", "value": {"minor": 100, "currency": "USD"},
         "pipelineID": pipeline["id"], "stageID": pipeline["stages"][0]["id"]},
        {"id": "task", "kind": "task.add", "on": "deal", "title": "Call %FIRSTNAME%", "taskKind": "call"},
        {"id": "note", "kind": "note.add", "on": "contact", "text": "Begun"},
        {"id": "tag", "kind": "tag.add", "on": "contact", "tag": "welcome"},
    ]
    first = automation(owner, "Welcome", [{"id": "new", "kind": "contact.created"}], steps)
    # A chain: the first one's tag begins the second.
    second = automation(
        owner, "Chain", [{"id": "tagged", "kind": "tag.added", "on": "contact", "tag": "welcome"}],
        [{"id": "again", "kind": "note.add", "on": "contact", "text": "Chained"}])
    made = 0
    for round in range(ROUNDS):
        for _ in range(CONTACTS // ROUNDS):
            owner.post("/api/contacts", {"email": f"person{made:03}@example.com", "firstName": f"P{made}"}, **key())
            made += 1
        # At another point of the work each time, not at its end.
        time.sleep(0.004 * (round + 1))
        server.kill()
        server.start()

    def settled():
        counts = [each["counts"] for each in owner.get("/api/automations")["automations"]]
        return sum(each["done"] for each in counts) == 2 * CONTACTS and not any(each["active"] for each in counts)
    until(settled)
    one_each = {f"For person{number:03}@example.com": 1 for number in range(CONTACTS)}
    assert collections.Counter(
        row["title"] for row in database.rows(server.database, "SELECT title FROM deals")) == one_each
    for statement, count in [
        ("SELECT count(*) FROM tasks", CONTACTS), ("SELECT count(*) FROM notes WHERE text = 'Begun'", CONTACTS),
        ("SELECT count(*) FROM notes WHERE text = 'Chained'", CONTACTS), ("SELECT count(*) FROM contact_tags", CONTACTS),
        ("SELECT count(*) FROM automation_steps", CONTACTS * 5), ("SELECT count(*) FROM automation_runs", CONTACTS * 2),
    ]:
        assert database.value(server.database, statement) == count, statement
    assert first["id"] != second["id"]
    checked = run("check", server.database)
    assert checked.returncode == 0, checked.stdout


def test_a_wait_goes_on_through_a_restart(server, owner):
    made = automation(
        owner, "Later", [{"id": "new", "kind": "contact.created"}],
        [{"id": "wait", "kind": "wait", "amount": 1, "unit": "days"}, {"id": "note", "kind": "note.add", "on": "contact", "text": "x"}])
    owner.post("/api/contacts", {"email": "ada@example.com"}, **key())
    until(lambda: database.value(server.database, "SELECT count(*) FROM automation_steps"))
    server.stop()
    # A day later, as far as the run can tell.
    with contextlib.closing(sqlite3.connect(server.database)) as connection:
        connection.execute("UPDATE automation_runs SET wake_at = 1")
        connection.commit()
    server.start()
    until(lambda: owner.get(f"/api/automations/{made['id']}")["counts"]["done"] == 1)


class Receiver(http.server.BaseHTTPRequestHandler):
    """A webhook's other end."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.calls.append((self.path, dict(self.headers), json.loads(body)))
        self.send_response(self.server.statuses.pop(0) if self.server.statuses else 200)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def receiver():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    server.calls, server.statuses = [], []
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("allowed", [True, False])
def test_a_webhook_is_called_signed_and_on_this_machine_only_if_that_is_allowed(data, receiver, allowed):
    with Parley(data, "serve", "--private-webhooks", "on" if allowed else "off") as server:
        owner = Interface(server.url)
        owner.set_up(server.setup_token())
        made = automation(
            owner, "Hook", [{"id": "new", "kind": "contact.created"}],
            [{"id": "call", "kind": "webhook.call", "secret": "s3cret",
              "url": f"http://localhost:{receiver.server_port}/hook?x=1"}])
        owner.post("/api/contacts", {"email": "ada@example.com"}, **key())
        ended = until(lambda: [
            each for each in owner.get(f"/api/automations/{made['id']}/runs")["runs"] if each["status"] != "active"])
        if not allowed:
            assert (ended[0]["status"], ended[0]["code"]) == ("failed", "automation.webhook.refused")
            assert receiver.calls == []
            return
        assert ended[0]["status"] == "done"
        ((path, fields, body),) = receiver.calls
        assert path == "/hook?x=1" and body["contact"]["email"] == "ada@example.com"
        expected = hmac.new(b"s3cret", json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode(), hashlib.sha256)
        assert fields["X-Parley-Signature"] == "sha256=" + expected.hexdigest()
        assert fields["X-Parley-Delivery"]
