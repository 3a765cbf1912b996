"""The commands beside `serve`: agents, backups."""

import asyncio
import sqlite3

import pytest
from harness.interface import OWNER, Interface, Refused
from harness.parley import Parley, run
from harness.sockets import VisitorSocket


def signs_in(server, email, password):
    try:
        Interface(server.url).sign_in(email, password)
        return True
    except Refused as refusal:
        assert refusal.code == "session.credentials"
        return False


def test_an_agent_is_added_beside_the_running_server(server, owner):
    added = run("user", "add", "ben@example.com", "--name", "Ben Agent", "--data", server.data, text="a long password\n")
    assert added.returncode == 0, added.stderr
    assert signs_in(server, "ben@example.com", "a long password")
    listed = run("user", "list", "--data", server.data)
    assert listed.returncode == 0
    assert "ben@example.com" in listed.stdout and OWNER["email"] in listed.stdout
    assert "long password" not in added.stdout + added.stderr + listed.stdout


def test_the_same_agent_is_not_added_twice(server, owner):
    result = run("user", "add", OWNER["email"], "--data", server.data, text="a long password\n")
    assert result.returncode == 1
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_new_password_ends_the_sessions_of_the_old(server, owner):
    result = run("user", "password", OWNER["email"], "--data", server.data, text="another long password\n")
    assert result.returncode == 0, result.stderr
    with pytest.raises(Refused) as refusal:
        owner.session()
    assert refusal.value.code == "session.required"
    assert not signs_in(server, OWNER["email"], OWNER["password"])
    assert signs_in(server, OWNER["email"], "another long password")


def test_a_password_for_nobody_is_refused(server, owner):
    result = run("user", "password", "nobody@example.com", "--data", server.data, text="a long password\n")
    assert result.returncode == 1
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_backup_of_the_running_server_starts_elsewhere(server, owner, site, tmp_path):
    async def write():
        async with VisitorSocket(server.url, site) as visitor:
            await visitor.hello()
            await visitor.post("message-before", "before the backup")
            await visitor.receive("message")
    asyncio.run(write())

    copy = tmp_path / "backup" / server.database.name
    copy.parent.mkdir()
    result = run("backup", copy, "--data", server.data)
    assert result.returncode == 0, result.stderr
    database = sqlite3.connect(copy)
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()

    with Parley(copy.parent) as restored:
        agent = Interface(restored.url).sign_in()
        (conversation,) = agent.conversations(assignee="all")
        assert conversation["lastText"] == "before the backup"


def test_a_backup_overwrites_nothing(server, owner, tmp_path):
    target = tmp_path / "precious"
    target.write_text("precious")
    result = run("backup", target, "--data", server.data)
    assert result.returncode == 1
    assert target.read_text() == "precious"
