"""`./dev bench [messages|deals|pages]`: how fast a release build is, measured from outside, over its real sockets.

`messages` is the load of many visitors who write at once. `deals` is what the CRM's pages ask for, in workspaces from a thousand to a
million deals: what a page costs must follow what it shows, not what the workspace holds. fixtures/bench/ says how far it may not.

`pages` is what the pages weigh, and how soon they are there, in a browser.
"""

import argparse
import pathlib
import sys

from bench import deals, messages, pages
from bench.tables import markdown
from harness import parley


def bench_messages(chosen):
    print(f"{chosen.visitors} visitors, each writing when the last message is acknowledged, for {chosen.seconds:g} s\n", file=sys.stderr)
    print(markdown(["what", "measured"], messages.measure(chosen.visitors, chosen.seconds)))
    return True


def main():
    options = argparse.ArgumentParser(prog="./dev bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("what", nargs="?", choices=["messages", "deals", "pages"], default="messages")
    options.add_argument("--parley", type=pathlib.Path, default=parley.PROGRAM)
    options.add_argument("--visitors", type=int, default=64)
    options.add_argument("--seconds", type=float, default=5)
    options.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000, 1_000_000], help="deals, and as many contacts")
    options.add_argument("--rounds", type=int, default=15, help="how often each request is made")
    options.add_argument("--keep", type=pathlib.Path, help="a folder for the databases, to be used again")
    options.add_argument("--json", type=pathlib.Path, help="where to write the figures as well")
    chosen = options.parse_args()
    parley.PROGRAM = chosen.parley.resolve()
    bench = {"messages": bench_messages, "deals": deals.bench, "pages": pages.bench}[chosen.what]
    return 0 if bench(chosen) else 1


if __name__ == "__main__":
    sys.exit(main())
