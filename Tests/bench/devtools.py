"""Chromium by its own protocol, of which it takes only what tells a time: to report every request, as Playwright has it do, costs the page some."""

import itertools
import json
import re
import shutil
import subprocess
import tempfile

from websockets.sync.client import connect


class Chromium:
    def __init__(self, width=1440, height=900):
        self.size = {"width": width, "height": height}

    def __enter__(self):
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.process = subprocess.Popen(
            [shutil.which("chromium"), "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0", f"--user-data-dir={self.profile.name}", "about:blank"],
            stderr=subprocess.PIPE, text=True)
        address = next(match.group() for line in self.process.stderr if (match := re.search(r"ws://\S+", line)))
        self.socket = connect(address, max_size=None, proxy=None)
        self.numbers = itertools.count(1)
        return self

    def __exit__(self, *_):
        self.socket.close()
        self.process.terminate()
        self.process.wait()
        self.process.stderr.close()
        self.profile.cleanup()

    def call(self, method, session=None, **params):
        """Has a command carried out, and returns its result."""
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": params, **({"sessionId": session} if session else {})}))
        while (message := json.loads(self.socket.recv())).get("id") != number:
            pass
        if "error" in message:
            raise RuntimeError(f"{method}: {message['error']['message']}")
        return message["result"]

    def window(self, url, cookie, script):
        """A page that has seen nothing yet, with somebody's session, in which a script runs before any other."""
        context = self.call("Target.createBrowserContext")["browserContextId"]
        name, value = cookie.split("=", 1)
        self.call("Storage.setCookies", browserContextId=context, cookies=[{"name": name, "value": value, "url": url}])
        page = self.call("Target.createTarget", url="about:blank", browserContextId=context, **self.size)["targetId"]
        session = self.call("Target.attachToTarget", targetId=page, flatten=True)["sessionId"]
        self.call("Page.enable", session)
        self.call("Page.addScriptToEvaluateOnNewDocument", session, source=script)
        return context, session

    def visit(self, session, url, promise):
        """Goes to an address, and returns what a promise of the page is fulfilled with."""
        self.call("Page.navigate", session, url=url)
        return self.call("Runtime.evaluate", session, expression=promise, awaitPromise=True)["result"]["value"]

    def close(self, context):
        self.call("Target.disposeBrowserContext", browserContextId=context)
