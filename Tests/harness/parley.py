"""The real program as a process of its own."""

import http.client
import itertools
import os
import pathlib
import re
import resource
import signal
import socket
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(os.environ.get("PARLEY", ROOT / ".build/debug/parley"))
START_LIMIT = 60
STOP_LIMIT = 30


def candidates():
    """Ports below those that the system gives to clients, and for each process of a run in parallel others."""
    worker = int(re.sub(r"\D", "", os.environ.get("PYTEST_XDIST_WORKER", "")) or 0)
    first = 12_000 + worker % 8 * 2_000
    start = os.getpid() * 7 % 2_000
    for step in itertools.count():
        yield first + (start + step) % 2_000


PORTS = candidates()


def free_port():
    """A TCP port of the loopback interface that nobody listens on, another each time."""
    for port in PORTS:
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue


def run(*arguments, text="", env=None, timeout=START_LIMIT):
    """Runs a command of the program to its end."""
    return subprocess.run(
        [PROGRAM, *map(str, arguments)], input=text, capture_output=True, text=True, timeout=timeout, cwd=ROOT,
        env={**os.environ, **(env or {})})


class Parley:
    """A server on ports of its own; started again, it has the same ones."""

    def __init__(self, data, command="serve", *options, public_url=None, limits=None, env=None, host="127.0.0.1", prefix=()):
        self.data = pathlib.Path(data)
        self.command = command
        self.options = list(options)
        self.port = free_port()
        self.website_port = free_port() if command == "demo" else None
        self.host = host
        self.prefix = prefix  # what runs it, elsewhere than here
        self.url = public_url or f"http://{host}:{self.port}"
        self.public_url = public_url
        self.env = env or {}
        self.limits = limits or {}  # of the process, by kind as `resource` names them
        self.log = pathlib.Path(f"{data}.log")
        self.process = None

    @property
    def website(self):
        """The demo website: another origin, of another site."""
        return f"http://localhost:{self.website_port}"

    @property
    def database(self):
        return self.data / "parley.sqlite"

    @property
    def output(self):
        return self.log.read_text()

    def start(self, pause=0.02):
        """Starts the server and returns when it says that it is ready."""
        arguments = [*self.prefix, PROGRAM, self.command, "--data", self.data, "--listen", f"{self.host}:{self.port}"]
        if self.command == "demo":
            arguments += ["--website", f"localhost:{self.website_port}"]
        if self.public_url:
            arguments += ["--public-url", self.public_url]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [*map(str, arguments), *self.options], stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=ROOT,
                env={**os.environ, **self.env}, preexec_fn=self._limit if self.limits else None)
        deadline = time.monotonic() + START_LIMIT
        while not self.is_ready():
            if self.process.poll() is not None:
                raise AssertionError(f"the server ended with {self.process.returncode}:\n{self.output}")
            if time.monotonic() > deadline:
                raise AssertionError(f"the server was not ready in {START_LIMIT} s:\n{self.output}")
            time.sleep(pause)  # another process tells nothing until it listens
        return self

    def _limit(self):
        for kind, limit in self.limits.items():
            resource.setrlimit(kind, (limit, limit))

    def is_ready(self):
        connection = http.client.HTTPConnection(self.host, self.port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def stop(self):
        """Asks the server to end, and returns its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(STOP_LIMIT)

    def kill(self):
        """Ends the server without its knowing, as a power cut would."""
        self.process.kill()
        self.process.wait(STOP_LIMIT)

    def end(self):
        """Leaves no process behind, however the test ended."""
        if self.process and self.process.poll() is None:
            self.kill()

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.end()

    def setup_token(self):
        """The one-time token that a start without a workspace prints."""
        return re.search(r"token=([\w-]+)", self.output).group(1)
