"""How many messages a second, measured from outside: visitors who write as soon as they are acknowledged.

The load comes from one Python process on the same machine, which needs as much of a core as the server does: the figures are
a floor of what the server can do, and good for comparing two builds on one machine.
"""

import asyncio
import base64
import os
import pathlib
import statistics
import tempfile
import time

from harness import parley
from harness.interface import Interface
from harness.sockets import new_token

TICKS = os.sysconf("SC_CLK_TCK")


class Visitor(asyncio.Protocol):
    """A visitor in a closed loop, on the bare wire: a client library would cost more than the server."""

    def __init__(self, name, site, done):
        self.name = name
        self.site = site
        self.done = done
        self.buffer = b""
        self.is_open = False
        self.is_writing = False
        self.count = 0
        self.awaited = b"\0"
        self.latencies = []
        self.ready = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        self.transport = transport
        host, port = transport.get_extra_info("peername")
        key = base64.b64encode(os.urandom(16)).decode()
        transport.write(
            f"GET /widget/live HTTP/1.1\r\nHost: {host}:{port}\r\nOrigin: http://{host}:{port}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n".encode())

    def connection_lost(self, error):
        if not self.done.done():
            self.done.set_exception(ConnectionError(f"{self.name} was disconnected"))

    def data_received(self, data):
        self.buffer += data
        if not self.is_open:
            head, found, rest = self.buffer.partition(b"\r\n\r\n")
            if not found:
                return
            if not head.startswith(b"HTTP/1.1 101"):
                self.done.set_exception(ConnectionError(head.decode()))
                return
            self.is_open, self.buffer = True, rest
            self.send(
                b'{"type":"hello","site":"%b","token":"%b","after":0,"page":null,"language":"en","timeZone":"UTC",'
                b'"mode":"frame"}' % (self.site.encode(), new_token().encode()))
        while text := self.next_text():
            if not self.ready.done() and b'"ready"' in text:
                self.ready.set_result(None)
            elif self.awaited in text:
                self.latencies.append(time.perf_counter() - self.sent_at)
                if self.is_writing:
                    self.write()

    def next_text(self):
        buffer = self.buffer
        if len(buffer) < 2:
            return None
        length, start = buffer[1], 2
        if length == 126:
            length, start = int.from_bytes(buffer[2:4], "big"), 4
        elif length == 127:
            length, start = int.from_bytes(buffer[2:10], "big"), 10
        if len(buffer) < start + length:
            return None
        self.buffer = buffer[start + length:]
        return buffer[start:start + length] or b"\n"

    def send(self, text):
        # A mask of zeros is a mask too, and costs this side nothing.
        size = len(text)
        head = bytes([0x81, 0x80 | size]) if size < 126 else bytes([0x81, 0xFE, size >> 8, size & 255])
        self.transport.write(head + b"\0\0\0\0" + text)

    def write(self):
        self.count += 1
        client_id = b"%b-%06d" % (self.name, self.count)
        self.awaited = b'"clientID":"' + client_id
        self.sent_at = time.perf_counter()
        self.send(
            b'{"type":"message.post","clientID":"%b","text":"Could you tell me more about the yearly plan, please?"}'
            % client_id)


async def load(port, site, visitors, seconds):
    """Returns the latencies of all acknowledgements, in seconds, and for how long they were taken."""
    loop = asyncio.get_running_loop()
    done = loop.create_future()
    people = []
    for number in range(visitors):
        _, visitor = await loop.create_connection(
            lambda: Visitor(b"visitor%04d" % number, site, done), "127.0.0.1", port)
        people.append(visitor)
    await asyncio.wait([asyncio.gather(*(each.ready for each in people)), done], return_when=asyncio.FIRST_COMPLETED)
    began = time.perf_counter()
    loop.call_later(seconds, lambda: done.done() or done.set_result(None))
    for each in people:
        each.is_writing = True
        each.write()
    await done
    took = time.perf_counter() - began
    for each in people:
        each.is_writing = False
        each.transport.abort()
    return [latency for each in people for latency in each.latencies], took


def resident(pid):
    """The memory of a process that is in RAM, in MiB."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def processor_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def measure(visitors, seconds):
    """Pairs of what was measured, and how much it was."""
    with tempfile.TemporaryDirectory() as folder:
        server = parley.Parley(pathlib.Path(folder, "data"), "serve", "--visitor-limit", "off", "--log-level", "warning")
        try:
            server.start()
            owner = Interface(server.url)
            owner.set_up(server.setup_token())
            site = owner.get("/api/sites")["sites"][0]["key"]
            server.stop()
            began = time.perf_counter()
            server.start(pause=0.001)
            start_up = time.perf_counter() - began
            pid = server.process.pid
            idle = resident(pid)
            before = processor_seconds(pid)
            latencies, took = asyncio.run(load(server.port, site, visitors, seconds))
            busy = processor_seconds(pid) - before
            loaded = resident(pid)
        finally:
            server.end()
    latencies.sort()
    percentile = statistics.quantiles(latencies, n=100)
    return [
        ("messages stored and acknowledged", f"{len(latencies) / took:,.0f} /s"),
        ("time to acknowledgement, median", f"{percentile[49] * 1000:.1f} ms"),
        ("time to acknowledgement, 99th percentile", f"{percentile[98] * 1000:.1f} ms"),
        ("processor time of the server", f"{busy / len(latencies) * 1e6:.0f} µs/message"),
        ("resident memory, idle", f"{idle:.1f} MiB"),
        ("resident memory, after the load", f"{loaded:.1f} MiB"),
        ("start to ready", f"{start_up * 1000:.0f} ms"),
    ]
