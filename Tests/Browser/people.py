"""The people of a test: each has a browser window of their own, and whatever goes wrong in it is remembered."""

import contextlib
import json

from inbox import Inbox
from widget import Widget

# What a browser itself writes to the console when the network or the server is gone.
NETWORK_TROUBLE = ("net::ERR_", "WebSocket connection to", "the server responded with a status of")
WINDOW = {"locale": "en-US", "timezone_id": "Europe/Paris", "viewport": {"width": 1440, "height": 900}}


def watch(context, errors):
    """Adds what a window's pages complain of to a list."""
    def note(message):
        if message.type == "error" and not any(trouble in message.text for trouble in NETWORK_TROUBLE):
            errors.append(f"{message.text} ({message.location.get('url')})")
    context.on("console", note)
    context.on("weberror", lambda error: errors.append(str(error.error)))


@contextlib.contextmanager
def window(chromium, **options):
    """A browser of one person: its cookies and storage are nobody else's. Its pages may complain of nothing."""
    errors = []
    context = chromium.new_context(**{**WINDOW, **options})
    watch(context, errors)
    try:
        yield context
    finally:
        context.close()
    assert errors == []


class People:
    def __init__(self, chromium, demo, network):
        self.chromium = chromium
        self.demo = demo
        self.network = network
        self.windows = []
        self.errors = []
        workspace = json.loads((demo.fixtures / "demo/workspace.json").read_text())
        self.agents = workspace["agents"]
        self.password = workspace["password"]

    def window(self, **options):
        context = self.chromium.new_context(**{**WINDOW, **options})
        watch(context, self.errors)
        self.windows.append(context)
        return context

    def agent(self, number=0, **options):
        """An agent of the demo workspace, signed in, on the inbox."""
        inbox = Inbox(self.window(**options).new_page(), self.network.url, self.agents[number], language(options))
        inbox.sign_in(self.password)
        return inbox

    def visitor(self, path="/", **options):
        """Somebody on the demo website."""
        page = self.window(**options).new_page()
        page.goto(self.demo.website + path)
        return Widget(page, language(options))

    def leave(self):
        """Closes every window, and tells what went wrong in any."""
        for context in self.windows:
            context.close()
        assert self.errors == []


def language(options):
    return options.get("locale", "en").partition("-")[0]
