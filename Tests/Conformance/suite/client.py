"""The fuzzing client of the Autobahn test suite, set on a server: `client.py URL CASE...` prints each case's result as JSON."""

import contextlib
import json
import sys

import translation
from translation import characters, octets

translation.install()

from autobahntestsuite import fuzzing
from twisted.internet import reactor

# Its wire log tells bytes from text by type, which here it cannot; the reports that would show the log are not written.
fuzzing.binLogData = fuzzing.asciiLogData = lambda data, *_, **__: ""



def events(found):
    """What happened, or should have, in one form: a few payloads are made as octets."""
    return [tuple(map(characters, event)) for event in found]


# By value: the suite compares pickles, which in Python 3 tell one object seen twice from two that are equal.
fuzzing.Case.compare = lambda _, one, other: events(one) == events(other)


class Client(fuzzing.FuzzingClientProtocol):
    """The suite's client, with octets towards the wire and characters towards the cases."""

    def sendFrame(self, opcode, payload="", fin=True, rsv=0, mask=None, payload_len=None, chopsize=None, sync=False):
        payload = octets(payload)
        if payload_len is not None and payload_len != len(payload):
            payload = (payload * (payload_len // len(payload) + 1))[:payload_len]
        super().sendFrame(opcode, payload, fin, rsv, octets(mask), None, chopsize, sync)

    def sendMessage(self, payload, *arguments, **options):
        super().sendMessage(octets(payload), *arguments, **options)

    def sendMessageFrameData(self, payload, *arguments, **options):
        return super().sendMessageFrameData(octets(payload), *arguments, **options)

    def sendPing(self, payload=None):
        super().sendPing(octets(payload))

    def sendCloseFrame(self, code=None, reasonUtf8=None, isReply=False):
        super().sendCloseFrame(code, octets(reasonUtf8), isReply)

    def logRxFrame(self, header, payload):
        super().logRxFrame(header, [characters(part) for part in payload])

    def onMessage(self, payload, isBinary):
        super().onMessage(characters(payload), isBinary)

    def onPing(self, payload):
        super().onPing(characters(payload))

    def onPong(self, payload):
        super().onPong(characters(payload))


class Factory(fuzzing.FuzzingClientFactory):
    def buildProtocol(self, address):
        client = Client()
        client.factory = self
        client.caseAgent = self.agent
        client.case = self.currentCaseIndex
        client.Case = fuzzing.Cases[self.currentCaseIndex - 1]
        client.runCase = client.Case(client)
        return client

    def createReports(self):
        """Not the suite's pages, only what was found."""


def main(url, *cases):
    with contextlib.redirect_stdout(sys.stderr):
        factory = Factory({"servers": [{"agent": "parley", "url": url}], "cases": list(cases), "exclude-agent-cases": {}})
        reactor.run()
    results = factory.agents["parley"]
    kept = ["behavior", "behaviorClose", "result", "resultClose", "remoteCloseCode", "duration"]
    json.dump({case: {key: result[key] for key in kept} for case, result in results.items()}, sys.stdout, indent=1)


if __name__ == "__main__":
    main(*sys.argv[1:])
