"""The cases of `fixtures/http`, and what each of them says of answers. `requests.txt` tells how they are written."""

import dataclasses
import re

from harness.parley import ROOT

FILES = ["requests", "refusals", "smuggling", "clauses", "limits"]
ESCAPES = {ord("r"): b"\r", ord("n"): b"\n", ord("t"): b"\t", ord("0"): b"\0"}


@dataclasses.dataclass
class Expected:
    """A request of a case that gets an answer."""
    method: str
    target: str
    body: bytes = b""
    status: int = 200
    closes: bool = False


@dataclasses.dataclass
class Case:
    name: str
    octets: bytes = b""
    outcome: list = dataclasses.field(default_factory=list)

    @property
    def expected(self):
        """The answers that it gets from the mirror, in order, up to the one that closes the connection."""
        answers, current = [], None
        for line in self.outcome:
            kind, _, rest = line.partition(" ")
            if kind == "request":
                method, target, *marks = unescape(rest).decode().split(" ")
                current = Expected(method, target, closes="close" in marks)
                if method == "OPTIONS":
                    current.status = 204
            elif kind == "body":
                current.body = unescape(rest)
            elif kind == "error":
                current = Expected("GET", "", status=int(rest.split(" ")[1]), closes=True)
            if kind in ("end", "error"):
                answers.append(current)
                if current.closes:
                    break
        return answers


def unescape(text):
    rest = bytearray(text.encode())
    rest.reverse()
    return _unescape(rest, None)


def _unescape(rest, end):
    octets = bytearray()
    while rest and (octet := rest.pop()) != end:
        if octet != ord("\\"):
            octets.append(octet)
            continue
        kind = rest.pop()
        if kind == ord("x"):
            octets += bytes.fromhex(chr(rest.pop()) + chr(rest.pop()))
        elif kind == ord("{"):
            count = bytearray()
            while (digit := rest.pop()) != ord("*"):
                count.append(digit)
            octets += _unescape(rest, ord("}")) * int(count)
        else:
            octets += ESCAPES.get(kind, bytes([kind]))
    return bytes(octets)


def load():
    cases = []
    for name in FILES:
        # By LF alone: what else Python takes for a line's end may stand in a case.
        for line in (ROOT / f"fixtures/http/{name}.txt").read_text().split("\n"):
            if match := re.match("case: (.*)", line):
                cases.append(Case(match[1]))
            elif line.startswith("> "):
                cases[-1].octets += unescape(line[2:])
            elif line.startswith("= "):
                cases[-1].outcome.append(line[2:])
    return cases
