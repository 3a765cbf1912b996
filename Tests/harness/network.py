"""A network between the browsers and the server that a test can cut."""

import asyncio
import threading


class Network:
    """Passes TCP connections from a port of its own on to the server's, until it is cut.

    A cut ends every connection at once and accepts none, as a laptop's lost Wi-Fi does; `restore` accepts again.
    """

    def __init__(self, port):
        self.port = port
        self.target = None
        self.writers = set()
        self.connections = set()
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self, target):
        self.target = target
        self.thread.start()
        self._call(self._listen())
        return self

    def cut(self):
        self._call(self._cut())

    def restore(self):
        self._call(self._listen())

    def stop(self):
        self._call(self._cut())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    def _call(self, work):
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(30)

    async def _listen(self):
        self.server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)

    async def _cut(self):
        self.server.close()
        for writer in list(self.writers):
            writer.transport.abort()
        await asyncio.gather(*self.connections)

    async def _serve(self, reader, writer):
        connection = asyncio.current_task()
        self.connections.add(connection)
        connection.add_done_callback(self.connections.discard)
        try:
            onward_reader, onward_writer = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.transport.abort()
            return
        pair = {writer, onward_writer}
        self.writers |= pair
        await asyncio.gather(self._pass(reader, onward_writer), self._pass(onward_reader, writer))
        self.writers -= pair
        for each in pair:
            each.close()

    @staticmethod
    async def _pass(reader, writer):
        try:
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
            writer.write_eof()
        except OSError:
            writer.transport.abort()
