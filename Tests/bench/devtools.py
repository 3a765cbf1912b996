"""Chromium by its own protocol, of which it takes only what tells a time: what Playwright asks of it for every request and frame costs the page some."""

import itertools
import json
import re
import shutil
import subprocess
import tempfile

from websockets.sync.client import connect


class Chromium:
    def __init__(self, *flags):
        self.flags = flags

    def __enter__(self):
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.process = subprocess.Popen(
            [shutil.which("chromium"), "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0", f"--user-data-dir={self.profile.name}",
             "--window-size=1440,900", *self.flags, "about:blank"],
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
        message = self.receive(lambda message: message.get("id") == number)
        if "error" in message:
            raise RuntimeError(f"{method}: {message['error']['message']}")
        return message["result"]

    def receive(self, isWanted):
        """The next message that is wanted; those before it are not."""
        while not isWanted(message := json.loads(self.socket.recv())):
            pass
        return message

    def window(self, url="", cookie="", script=""):
        """A page that has seen nothing yet, with somebody's session, in which a script runs before any other."""
        context = self.call("Target.createBrowserContext")["browserContextId"]
        if cookie:
            name, value = cookie.split("=", 1)
            self.call("Storage.setCookies", browserContextId=context, cookies=[{"name": name, "value": value, "url": url}])
        page = self.call("Target.createTarget", url="about:blank", browserContextId=context, width=1440, height=900)["targetId"]
        session = self.call("Target.attachToTarget", targetId=page, flatten=True)["sessionId"]
        self.call("Page.enable", session)
        self.call("Page.addScriptToEvaluateOnNewDocument", session, source=script)
        return context, session

    def visit(self, session, url, promise):
        """Goes to an address, and returns what a promise of the page is fulfilled with."""
        self.call("Page.navigate", session, url=url)
        return self.evaluate(session, promise)

    def evaluate(self, session, promise):
        return self.call("Runtime.evaluate", session, expression=promise, awaitPromise=True)["result"].get("value")

    def longest_task(self, act):
        """The longest task of a page's main thread while something is done, in milliseconds of the processor's time: what else the machine does is
        not the page's."""
        self.call("Tracing.start", transferMode="ReportEvents", traceConfig={"includedCategories": ["toplevel"]})
        act()
        self.call("Tracing.end")
        events = []

        def isComplete(message):
            events.extend(message["params"]["value"] if message.get("method") == "Tracing.dataCollected" else [])
            return message.get("method") == "Tracing.tracingComplete"

        self.receive(isComplete)
        threads = {(each["pid"], each["tid"]) for each in events if each["name"] == "thread_name" and each["args"]["name"] == "CrRendererMain"}
        return max(each["tdur"] for each in events if each["name"].endswith("RunTask") and (each["pid"], each["tid"]) in threads and "tdur" in each) / 1000

    def close(self, context):
        self.call("Target.disposeBrowserContext", browserContextId=context)
