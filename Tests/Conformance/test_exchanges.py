"""Thousands of generated exchanges on kept-alive connections, read by two parsers of others."""

import base64
import dataclasses
import hashlib
import random

import h11
import httptools
import pytest
from exchange import ByHTTPTools, answers, request
from harness.parley import ROOT

CONNECTIONS = 100
SEEDS = range(8)
FILES = ["index.html", "site.css", "images/mark.svg"]


@dataclasses.dataclass
class Exchange:
    method: str
    target: str
    octets: bytes
    status: int
    body: bytes | None = None
    closes: bool = False


def chunked(chance, method, target, body):
    """The same content in chunks, with extensions and trailers now and then."""
    octets = request(method, target, "Transfer-Encoding: chunked")
    while body:
        count = chance.randint(1, len(body))
        extension = chance.choice(["", ";a", ";a=b", ';a="b c"'])
        octets += f"{count:{chance.choice(['x', 'X', '04x'])}}{extension}\r\n".encode() + body[:count] + b"\r\n"
        body = body[count:]
    return octets + b"0\r\n" + chance.choice([b"", b"X-Sum: 1\r\n"]) + b"\r\n"


def mirrored(chance):
    method = chance.choice(["POST", "PUT", "PATCH", "DELETE", "GET"])
    target = f"/mirror/{chance.randrange(1 << 30)}" + chance.choice(["", "?a=b", "?q=%20&&"])
    body = chance.randbytes(chance.choice([0, 1, 7, 300, 5000, 60_000]))
    octets = chunked(chance, method, target, body) if body and chance.random() < 0.4 else request(method, target, body=body)
    return Exchange(method, target, octets, 200, f"{method} {target}\n".encode() + body)


def of_a_status(chance):
    code = chance.choice([200, 201, 204, 303, 304, 400, 404, 418, 429, 500, 503, 599])
    method, target = chance.choice(["GET", "GET", "HEAD"]), f"/status/{code}"
    body = b"" if method == "HEAD" or code in (204, 304) else f"status {code}".encode()
    return Exchange(method, target, request(method, target), code, body)


def of_octets(chance):
    count = chance.choice([0, 1, 2, 1000, 65_535, 65_536, 65_537, 300_000])
    method, target = chance.choice(["GET", "GET", "HEAD"]), f"/bytes/{count}"
    body = b"" if method == "HEAD" else bytes((i * 31 + (i >> 8)) & 0xFF for i in range(count))
    return Exchange(method, target, request(method, target), 200, body)


def of_a_file(chance):
    name = chance.choice(FILES)
    method, target = chance.choice(["GET", "HEAD"]), f"/files/{name}"
    if chance.random() < 0.3:
        return Exchange(method, target, request(method, target, "If-None-Match: *"), 304, b"")
    body = b"" if method == "HEAD" else (ROOT / "fixtures/demo/website" / name).read_bytes()
    return Exchange(method, target, request(method, target), 200, body)


def without_a_route(chance):
    method, target, status = chance.choice([
        ("OPTIONS", "/files/index.html", 204), ("OPTIONS", "*", 204), ("PUT", "/status/200", 405), ("GET", "/%FF", 404),
        ("HEAD", "/%FF", 404)])
    return Exchange(method, target, request(method, target), status, b"")


def the_last(chance):
    """Closes the connection: as the client wishes, by its version, or since it cannot be understood."""
    return chance.choice([
        Exchange("GET", "/status/200", request("GET", "/status/200", "Connection: close"), 200, b"status 200"),
        Exchange("GET", "/status/200", b"GET /status/200 HTTP/1.0\r\n\r\n", 200, b"status 200"),
        Exchange("GET", "/", b"GET / HTTP/1.1\r\n\r\n", 400),
        Exchange("GET", "/", b"BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 501),
        Exchange("POST", "/", request("POST", "/", "Content-Length: 70000"), 413),
        Exchange("GET", "/", b"GET / HTTP/2.0\r\n\r\n", 505)])


def connection(chance):
    kinds = [mirrored, mirrored, of_a_status, of_octets, of_a_file, without_a_route]
    exchanges = [chance.choice(kinds)(chance) for _ in range(chance.randint(0, 8))] + [the_last(chance)]
    exchanges[-1].closes = True
    return exchanges


@pytest.mark.parametrize("seed", SEEDS)
def test_two_parsers_of_others_understand_every_answer(peer, seed):
    chance = random.Random(seed)
    for _ in range(CONNECTIONS):
        exchanges = connection(chance)
        received = peer.exchange(b"".join(each.octets for each in exchanges))
        found = answers(received, [each.method for each in exchanges])
        assert [answer.status for answer in found] == [each.status for each in exchanges]
        for answer, wanted in zip(found, exchanges):
            assert wanted.body is None or answer.body == wanted.body, wanted.target
            assert (answer.fields.get("connection") == "close") == wanted.closes
        if not any(each.method == "HEAD" for each in exchanges):
            other = ByHTTPTools(received).found
            assert [(answer.status, answer.body) for answer in other] == [(answer.status, answer.body) for answer in found]


@pytest.mark.parametrize("pieces", [1, 2, 7])
def test_a_pipeline_is_answered_the_same_in_whatever_pieces_it_comes_back(peer, pieces):
    octets = b"".join(request("GET", f"/bytes/{count}") for count in range(50)) + request(
        "GET", "/bytes/50", "Connection: close")
    received = peer.exchange(octets)
    reader = ByHTTPTools(b"")
    for start in range(0, len(received), pieces):
        reader.parser.feed_data(received[start:start + pieces])
    assert [len(answer.body) for answer in reader.found] == list(range(51))


def test_both_understand_the_answer_that_opens_a_websocket(peer):
    key = base64.b64encode(bytes(range(16))).decode()
    fields = ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", f"Sec-WebSocket-Key: {key}",
              "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"]
    # A close frame right behind the handshake, masked with zeros: code 1000.
    received = peer.exchange(request("GET", "/echo", *fields) + b"\x88\x82\0\0\0\0\x03\xe8")

    client = h11.Connection(h11.CLIENT)
    names = [tuple(field.split(": ")) for field in fields]
    client.send(h11.Request(method="GET", target="/echo", headers=[("Host", "a"), *names]))
    client.send(h11.EndOfMessage())
    client.receive_data(received)
    head = client.next_event()
    answered = {name.decode(): value.decode() for name, value in head.headers}
    proof = hashlib.sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()
    assert head.status_code == 101
    assert answered["sec-websocket-accept"] == base64.b64encode(proof).decode()
    assert "sec-websocket-extensions" not in answered and "content-length" not in answered
    assert client.trailing_data[0] == b"\x88\x02\x03\xe8"

    with pytest.raises(httptools.HttpParserUpgrade):
        ByHTTPTools(received)
