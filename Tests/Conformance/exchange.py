"""Octets to a server and back, and the answers as other people's parsers understand them."""

import dataclasses
import socket

import h11
import httptools

PATIENCE = 15


@dataclasses.dataclass
class Answer:
    status: int
    fields: dict
    body: bytes

    @property
    def is_ours(self):
        """Whether the server gave it, and no proxy before it."""
        return self.fields.get("x-peer") == "conformance"


class Peer:
    """Where a server listens."""

    def __init__(self, port):
        self.port = port

    def exchange(self, octets):
        """Sends octets and returns all that comes until the server closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as connection:
            answer = bytearray()
            try:
                connection.sendall(octets)
            except OSError:
                pass  # closed while we were sending: what it said first may still be read
            try:
                while part := connection.recv(1 << 16):
                    answer += part
            except ConnectionResetError:
                pass  # it was closed with something of ours unread
            return bytes(answer)

    def seen(self):
        """The requests that reached a handler since the last call."""
        (answer,) = answers(self.exchange(request("GET", "/seen", "Connection: close")), ["GET"])
        return [tuple(line.split(" ")) for line in answer.body.decode().splitlines()]


def request(method, target, *fields, body=b""):
    """A request that is well formed; its content has a length."""
    lines = [f"{method} {target} HTTP/1.1", "Host: a", *fields]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def answers(octets, methods):
    """The answers to requests of these methods on one connection as h11 reads them; it may have fewer. What it cannot read fails."""
    client = h11.Connection(h11.CLIENT)
    client.receive_data(octets)
    client.receive_data(b"")
    found = []
    for method in methods:
        if not client.trailing_data[0]:
            break  # closed before an answer began
        client.send(h11.Request(method=method, target="/", headers=[("Host", "a")]))
        client.send(h11.EndOfMessage())
        answer = None
        while True:
            event = client.next_event()
            if isinstance(event, h11.Response):
                answer = Answer(event.status_code, {n.decode(): v.decode() for n, v in event.headers}, b"")
            elif isinstance(event, h11.Data):
                answer.body += bytes(event.data)
            elif isinstance(event, h11.InformationalResponse):
                continue
            elif isinstance(event, h11.EndOfMessage):
                found.append(answer)
                break
            else:
                raise AssertionError(f"no answer, but {event}")
        if client.their_state is not h11.DONE or client.our_state is not h11.DONE:
            break
        client.start_next_cycle()
    return found


class ByHTTPTools:
    """The answers as Node's parser reads them. It does not know what was asked: not for answers to HEAD."""

    def __init__(self, octets):
        self.found = []
        self.parser = httptools.HttpResponseParser(self)
        self.parser.feed_data(octets)

    def on_message_begin(self):
        self.fields = {}
        self.body = b""

    def on_header(self, name, value):
        self.fields[name.decode().lower()] = value.decode()

    def on_body(self, body):
        self.body += body

    def on_message_complete(self):
        if self.parser.get_status_code() >= 200:
            self.found.append(Answer(self.parser.get_status_code(), self.fields, self.body))
