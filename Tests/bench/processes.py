"""Processes under load: each server on one processor, the load generator on another, and what they take."""

import json
import os
import pathlib
import shutil
import socket
import subprocess
import time

from harness.parley import ROOT

GENERATOR = ROOT / ".build/release/bench"
PEERS = ROOT / ".build/bench/peers/bin"
TICKS = os.sysconf("SC_CLK_TCK")
CORES = sorted(os.sched_getaffinity(0))


def pinned(command, core):
    """The command on one processor of its own, where the machine has two."""
    return ["taskset", "-c", str(CORES[core]), *map(str, command)] if len(CORES) > 1 else [*map(str, command)]


def settle(pid, core):
    """Puts a running process, with all its threads, on one processor of its own, where the machine has two."""
    if len(CORES) > 1:
        for thread in os.listdir(f"/proc/{pid}/task"):
            os.sched_setaffinity(int(thread), {CORES[core]})


def generate(scenario, **options):
    """Runs a scenario of the load generator, and returns what it measured."""
    done = subprocess.run(generator(scenario, **options), capture_output=True, text=True, timeout=250)
    if done.returncode:
        raise RuntimeError(f"{scenario}: {done.stderr.strip()}")
    return json.loads(done.stdout)


def generator(scenario, **options):
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    return pinned([GENERATOR, scenario, *words], -1)


class Server:
    """A program that listens at a port."""

    def __init__(self, command, port, ready=None):
        self.port = port
        self.process = subprocess.Popen(
            pinned(command, 0), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 20
        while not listens(port):
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"{command[0]} does not listen")
            time.sleep(0.02)

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def installed(name):
    """Where a program is: among those of the peers, in the path, or in `sbin`, which not every path has; else nil."""
    own = PEERS / name
    return str(own) if own.exists() else shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")


def memory(pid, kind="VmRSS"):
    """What of a process is in RAM, in KiB; of the kind `RssAnon` what it has written itself."""
    return int(pathlib.Path(f"/proc/{pid}/status").read_text().partition(f"{kind}:")[2].split()[0])


def descriptors(pid):
    return len(os.listdir(f"/proc/{pid}/fd"))


def processor_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
