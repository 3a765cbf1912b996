"""What pages weigh: every answer over HTTP that a window receives, as a proxy would compress it."""

import collections
import gzip
import urllib.parse

KINDS = {"script": "JavaScript", "stylesheet": "CSS", "document": "HTML"}


def kind(address, resource):
    """What an answer is, as the tables name it."""
    if "/locales/" in address.path:
        return "texts"
    if address.path.endswith(".svg"):
        return "icons"
    if address.path.endswith(".html"):
        return "HTML"
    return KINDS.get(resource, "data")


class Weights:
    """The answers to one window, from now on. Whatever comes from `ignored`, a website that is not ours, is left out."""

    def __init__(self, window, ignored=()):
        self.ignored = ignored
        self.requests = []
        window.on("requestfinished", lambda request: self.requests.append(request))

    def answers(self):
        """Each answer's address, kind and octets, gzipped with level 6 as usual."""
        for request in self.requests:
            address = urllib.parse.urlsplit(request.url)
            if address.scheme in ("http", "https") and f"{address.scheme}://{address.netloc}" not in self.ignored:
                body = request.response().body()
                yield request.url, kind(address, request.resource_type), len(gzip.compress(body, 6, mtime=0)) if body else 0

    def by_kind(self):
        sums = collections.Counter()
        for _, kind, octets in self.answers():
            sums[kind] += octets
        return sums

    def hosts(self):
        """Every host that was asked for something."""
        return {urllib.parse.urlsplit(request.url).netloc for request in self.requests} - {""}
