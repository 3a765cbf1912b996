"""The server as other people's programs see it."""

import gzip
import json
import re
import socket

import h11
import httptools
import openapi_spec_validator
import pytest
from harness.interface import Interface
from harness.parley import ROOT
from prometheus_client.parser import text_string_to_metric_families


def exchange(server, data):
    """Sends bytes and returns all that comes back until the server closes."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=15) as connection:
        connection.sendall(data)
        answer = b""
        while part := connection.recv(65536):
            answer += part
        return answer


def get(path, *fields, method="GET", end="close"):
    head = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Connection: {end}", *fields]
    return "\r\n".join([*head, "", ""]).encode()


def by_h11(data, *methods):
    """The answers to requests on one connection, as h11 understands them."""
    client = h11.Connection(h11.CLIENT)
    client.receive_data(data)
    client.receive_data(b"")
    answers = []
    for method in methods:
        client.send(h11.Request(method=method, target="/", headers=[("Host", "x")]))
        client.send(h11.EndOfMessage())
        head, body = None, b""
        while type(event := client.next_event()) is not h11.EndOfMessage:
            if isinstance(event, h11.Response):
                head = event
            elif isinstance(event, h11.Data):
                body += bytes(event.data)
        answers.append((head.status_code, dict(head.headers), body))
        if client.our_state is h11.DONE and client.their_state is h11.DONE:
            client.start_next_cycle()
    return answers


class ByHTTPTools:
    """The answers as Node's parser understands them."""

    def __init__(self, data):
        self.bodies = []
        self.statuses = []
        self.parser = httptools.HttpResponseParser(self)
        self.parser.feed_data(data)

    def on_message_begin(self):
        self.bodies.append(b"")

    def on_headers_complete(self):
        self.statuses.append(self.parser.get_status_code())

    def on_body(self, body):
        self.bodies[-1] += body


@pytest.mark.parametrize("path, status", [
    ("/", 200), ("/widget.js", 200), ("/healthz", 200), ("/metrics", 200), ("/api/openapi.json", 200),
    ("/api/session", 200), ("/api/agents", 401), ("/nothing/here", 404), ("/api/nothing", 404)])
def test_two_parsers_of_others_understand_every_answer(server, path, status):
    data = exchange(server, get(path, end="keep-alive") + get(path))
    (first, _, body), (second, _, again) = by_h11(data, "GET", "GET")
    assert (first, second) == (status, status)
    other = ByHTTPTools(data)
    assert other.statuses == [status, status]
    assert other.bodies == [body, again]


def test_head_is_get_without_the_body(server):
    data = exchange(server, get("/widget.js", method="HEAD"))
    ((status, fields, body),) = by_h11(data, "HEAD")
    assert (status, body) == (200, b"")
    assert int(fields[b"content-length"]) == (ROOT / "web/widget.js").stat().st_size


def test_an_unchanged_file_is_not_sent_again(server):
    client = Interface(server.url)
    _, fields, _ = client.request("GET", "/widget.js")
    status, _, body = client.request("GET", "/widget.js", headers={"If-None-Match": fields["ETag"]})
    assert (status, body) == (304, b"")


@pytest.mark.parametrize("path", [
    "/../Package.swift", "/%2e%2e/Package.swift", "/..%2fPackage.swift", "/app/../../Package.swift",
    "/app/%2e%2e/%2e%2e/Package.swift", "/%2e%2e%5cPackage.swift", "/.gitignore", "/app/.hidden", "//etc/passwd",
    "/%00", "/app%00.js", "/....//Package.swift", "/%c0%ae%c0%ae/Package.swift"])
def test_nothing_outside_the_pages_is_served(server, path):
    data = exchange(server, get(path))
    ((status, _, body),) = by_h11(data, "GET")
    assert status in (400, 403, 404)
    assert b"swift-tools-version" not in body and b"root:" not in body


@pytest.mark.parametrize("hostile", [
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", b"\x00" * 64 + b"\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n",
    b"POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n",
    b"GET /" + b"a" * 100_000, b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 20_000])
def test_hostile_bytes_are_refused_and_the_next_one_is_served(server, hostile):
    try:
        answer = exchange(server, hostile)
        assert re.match(rb"HTTP/1\.1 (4\d\d|505) ", answer), answer[:200]
    except (ConnectionResetError, BrokenPipeError):
        pass  # closed while we were still sending: the refusal may be lost with it
    assert exchange(server, get("/healthz")).startswith(b"HTTP/1.1 200 ")


def test_a_page_carries_its_policy(server):
    _, fields, _ = Interface(server.url).request("GET", "/")
    assert "default-src 'self'" in fields["Content-Security-Policy"]
    assert "unsafe" not in fields["Content-Security-Policy"]
    assert "frame-ancestors" in fields["Content-Security-Policy"]
    assert fields["X-Content-Type-Options"] == "nosniff"
    assert fields["Referrer-Policy"]


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(server, owner):
    _, fields, _ = Interface(server.url).request(
        "POST", "/api/session", {"email": "olive@example.com", "password": "correct horse battery"})
    cookie = fields["Set-Cookie"].lower()
    assert "httponly" in cookie and "samesite=lax" in cookie and "secure" not in cookie


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_another_website_cannot_act_for_an_agent(server, owner, origin):
    status, _, body = owner.request("PATCH", "/api/session/agent", {"name": "Mallory"}, {"Origin": origin})
    assert (status, body["error"]["code"]) == (403, "origin.denied")
    assert owner.session()["agent"]["name"] == "Olive Owner"


def test_the_metrics_are_prometheus_text(server, owner):
    _, fields, body = owner.request("GET", "/metrics")
    assert fields["Content-Type"].startswith("text/plain; version=0.0.4")
    families = {family.name: family for family in text_string_to_metric_families(body.decode())}
    assert families, body
    assert all(family.documentation and family.type != "unknown" for family in families.values())
    assert any("request" in name for name in families)
    assert any("memory" in name for name in families)


def test_the_openapi_description_is_valid(server):
    _, _, description = Interface(server.url).request("GET", "/api/openapi.json")
    assert description["openapi"].startswith("3.1")
    openapi_spec_validator.validate(description)
    assert "/api/deals" in description["paths"], json.dumps(list(description["paths"]))


def test_a_method_that_is_not_there_names_those_that_are(server):
    status, fields, _ = Interface(server.url).request("DELETE", "/api/deals")
    assert status == 405
    assert "POST" in fields["Allow"]


def test_the_loader_of_the_widget_is_small():
    loader = (ROOT / "web/widget.js").read_bytes()
    assert len(gzip.compress(loader, 9, mtime=0)) <= 2560
