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
    """The answers that come from one server to a window, from now on."""

    def __init__(self, window, server):
        self.server = server
        self.requests = []
        window.on("requestfinished", lambda request: self.requests.append(request))

    def answers(self):
        """Each answer's address, kind and octets, gzipped with level 6 as usual."""
        for request in self.requests:
            address = urllib.parse.urlsplit(request.url)
            if request.url.startswith(f"{self.server}/") and (body := request.response().body()):
                yield request.url, kind(address, request.resource_type), len(gzip.compress(body, 6, mtime=0))

    def total(self, only=""):
        """The octets of all answers, or of those whose address ends so."""
        return sum(octets for url, _, octets in self.answers() if url.endswith(only))

    def by_kind(self):
        sums = collections.Counter()
        for _, kind, octets in self.answers():
            sums[kind] += octets
        return sums

    def hosts(self):
        """The origins that were asked for something."""
        addresses = (urllib.parse.urlsplit(request.url) for request in self.requests)
        return {f"{address.scheme}://{address.netloc}" for address in addresses if address.netloc}
