"""Visitors and agents on their live sockets, without a browser."""

import asyncio
import base64
import json
import os
import urllib.parse

import websockets


def new_token():
    """A visitor's token, as the loader makes it: 32 random bytes in base64url."""
    return base64.urlsafe_b64encode(os.urandom(32)).decode().rstrip("=")


class Socket:
    """A socket of JSON texts."""

    def __init__(self, url, path, headers=None):
        parts = urllib.parse.urlsplit(url)
        self.address = f"ws://{parts.netloc}{path}"
        self.origin = url
        self.headers = headers or {}
        self.connection = None

    async def connect(self):
        self.connection = await websockets.connect(
            self.address, origin=self.origin, additional_headers=self.headers, compression=None, proxy=None,
            ping_interval=None, max_queue=None, open_timeout=30)
        return self

    async def send(self, **message):
        await self.connection.send(json.dumps(message))

    async def receive(self, *types, timeout=30):
        """The next message, or the next of these types."""
        async with asyncio.timeout(timeout):
            while True:
                message = json.loads(await self.connection.recv())
                if not types or message["type"] in types:
                    return message

    async def close(self):
        await self.connection.close()

    async def __aenter__(self):
        return await self.connect()

    async def __aexit__(self, *_):
        await self.close()


class VisitorSocket(Socket):
    """A visitor in the widget's frame."""

    def __init__(self, url, site, token=None, origin=None):
        super().__init__(url, "/widget/live")
        self.origin = origin or url
        self.site = site
        self.token = token or new_token()

    async def hello(self, after=0, page=None):
        """Introduces the visitor and returns the server's `ready`."""
        await self.send(
            type="hello", site=self.site, token=self.token, after=after, page=page, language="en", timeZone="UTC",
            mode="frame")
        return await self.receive("ready")

    async def post(self, client_id, text):
        await self.send(type="message.post", clientID=client_id, text=text)


class AgentSocket(Socket):
    """A signed-in agent's inbox."""

    def __init__(self, url, cookie):
        super().__init__(url, "/api/live", {"Cookie": cookie})

    async def hello(self, after=None):
        await self.send(type="hello", after=after)

    async def post(self, client_id, conversation, text, kind="text"):
        await self.send(
            type="message.post", clientID=client_id, conversationID=conversation, kind=kind, text=text)
