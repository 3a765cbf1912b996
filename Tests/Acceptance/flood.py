"""Visitors who write as fast as they are acknowledged, and remember what they were promised; an inbox that hears it all."""

import asyncio

import websockets
from harness.sockets import AgentSocket, VisitorSocket

# How many messages a visitor sends ahead of their acknowledgement.
AHEAD = 4
# The close code of a socket that does not keep up.
LAGGING = 4408


class Writer:
    """A visitor who numbers the messages, and after a lost connection sends again what was not acknowledged."""

    def __init__(self, name, url, site):
        self.name = name
        self.socket = VisitorSocket(url, site)
        self.sent = 0
        self.acknowledged = {}  # message index -> the number that the server gave it
        self.pending = {}  # the indices of the others, in order
        self.seen = 0
        self.close_code = None  # with which the server last closed the socket; None if it did not

    def text(self, index):
        return f"{self.name} says {index}"

    async def write(self, acknowledgements):
        """Writes until the connection breaks or the task is cancelled; tells each acknowledgement to a queue."""
        try:
            async with self.socket:
                await self.catch_up(await self.socket.hello(after=self.seen), acknowledgements)
                await self.send_pending()
                while True:
                    while len(self.pending) < AHEAD:
                        self.pending[self.sent] = None
                        self.sent += 1
                        await self.send(self.sent - 1)
                    self.take(await self.socket.receive("message"), acknowledgements)
        except websockets.ConnectionClosed as closed:
            self.close_code = closed.rcvd.code if closed.rcvd else None
        except OSError:
            self.close_code = None

    async def settle(self, acknowledgements):
        """Sends what is not acknowledged yet, until nothing is left."""
        async with self.socket:
            await self.catch_up(await self.socket.hello(after=self.seen), acknowledgements)
            await self.send_pending()
            while self.pending:
                self.take(await self.socket.receive("message"), acknowledgements)

    async def catch_up(self, ready, acknowledgements):
        for message in ready["messages"]:
            self.take({"message": message}, acknowledgements)

    async def send_pending(self):
        for index in list(self.pending):
            await self.send(index)

    async def send(self, index):
        await self.socket.post(f"{self.name}-{index:06}", self.text(index))

    def take(self, event, acknowledgements):
        message = event["message"]
        self.seen = max(self.seen, message["number"])
        if not message["clientID"]:
            return
        index = int(message["clientID"].rsplit("-", 1)[1])
        # A resend is answered with the message as it was stored first.
        assert self.acknowledged.setdefault(index, message["number"]) == message["number"], message
        self.pending.pop(index, None)
        acknowledgements.put_nowait(index)


class Watcher:
    """An inbox that is always open, and after a lost connection asks for what it missed."""

    def __init__(self, url, cookie):
        self.socket = AgentSocket(url, cookie)
        self.after = None
        self.heard = {}  # conversation -> the texts of its messages, in the order in which they came

    async def follow(self):
        """Hears until the server is gone; one that lags is sent away, and comes back at once."""
        while True:
            try:
                async with self.socket:
                    await self.socket.hello(after=self.after)
                    while True:
                        self.take(await self.socket.receive())
            except websockets.ConnectionClosed as closed:
                if not closed.rcvd or closed.rcvd.code != LAGGING:
                    return
            except OSError:
                return

    async def catch_up(self):
        """Hears what it has missed, and no more."""
        async with self.socket:
            await self.socket.hello(after=self.after)
            while self.take(await self.socket.receive())["type"] != "ready":
                pass

    def take(self, event):
        assert event["type"] != "startOver", "what was missed lies within what is kept"
        if "sequence" in event:
            # Each once, in order: a replay begins behind what was heard. `ready` tells the last number again.
            assert self.after is None or event["sequence"] > self.after or event["type"] == "ready", event
            self.after = event["sequence"]
        if event["type"] == "message.added" and event["message"]["kind"] == "text":
            message = event["message"]
            self.heard.setdefault(message["conversationID"], []).append(message["text"])
        return event


async def flood(writers, at_least, then, watcher=None):
    """Lets all write at once, and does something in the midst of it, when so many acknowledgements have come."""
    acknowledgements = asyncio.Queue()
    tasks = [asyncio.create_task(writer.write(acknowledgements)) for writer in writers]
    if watcher:
        tasks.append(asyncio.create_task(watcher.follow()))
    for _ in range(at_least):
        await asyncio.wait_for(acknowledgements.get(), 30)
    await asyncio.to_thread(then)
    await asyncio.gather(*tasks)


async def settle(writers):
    acknowledgements = asyncio.Queue()
    await asyncio.gather(*(writer.settle(acknowledgements) for writer in writers))
