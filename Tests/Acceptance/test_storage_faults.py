"""A disk that takes no more: the sender is told, nothing acknowledged is lost, and all goes on when there is room again."""

import asyncio
import os
import resource
import subprocess

import pytest
from harness import database
from harness.interface import Interface, Refused
from harness.parley import Parley, run
from harness.sockets import VisitorSocket

UNLIMITED = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


def mounts():
    """Whether this process may mount a file system: root may, outside of a container that forbids it."""
    if os.geteuid() != 0:
        return False
    return subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode == 0


class FileLimit:
    """Writes fail behind the size that the log of the database has now."""

    def __init__(self, server):
        self.server = server

    def strike(self):
        log = self.server.database.with_name(self.server.database.name + "-wal")
        size = log.stat().st_size
        resource.prlimit(self.server.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    def mend(self):
        resource.prlimit(self.server.process.pid, resource.RLIMIT_FSIZE, UNLIMITED)


class FullDisk:
    """A small file system, filled to the last block."""

    def __init__(self, server):
        self.filler = server.data.parent / "filler"

    def strike(self):
        with open(self.filler, "wb", buffering=0) as filler:
            try:
                while True:
                    filler.write(bytes(4096))
            except OSError:
                return

    def mend(self):
        self.filler.unlink()


def remount(place, mode):
    subprocess.run(["mount", "-o", f"remount,{mode}", place], check=True)


@pytest.fixture
def disk(tmp_path):
    """A file system of 8 MiB of its own."""
    if not mounts():
        pytest.skip("file systems cannot be mounted here")
    place = tmp_path / "disk"
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", place], check=True)
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def story(server, fault):
    """A visitor and an agent before, during and after the fault."""
    owner = Interface(server.url)
    owner.set_up(server.setup_token())
    site = owner.get("/api/sites")["sites"][0]["key"]

    async def write(visitor, name, count):
        for number in range(count):
            await visitor.post(f"{name}-{number:06}", f"{name} {number}")
            answer = await visitor.receive("message", "refused")
            if answer["type"] == "refused":
                return number, answer
        return count, None

    async def visit():
        async with VisitorSocket(server.url, site) as visitor:
            await visitor.hello()
            before, refusal = await write(visitor, "before", 20)
            assert (before, refusal) == (20, None)
            fault.strike()
            stored, refusal = await write(visitor, "during", 4000)
            assert refusal["error"]["code"] == "storage.unavailable"
            assert refusal["clientID"] == f"during-{stored:06}"
            # Everybody is told: an agent who saves, and whoever watches the server. What can be read is read.
            with pytest.raises(Refused) as refused:
                owner.patch("/api/session/agent", {"name": "A name that is not saved"})
            assert (refused.value.status, refused.value.code) == (503, "storage.unavailable")
            assert not server.is_ready()
            assert owner.conversations(assignee="all")[0]["lastText"]
            fault.mend()
            # By itself, on the same socket: what was refused is sent again.
            await visitor.post(f"during-{stored:06}", f"during {stored}")
            assert (await visitor.receive("message", "refused"))["type"] == "message"
            assert server.is_ready()
            await write(visitor, "after", 20)
            return [f"before {n}" for n in range(20)] + [f"during {n}" for n in range(stored + 1)] + [
                f"after {n}" for n in range(20)]

    expected = asyncio.run(visit())
    assert owner.patch("/api/session/agent", {"name": "Olive Again"})["name"] == "Olive Again"
    (conversation,) = owner.conversations(assignee="all")
    texts = [each["text"] for each in owner.messages(conversation["id"]) if each["kind"] == "text"]
    assert texts == expected
    # A power cut later it is all there.
    server.kill()
    server.start()
    texts = [row["text"] for row in database.rows(
        server.database, "SELECT text FROM messages WHERE kind = 'text' ORDER BY number")]
    assert texts == expected
    assert run("check", server.database).returncode == 0


@pytest.mark.timeout(120)
def test_writes_that_fail_are_refused_and_taken_again_when_they_succeed(tmp_path):
    with Parley(tmp_path / "data", "serve", "--visitor-limit", "off") as server:
        story(server, FileLimit(server))


@pytest.mark.timeout(120)
def test_a_full_disk_is_told_and_survived(disk):
    with Parley(disk / "data", "serve", "--visitor-limit", "off") as server:
        story(server, FullDisk(server))


@pytest.mark.timeout(60)
def test_a_database_on_a_read_only_disk_does_not_start_and_is_left_alone(disk):
    with Parley(disk / "data", "serve") as server:
        server.stop()
        remount(disk, "ro")
        server.log = disk.parent / "refused.log"
        with pytest.raises(AssertionError):
            server.start()
        (line,) = server.output.strip().splitlines()
        assert "cannot be" in line
        remount(disk, "rw")
        server.start()
