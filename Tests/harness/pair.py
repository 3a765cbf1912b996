"""A visitor and an agent who talk: what everybody else does while somebody does harm."""

import asyncio
import time

from harness.sockets import AgentSocket, VisitorSocket


class Pair:
    """Each line of the visitor is answered by the agent as soon as it is heard, and so on, until they are told to stop."""

    def __init__(self, url, site, cookie, name="pair"):
        self.name = name  # No two who talk at once bear the same.
        self.visitor = VisitorSocket(url, site)
        self.agent = AgentSocket(url, cookie)
        self.said = []
        # Of each line, how many seconds it took from one to the other.
        self.latencies = []
        self.conversation = None

    async def __aenter__(self):
        await self.agent.connect()
        await self.agent.hello()
        await self.agent.receive("ready")
        await self.visitor.connect()
        await self.visitor.hello()
        await self.exchange()
        return self

    async def __aexit__(self, *_):
        await self.visitor.close()
        await self.agent.close()

    async def talk(self, until, pause=0):
        """Until the event, with a pause between two lines that is no wait for anything: as people make it."""
        while not until.is_set():
            await self.exchange()
            if pause:
                await asyncio.sleep(pause)

    async def exchange(self):
        number = len(self.said)
        line = f"{self.name}: the visitor says {number}"
        began = time.perf_counter()
        await self.visitor.post(f"{self.name}-visitor-{number:06}", line)
        message = await self.hear(self.agent, line)
        self.conversation = message["conversationID"]
        answer = f"{self.name}: the agent answers {number + 1}"
        between = time.perf_counter()
        await self.agent.post(f"{self.name}-agent-{number:06}", self.conversation, answer)
        await self.hear(self.visitor, answer)
        self.latencies += [between - began, time.perf_counter() - between]
        self.said += [line, answer]

    @staticmethod
    async def hear(socket, line):
        while True:
            message = (await socket.receive("message.added", "message"))["message"]
            if message["text"] == line:
                return message
