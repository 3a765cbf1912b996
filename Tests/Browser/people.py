"""The people of a test: each has a browser window of their own, and whatever goes wrong in it is remembered."""

import json

from inbox import Inbox
from widget import Widget

# What a browser itself writes to the console when the network or the server is gone.
NETWORK_TROUBLE = ("net::ERR_", "WebSocket connection to", "the server responded with a status of")


class People:
    def __init__(self, chromium, demo, network):
        self.chromium = chromium
        self.demo = demo
        self.network = network
        self.contexts = []
        self.errors = []
        self.agents = json.loads((demo.fixtures / "demo/agents.json").read_text())

    def window(self, **options):
        """A browser of one person: its cookies and storage are nobody else's."""
        options = {"locale": "en-US", "timezone_id": "Europe/Paris", "viewport": {"width": 1440, "height": 900}, **options}
        context = self.chromium.new_context(**options)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        context.on("console", self.note)
        self.contexts.append(context)
        return context

    def agent(self, number=0, **options):
        """An agent of the demo workspace, signed in, on the inbox."""
        person = self.agents[number]
        inbox = Inbox(self.window(**options).new_page(), self.network.url)
        inbox.sign_in(person["email"], person["password"])
        return inbox

    def visitor(self, path="/", **options):
        """Somebody on the demo website."""
        page = self.window(**options).new_page()
        page.goto(self.demo.website + path)
        return Widget(page)

    def note(self, message):
        if message.type == "error" and not any(trouble in message.text for trouble in NETWORK_TROUBLE):
            self.errors.append(f"{message.text} ({message.location.get('url')})")

    def leave(self):
        """Closes every window, and tells what went wrong in any."""
        for context in self.contexts:
            context.close()
        assert self.errors == []
