"""The process: how it starts, what keeps it from starting, how it ends."""

import asyncio
import signal
import sqlite3

import pytest
import websockets
from harness.interface import Interface, Refused
from harness.parley import Parley, run
from harness.sockets import AgentSocket, VisitorSocket


def refusal(server):
    """The one line with which a server does not start."""
    with pytest.raises(AssertionError):
        server.start()
    assert server.process.returncode == 1, server.output
    (line,) = server.output.strip().splitlines()
    return line


def test_a_port_already_taken_is_one_line(server, tmp_path):
    late = Parley(tmp_path / "other")
    late.port = server.port
    result = run("serve", "--data", late.data, "--listen", f"127.0.0.1:{server.port}")
    assert result.returncode == 1
    (line,) = (result.stdout + result.stderr).strip().splitlines()
    assert str(server.port) in line


def test_a_data_directory_that_cannot_be_written_is_one_line(tmp_path):
    # A file stands where the directory should be: even root cannot write into it.
    (tmp_path / "data").write_text("")
    assert str(tmp_path / "data") in refusal(Parley(tmp_path / "data"))


def test_a_database_of_a_newer_version_is_one_line_and_is_left_alone(server):
    server.stop()
    database = sqlite3.connect(server.database)
    database.execute("PRAGMA user_version = 4242")
    database.close()
    server.log.unlink()
    assert "newer" in refusal(server)
    database = sqlite3.connect(server.database)
    assert database.execute("PRAGMA user_version").fetchone() == (4242,)


def test_a_file_that_is_no_database_is_one_line(server):
    server.stop()
    server.database.write_bytes(b"This is not a database. " * 1000)
    server.log.unlink()
    refusal(server)


def test_a_second_server_on_the_same_data_is_one_line(server):
    assert server.process.poll() is None
    second = Parley(server.data)
    second.log = server.data.with_name("second.log")
    refusal(second)
    assert server.is_ready()


@pytest.mark.parametrize("arguments", [
    ["sing"], ["serve", "--volume", "11"], ["serve", "--listen", "nowhere"], ["serve", "--listen"],
    ["serve", "--trusted-proxy", "everyone"], ["serve", "--public-url", "ftp://example.com"], []])
def test_what_is_not_understood_is_told(arguments):
    result = run(*arguments)
    assert result.returncode != 0
    assert result.stderr.strip()
    assert len(result.stderr) < 2000


def test_help_tells_of_every_option_and_its_variable():
    result = run("serve", "--help")
    assert result.returncode == 0
    for option in ("data", "listen", "public-url", "trusted-proxy"):
        assert f"--{option}" in result.stdout
        assert "PARLEY_" + option.upper().replace("-", "_") in result.stdout


def test_options_may_come_from_the_environment(tmp_path):
    (tmp_path / "data").write_text("")
    result = run("serve", env={"PARLEY_DATA": str(tmp_path / "data")})
    assert result.returncode == 1
    assert str(tmp_path / "data") in result.stdout + result.stderr


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_a_graceful_end_closes_every_socket_as_going_away(server, owner, site, name):
    async def story():
        async with AgentSocket(server.url, owner.cookie) as agent, VisitorSocket(server.url, site) as visitor:
            await agent.hello()
            await agent.receive("ready")
            await visitor.hello()
            server.process.send_signal(getattr(signal, name))
            for socket in (agent, visitor):
                with pytest.raises(websockets.ConnectionClosed):
                    while True:
                        await socket.receive()
                assert socket.connection.close_code == 1001
    asyncio.run(story())
    assert server.process.wait(30) == 0


def test_the_log_tells_no_secrets(server, owner, site):
    secret = "what nobody else should read"
    async def story():
        async with VisitorSocket(server.url, site) as visitor:
            await visitor.hello()
            await visitor.send(type="identify", name="Ada Lovelace", email="ada@example.com")
            await visitor.post("a-message-with-a-secret", secret)
            await visitor.receive("message")
        return visitor.token
    token = asyncio.run(story())
    with pytest.raises(Refused):
        Interface(server.url).sign_in(password="guessed wrongly")
    server.stop()
    for private in (secret, "ada@example.com", "olive@example.com", "guessed wrongly", token,
                    owner.cookie.split("=", 1)[1]):
        assert private not in server.output


def test_two_starts_leave_one_set_up_workspace(server, owner):
    assert server.stop() == 0
    server.start()
    assert owner.get("/api/setup") == {"needed": False}
    assert owner.session()["agent"]["name"] == "Olive Owner"


