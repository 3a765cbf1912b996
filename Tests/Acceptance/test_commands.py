"""The commands beside `serve`: agents, backups."""

import asyncio
import os
import pty
import signal
import sqlite3
import stat
import termios

import pytest
from harness.interface import OWNER, Interface, Refused
from harness.parley import PROGRAM, Parley, run
from harness.sockets import AgentSocket, VisitorSocket


def signs_in(server, email, password):
    try:
        Interface(server.url).sign_in(email, password)
        return True
    except Refused as refusal:
        assert refusal.code == "session.credentials"
        return False


def command(server, *arguments, password=None):
    """Runs a command on the data of a server, which stands still meanwhile."""
    server.stop()
    result = run(*arguments, "--data", server.data, text="" if password is None else f"{password}\n")
    server.start()
    return result


def test_an_agent_is_added(server, owner):
    added = command(server, "user", "add", "ben@example.com", "--name", "Ben Agent", password="a long password")
    assert added.returncode == 0, added.stderr
    assert signs_in(server, "ben@example.com", "a long password")
    listed = command(server, "user", "list")
    assert listed.returncode == 0
    assert "ben@example.com" in listed.stdout and OWNER["email"] in listed.stdout
    assert "long password" not in added.stdout + added.stderr + listed.stdout


def test_the_same_agent_is_not_added_twice(server, owner):
    result = command(server, "user", "add", OWNER["email"], password="a long password")
    assert result.returncode == 1
    (line,) = result.stderr.strip().splitlines()
    assert OWNER["email"] in line
    assert signs_in(server, OWNER["email"], OWNER["password"])


def test_a_password_that_is_too_short_is_refused(server, owner):
    result = command(server, "user", "add", "ben@example.com", password="short")
    assert result.returncode == 1
    assert len(result.stderr.strip().splitlines()) == 1
    assert not signs_in(server, "ben@example.com", "short")


def test_a_new_password_ends_the_sessions_of_the_old(server, owner):
    result = command(server, "user", "password", OWNER["email"], password="another long password")
    assert result.returncode == 0, result.stderr
    assert owner.session() is None
    assert not signs_in(server, OWNER["email"], OWNER["password"])
    assert signs_in(server, OWNER["email"], "another long password")


def test_a_password_for_nobody_is_refused(server, owner):
    result = command(server, "user", "password", "nobody@example.com", password="a long password")
    assert result.returncode == 1
    assert len(result.stderr.strip().splitlines()) == 1


def test_ctrl_c_at_the_password_ends_the_command_and_gives_the_terminal_back(server, owner):
    arguments = [str(PROGRAM), "user", "password", OWNER["email"], "--data", str(server.data)]
    child, terminal = pty.fork()
    if child == 0:
        os.execv(arguments[0], arguments)
    shown = b""
    while b"Password: " not in shown or termios.tcgetattr(terminal)[3] & termios.ECHO:
        shown += os.read(terminal, 1024) if b"Password: " not in shown else b""
    os.write(terminal, b"\x03")
    _, status = os.waitpid(child, 0)
    has_echo = termios.tcgetattr(terminal)[3] & termios.ECHO
    os.close(terminal)
    assert os.WTERMSIG(status) == signal.SIGINT
    assert has_echo
    assert signs_in(server, OWNER["email"], OWNER["password"])


def test_what_is_written_is_for_nobody_else_of_the_machine(server, owner, tmp_path):
    assert run("backup", tmp_path / "backup.sqlite", "--data", server.data).returncode == 0
    for path in [server.data, *server.data.iterdir(), tmp_path / "backup.sqlite"]:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_agents_are_added_and_locked_out_beside_a_running_server(server, owner):
    added = run("user", "add", "ben@example.com", "--data", server.data, text="a long password\n")
    assert added.returncode == 0, added.stderr
    assert signs_in(server, "ben@example.com", "a long password")

    async def story():
        async with AgentSocket(server.url, owner.cookie) as inbox:
            await inbox.hello()
            await inbox.receive("ready")
            result = run("user", "password", OWNER["email"], "--data", server.data, text="another long password\n")
            assert result.returncode == 0, result.stderr
            await inbox.send(type="ping")
            await inbox.receive("session.ended")
    asyncio.run(story())
    assert owner.session() is None
    # The server goes on numbering its events behind those of the other process.
    again = Interface(server.url).sign_in(password="another long password")
    assert again.patch("/api/session/agent", {"name": "Olive Again"})["name"] == "Olive Again"


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


def test_a_backup_replaces_an_earlier_one_whole(server, owner, tmp_path):
    target = tmp_path / "backup.sqlite"
    for _ in range(2):
        assert run("backup", target, "--data", server.data).returncode == 0
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("backup")] == ["backup.sqlite"]


@pytest.mark.parametrize("target", ["data/parley.sqlite", "missing/backup.sqlite"])
def test_a_backup_that_cannot_be_written_is_one_line(server, owner, tmp_path, target):
    result = run("backup", tmp_path / target, "--data", server.data)
    assert result.returncode == 1
    assert len(result.stderr.strip().splitlines()) == 1
    assert owner.session()["agent"]["email"] == OWNER["email"]
    server.kill()
    server.start()
    assert owner.session()["agent"]["email"] == OWNER["email"]
