"""Clients that do harm: they send too slowly, too much or without end, or never read. Each tells how the server ended it."""

import asyncio
import base64
import itertools
import json
import os
import resource
import select
import socket
import urllib.parse

from harness.sockets import new_token

TEXT, CONTINUATION, CLOSE, PING = 0x1, 0x0, 0x8, 0x9
# How long an offender waits for its end before it says that there was none.
PATIENCE = 60


def frame(opcode, payload=b"", final=True):
    """A frame with a mask of zeros: it is a mask too, and costs this side nothing."""
    assert len(payload) < 126
    return bytes([(0x80 if final else 0) | opcode, 0x80 | len(payload)]) + b"\0\0\0\0" + payload


def text(**message):
    content = json.dumps(message).encode()
    if len(content) < 126:
        return frame(TEXT, content)
    return bytes([0x81, 0xFE]) + len(content).to_bytes(2, "big") + b"\0\0\0\0" + content


class Offender:
    """One connection, octet by octet."""

    def __init__(self, url, receive_buffer=None):
        self.url = url
        self.address = urllib.parse.urlsplit(url)
        self.receive_buffer = receive_buffer

    async def connect(self):
        connection = socket.socket()
        if self.receive_buffer:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, self.receive_buffer)
        connection.setblocking(False)
        await asyncio.get_running_loop().sock_connect(connection, (self.address.hostname, self.address.port))
        self.reader, self.writer = await asyncio.open_connection(sock=connection)

    def head(self, method, path, **fields):
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.address.netloc}", f"Origin: {self.url}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
        return "\r\n".join(lines).encode() + b"\r\n\r\n"

    async def open_socket(self, path, **fields):
        """A WebSocket."""
        await self.connect()
        self.writer.write(self.head(
            "GET", path, Upgrade="websocket", Connection="Upgrade", Sec_WebSocket_Version=13,
            Sec_WebSocket_Key=base64.b64encode(os.urandom(16)).decode(), **fields))
        answer = await self.reader.readuntil(b"\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 101"), answer

    async def open_visitor(self, site):
        await self.open_socket("/widget/live")
        self.writer.write(text(
            type="hello", site=site, token=new_token(), after=0, page=None, language="en", timeZone="UTC", mode="frame"))

    async def open_inbox(self, cookie):
        await self.open_socket("/api/live", Cookie=cookie)
        self.writer.write(text(type="hello", after=None))

    async def status(self):
        """The status of the answer, once the server has ended the connection."""
        try:
            async with asyncio.timeout(PATIENCE):
                answer = await self.reader.read()
        except ConnectionError:
            return "reset"
        return int(answer.split()[1]) if answer else "closed"

    async def close_code(self):
        """The code with which the server closes the socket."""
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    opcode, length = await self.reader.readexactly(2)
                    if length == 126:
                        length = int.from_bytes(await self.reader.readexactly(2), "big")
                    elif length == 127:
                        length = int.from_bytes(await self.reader.readexactly(8), "big")
                    payload = await self.reader.readexactly(length)
                    if opcode & 0x0F == CLOSE:
                        return int.from_bytes(payload[:2], "big")
        except (ConnectionError, asyncio.IncompleteReadError):
            return "broken"

    async def flood(self, frames):
        """Sends these again and again, and reads what comes, until the server closes."""
        async def send():
            try:
                for each in itertools.cycle(frames):
                    self.writer.write(each)
                    await self.writer.drain()
                    await asyncio.sleep(0)  # Lets the other direction have its turn.
            except ConnectionError:
                return  # How it ended, the other side of the connection tells.

        sending = asyncio.create_task(send())
        try:
            return await self.close_code()
        finally:
            sending.cancel()
            self.writer.transport.abort()


async def slow_head(url):
    """An octet a second."""
    offender = Offender(url)
    await offender.connect()
    answer = asyncio.create_task(offender.status())
    for octet in offender.head("GET", "/healthz", X=200 * "x"):
        offender.writer.write(bytes([octet]))
        if (await asyncio.wait([answer], timeout=1))[0]:
            break
    return await answer


async def body_that_stops(url):
    offender = Offender(url)
    await offender.connect()
    offender.writer.write(offender.head("POST", "/api/session", Content_Type="application/json", Content_Length=1000))
    offender.writer.write(b'{"email":')
    return await offender.status()


async def answers_never_read(url):
    """Asks for more than the kernel keeps, and takes nothing of it."""
    offender = Offender(url, receive_buffer=4096)
    await offender.connect()
    connection = offender.writer.get_extra_info("socket")
    offender.reader._transport.pause_reading()
    offender.writer.write(offender.head("GET", "/app/app.js") * 20_000)
    watch = select.poll()
    watch.register(connection.fileno(), 0)
    # The server gives up with requests unread, which resets the connection.
    ended = await asyncio.to_thread(watch.poll, PATIENCE * 1000)
    offender.writer.transport.abort()
    return "reset" if ended else "open"


async def no_hello(url, path="/widget/live"):
    offender = Offender(url)
    await offender.open_socket(path)
    return await offender.close_code()


async def pings(url, site):
    offender = Offender(url)
    await offender.open_visitor(site)
    return await offender.flood([frame(PING) * 100])


async def fragments(url, site):
    """One message of one octet after the other."""
    offender = Offender(url)
    await offender.open_visitor(site)
    offender.writer.write(frame(TEXT, b"{", final=False))
    return await offender.flood([frame(CONTINUATION, b" ", final=False) * 100])


async def empty_fragments(url, site):
    """One message without an end and without content."""
    offender = Offender(url)
    await offender.open_visitor(site)
    offender.writer.write(frame(TEXT, final=False))
    return await offender.flood([frame(CONTINUATION, final=False) * 100])


async def visitor_typing(url, site):
    offender = Offender(url)
    await offender.open_visitor(site)
    return await offender.flood([(text(type="typing", on=True) + text(type="typing", on=False)) * 50])


async def visitor_heartbeats(url, site):
    offender = Offender(url)
    await offender.open_visitor(site)
    return await offender.flood([text(type="ping") * 100])


async def visitor_messages(url, site):
    """Goes on whatever is refused."""
    offender = Offender(url)
    await offender.open_visitor(site)
    numbers = (text(type="message.post", clientID=f"flood-{n:09}", text="More") for n in itertools.count())
    return await offender.flood(numbers)


async def agent_typing(url, cookie, conversation):
    offender = Offender(url)
    await offender.open_inbox(cookie)
    return await offender.flood([
        (text(type="typing", conversationID=conversation, on=True) + text(type="typing", conversationID=conversation, on=False))
        * 50])


async def half_open(url, count):
    """Many who begin a request and say no more. Answers what they heard, and how many heard it."""
    answers = {}

    async def one(offender):
        await offender.connect()
        offender.writer.write(b"GET / HTTP/1.1\r\nHo")
        status = await offender.status()
        offender.writer.transport.abort()
        answers[status] = answers.get(status, 0) + 1

    async with asyncio.TaskGroup() as group:
        for number in range(count):
            group.create_task(one(Offender(url)))
            if number % 200 == 199:
                await asyncio.sleep(0)  # Lets those connect before the next come.
    return answers


def raise_file_limit():
    """As many files as this process may have; answers how many."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard
