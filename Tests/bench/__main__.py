"""`./dev bench [speed|deals|pages|faults]`: how fast a release build is, measured from outside, over its real sockets.

`speed` is what the server can do, with other people's servers beside it: sockets, requests, messages, memory. `deals` is what the CRM's
pages ask for, in workspaces from a thousand to a million deals: what a page costs must follow what it shows, not what the workspace
holds. `pages` is what the pages weigh, and how soon they are there, in a browser. fixtures/bench/ says what is to be reached.
`faults` is what others wait while somebody does harm: no more than twice what they do otherwise.
"""

import argparse
import pathlib
import sys

from bench import deals, faults, pages, speed
from harness import parley

PARTS = ["wire", "messages", "latency", "idle", "history", "soak"]


def main():
    options = argparse.ArgumentParser(prog="./dev bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("what", nargs="?", choices=["speed", "deals", "pages", "faults"], default="speed")
    options.add_argument("--parley", type=pathlib.Path, default=parley.PROGRAM)
    options.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS, help="of speed")
    options.add_argument("--seconds", type=int, default=5, help="for each load")
    options.add_argument("--sockets", type=int, default=10_000, help="of idle visitors")
    options.add_argument("--conversations", type=int, default=1_000_000, help="of history and of pages, of ten messages each")
    options.add_argument("--messages", type=int, default=1_000_000, help="of the soak")
    options.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000, 1_000_000], help="deals, and as many contacts")
    options.add_argument("--rounds", type=int, default=15, help="how often each request is made")
    options.add_argument("--keep", type=pathlib.Path, help="a folder for the databases, to be used again")
    options.add_argument("--json", type=pathlib.Path, help="where to write the figures as well")
    chosen = options.parse_args()
    parley.PROGRAM = chosen.parley.resolve()
    bench = {"speed": speed.bench, "deals": deals.bench, "pages": pages.bench, "faults": faults.bench}[chosen.what]
    return 0 if bench(chosen) else 1


if __name__ == "__main__":
    sys.exit(main())
