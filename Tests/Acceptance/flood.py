"""Visitors who write as fast as they are acknowledged, and remember what they were promised."""

import asyncio

import websockets
from harness.sockets import VisitorSocket

# How many messages a visitor sends ahead of their acknowledgement.
AHEAD = 4


class Writer:
    """A visitor who numbers the messages, and after a lost connection sends again what was not acknowledged."""

    def __init__(self, name, url, site):
        self.name = name
        self.socket = VisitorSocket(url, site)
        self.sent = 0
        self.acknowledged = {}  # message index -> the number that the server gave it
        self.seen = 0

    def text(self, index):
        return f"{self.name} says {index}"

    async def write(self, acknowledgements):
        """Writes until the connection breaks or the task is cancelled; tells each acknowledgement to a queue."""
        try:
            async with self.socket:
                await self.catch_up(await self.socket.hello(after=self.seen), acknowledgements)
                for index in self.pending():
                    await self.send(index)
                while True:
                    while len(self.pending()) < AHEAD:
                        self.sent += 1
                        await self.send(self.sent - 1)
                    self.take(await self.socket.receive("message"), acknowledgements)
        except (websockets.ConnectionClosed, OSError):
            return

    async def settle(self, acknowledgements):
        """Sends what is not acknowledged yet, until nothing is left."""
        async with self.socket:
            await self.catch_up(await self.socket.hello(after=self.seen), acknowledgements)
            for index in self.pending():
                await self.send(index)
            while self.pending():
                self.take(await self.socket.receive("message"), acknowledgements)

    async def catch_up(self, ready, acknowledgements):
        for message in ready["messages"]:
            self.take({"message": message}, acknowledgements)

    async def send(self, index):
        await self.socket.post(f"{self.name}-{index:06}", self.text(index))

    def pending(self):
        return [index for index in range(self.sent) if index not in self.acknowledged]

    def take(self, event, acknowledgements):
        message = event["message"]
        self.seen = max(self.seen, message["number"])
        if not message["clientID"]:
            return
        index = int(message["clientID"].rsplit("-", 1)[1])
        # A resend is answered with the message as it was stored first.
        assert self.acknowledged.setdefault(index, message["number"]) == message["number"], message
        acknowledgements.put_nowait(index)


async def flood(writers, at_least, then):
    """Lets all write at once, and does something in the midst of it, when so many acknowledgements have come."""
    acknowledgements = asyncio.Queue()
    tasks = [asyncio.create_task(writer.write(acknowledgements)) for writer in writers]
    for _ in range(at_least):
        await asyncio.wait_for(acknowledgements.get(), 30)
    await asyncio.to_thread(then)
    await asyncio.gather(*tasks)


async def settle(writers):
    acknowledgements = asyncio.Queue()
    await asyncio.gather(*(writer.settle(acknowledgements) for writer in writers))
