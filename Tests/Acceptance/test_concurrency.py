"""Many people at once: what all of them save is there once where it is one thing, and as often as they saved it where it is theirs."""

import base64
import concurrent.futures
import contextlib
import hashlib
import secrets
import sqlite3
import threading
import time

import pytest
from harness import database
from harness.interface import Interface

AGENTS = 64


@pytest.fixture
def team(server):
    """The owner and 63 agents, each signed in. They are put there while the server is away: hashing 64 passwords is no part of this."""
    owner = Interface(server.url)
    owner.set_up(server.setup_token())
    server.stop()
    now = int(time.time() * 1000)
    agents = []
    with contextlib.closing(sqlite3.connect(server.database)) as connection, connection:
        for number in range(1, AGENTS + 1):
            if number > 1:
                connection.execute(
                    "INSERT INTO agents (id, name, email, email_key, role, password_hash, created_at) VALUES (?, ?, ?, ?, 'agent', '', ?)",
                    (number, f"Agent {number}", f"agent{number}@acme.example", f"agent{number}@acme.example", now))
            token = secrets.token_urlsafe(32)
            digest = base64.urlsafe_b64encode(hashlib.sha256(token.encode()).digest()).decode().rstrip("=")
            connection.execute("INSERT INTO sessions VALUES (?, ?, ?, ?)", (digest, number, now, now + 3_600_000))
            agent = Interface(server.url)
            agent.cookie = f"parley_session={token}"
            agents.append(agent)
    server.start()
    return agents


def together(agents, ask):
    """What each is answered, all asking at the same moment."""
    barrier = threading.Barrier(len(agents))

    def one(number, agent):
        barrier.wait()
        return ask(number, agent)

    with concurrent.futures.ThreadPoolExecutor(len(agents)) as pool:
        return list(pool.map(one, range(len(agents)), agents))


def test_64_agents_save_deals_for_the_same_new_contact_and_account(server, team):
    pipeline = team[0].get("/api/pipelines")["pipelines"][0]

    def save(number, agent):
        # The same person and the same firm, as people write them.
        email = ["nora@harbour.example", "Nora@Harbour.example", " NORA@HARBOUR.EXAMPLE "][number % 3]
        account = ["Harbour & Rye", "HARBOUR & RYE", "  Harbour  & Rye"][number % 3]
        draft = {
            "title": f"Deal {number}", "value": {"minor": 10 ** 15 - number, "currency": "KWD"}, "ownerID": number + 1,
            "pipelineID": pipeline["id"], "stageID": pipeline["stages"][number % 3]["id"], "origin": "pipeline",
            "contact": {"new": {"name": "Nora Fitzgerald", "email": email}}, "account": {"new": {"name": account}}}
        key = {"Idempotency-Key": f"the-deal-of-{number:04}"}
        status, _, answer = agent.request("POST", "/api/deals", draft, key)
        again, _, resent = agent.request("POST", "/api/deals", draft, key)
        assert (status, again) == (201, 201), (answer, resent)
        assert resent == answer
        return answer

    answers = together(team, save)
    deals = [answer["deal"] for answer in answers]
    assert len({deal["id"] for deal in deals}) == AGENTS
    assert len({deal["contact"]["id"] for deal in deals}) == 1
    assert len({deal["account"]["id"] for deal in deals}) == 1
    assert sum(answer["created"]["contact"] for answer in answers) == 1
    assert sum(answer["created"]["account"] for answer in answers) == 1
    for table, count in [("contacts", 1), ("accounts", 1), ("deals", AGENTS), ("idempotency_keys", AGENTS), ("deal_stays", AGENTS)]:
        assert database.value(server.database, f"SELECT count(*) FROM {table}") == count, table
    # The board says so too, and to the last fils.
    columns = team[7].get(f"/api/pipelines/{pipeline['id']}/board")["columns"]
    assert sum(column["count"] for column in columns) == AGENTS
    total = sum(int(total["minor"]) for column in columns for total in column["totals"])
    assert total == sum(10 ** 15 - number for number in range(AGENTS))
    contact = team[0].get(f"/api/contacts/{deals[0]['contact']['id']}/deals?limit=100")
    assert len(contact["deals"]) == AGENTS


def test_64_agents_move_the_same_card(server, team):
    pipeline = team[0].get("/api/pipelines")["pipelines"][0]
    draft = {
        "title": "The card", "value": {"minor": 1, "currency": "USD"}, "ownerID": 1, "pipelineID": pipeline["id"],
        "stageID": pipeline["stages"][0]["id"], "origin": "account", "account": {"new": {"name": "Acme"}}}
    card = team[0].post("/api/deals", draft, **{"Idempotency-Key": "the-card-itself"})["deal"]["id"]
    stages = [stage["id"] for stage in pipeline["stages"]]
    moved = together(team, lambda number, agent: agent.post(f"/api/deals/{card}/move", {"stageID": stages[number % 3], "after": None}))
    assert {deal["stage"]["id"] for deal in moved} == set(stages)
    # It is in one place, where the last of them put it, and each place that it left is told.
    columns = team[0].get(f"/api/pipelines/{pipeline['id']}/board")["columns"]
    held = [column["stage"]["id"] for column in columns for deal in column["deals"] if deal["id"] == card]
    assert held == [team[0].get(f"/api/deals/{card}")["stage"]["id"]]
    assert [column["count"] for column in columns] == [int(column["stage"]["id"] == held[0]) for column in columns]
    stays = database.rows(server.database, "SELECT fate, count(*) AS count FROM deal_stays GROUP BY fate = 'there'")
    assert [stay["count"] for stay in stays if stay["fate"] == "there"] == [1]
    changes = database.value(server.database, "SELECT count(*) FROM deal_changes WHERE field = 'stage'")
    assert database.value(server.database, "SELECT count(*) FROM deal_stays") == changes + 1
