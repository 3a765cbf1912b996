"""nginx as the front proxy of a server."""

import pathlib
import socket
import subprocess
import time

from exchange import Peer
from harness.parley import free_port

CONFIGURATION = pathlib.Path(__file__).with_name("nginx.conf")


class Nginx:
    """Two front proxies: one keeps a request's content until it has all of it, one passes it on as it comes."""

    def __init__(self, port, directory):
        self.directory = directory
        self.buffered, self.streamed = Peer(free_port()), Peer(free_port())
        text = CONFIGURATION.read_text()
        for name, value in {"DIRECTORY": directory, "UPSTREAM": port, "BUFFERED": self.buffered.port,
                            "STREAMED": self.streamed.port}.items():
            text = text.replace(f"@{name}@", str(value))
        self.configuration = directory / "nginx.conf"
        self.configuration.write_text(text)

    def __enter__(self):
        command = ["/usr/sbin/nginx", "-p", self.directory, "-c", self.configuration, "-e", self.directory / "error.log"]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE)
        deadline = time.monotonic() + 20
        while True:
            assert self.process.poll() is None, self.process.stderr.read().decode()
            try:
                socket.create_connection(("127.0.0.1", self.streamed.port)).close()
                return self
            except ConnectionRefusedError:
                assert time.monotonic() < deadline, "nginx does not listen"
                time.sleep(0.02)  # another process tells nothing until it listens

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(20)
