"""The people of a test: each has a browser window of their own, and whatever goes wrong in it is remembered."""

import contextlib
import json

from harness.parley import ROOT
from inbox import Inbox
from widget import Widget

# What a browser itself writes to the console when the network or the server is gone.
NETWORK_TROUBLE = ("net::ERR_", "WebSocket connection to", "the server responded with a status of")
# Without motion, so that a test need not wait for what only pleases.
WINDOW = {
    "locale": "en-US", "timezone_id": "Europe/Paris", "viewport": {"width": 1440, "height": 900},
    "reduced_motion": "reduce"}


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
    assert not errors, "\n".join(errors)


class People:
    def __init__(self, chromium, demo, network):
        self.chromium = chromium
        self.demo = demo
        self.network = network
        self.windows = []
        self.errors = []
        workspace = json.loads((ROOT / "fixtures/demo/workspace.json").read_text())
        self.agents = workspace["agents"]
        self.greetings = workspace["site"]["greetings"]
        self.password = workspace["password"]

    def window(self, **options):
        context = self.chromium.new_context(**{**WINDOW, **options})
        watch(context, self.errors)
        self.windows.append(context)
        return context

    def agent(self, number=0, **options):
        """An agent of the demo workspace, signed in, on the inbox."""
        window = self.window(**options)
        name, value = self.demo.cookies[number].split("=", 1)
        window.add_cookies([{"name": name, "value": value, "url": self.network.url}])
        return Inbox(window.new_page(), self.network.url, self.agents[number], language(options)).enter()

    def visitor(self, path="/", website=None, **options):
        """Somebody on the demo website."""
        page = self.window(**options).new_page()
        page.goto((website or self.demo.website) + path)
        return Widget(page, language(options))

    def photograph(self, folder, name):
        """Keeps a picture of every page, as it stands."""
        folder.mkdir(parents=True, exist_ok=True)
        pages = [page for window in self.windows for page in window.pages]
        for number, page in enumerate(pages):
            page.screenshot(path=folder / f"{name}-{number}.png")

    def leave(self):
        """Closes every window, and tells what went wrong in any."""
        for context in self.windows:
            context.close()
        assert not self.errors, "\n".join(self.errors)


def language(options):
    return options.get("locale", "en").partition("-")[0]
