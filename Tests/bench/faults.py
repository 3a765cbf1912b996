"""How long a line takes from a visitor to an agent and back while somebody does harm, against how long it takes otherwise.

The offenders run in a process of their own and begin again as soon as they are sent away. The server has a processor to itself. On the
other the offenders give way to those who are measured: they would be on other machines, and what they cost here is not the server's doing.
"""

import asyncio
import collections
import multiprocessing
import os
import pathlib
import statistics
import sys
import tempfile

from bench.processes import memory, settle
from bench.tables import markdown
from harness import offenders, parley
from harness.interface import Interface
from harness.pair import Pair

PAIRS = 8
# A visitor may say five lines a second.
PAUSE = 0.25
# Below this nobody notices.
FLOOR = 0.010
HALF_OPEN = 10_000

# What is done, and by how many at once.
HARM = {
    "nobody": (None, 0),
    "heads octet by octet": (lambda url, site, cookie, conversation: offenders.slow_head(url), 500),
    "bodies that stop": (lambda url, site, cookie, conversation: offenders.body_that_stops(url), 500),
    "answers that are never read": (lambda url, site, cookie, conversation: offenders.answers_never_read(url), 20),
    f"{HALF_OPEN:,} half-open connections": (lambda url, site, cookie, conversation: offenders.half_open(url, HALF_OPEN), 1),
    "floods of pings": (lambda url, site, cookie, conversation: offenders.pings(url, site), 4),
    "floods of tiny fragments": (lambda url, site, cookie, conversation: offenders.fragments(url, site), 4),
    "floods of empty fragments": (lambda url, site, cookie, conversation: offenders.empty_fragments(url, site), 4),
    "visitors' floods of typing": (lambda url, site, cookie, conversation: offenders.visitor_typing(url, site), 4),
    "visitors' floods of messages": (lambda url, site, cookie, conversation: offenders.visitor_messages(url, site), 4),
    "an agent's flood of typing": (lambda url, site, cookie, conversation: offenders.agent_typing(url, cookie, conversation), 1),
}


def offend(name, arguments, begun, ends):
    """The process of the offenders: tells how each ended."""
    harm, count = HARM[name]

    os.nice(19)

    async def again():
        while True:
            ends.put(str(await harm(*arguments)))

    async def all_of_them():
        offenders.raise_file_limit()
        async with asyncio.TaskGroup() as group:
            for _ in range(count):
                group.create_task(again())
            begun.set()

    asyncio.run(all_of_them())


async def talk(server, site, cookie, name, seconds):
    """The latencies of some pairs who talk as people do."""
    over = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        pairs = [Pair(server.url, site, cookie, f"pair{list(HARM).index(name):02}-{number}") for number in range(PAIRS)]
        for pair in pairs:
            await pair.__aenter__()
        tasks = [group.create_task(pair.talk(until=over, pause=PAUSE)) for pair in pairs]
        await asyncio.sleep(seconds)
        over.set()
        await asyncio.gather(*tasks)
    for pair in pairs:
        await pair.__aexit__()
    return sorted(latency for pair in pairs for latency in pair.latencies)


def measure(server, owner, site, name, seconds):
    """A row: latencies, memory, and how the offenders ended."""
    ends = multiprocessing.Queue()
    process = None
    if HARM[name][1]:
        begun = multiprocessing.Event()
        conversation = owner.conversations(assignee="all")[0]["id"]
        process = multiprocessing.Process(
            target=offend, args=(name, (server.url, site, owner.cookie, conversation), begun, ends), daemon=True)
        process.start()
        begun.wait()
    latencies = asyncio.run(talk(server, site, owner.cookie, name, seconds))
    resident = memory(server.process.pid) / 1024
    counts = collections.Counter()
    if process:
        while not ends.empty():
            counts[ends.get()] += 1
        process.kill()
        process.join()
    return latencies, resident, counts


def bench(chosen):
    print(f"{PAIRS} pairs who talk for {chosen.seconds:g} s beside each kind of harm\n", file=sys.stderr)
    rows = []
    is_held = True
    with tempfile.TemporaryDirectory() as folder:
        with parley.Parley(pathlib.Path(folder, "data"), "serve", "--log-level", "warning") as server:
            settle(server.process.pid, 0)
            settle(os.getpid(), -1)
            owner = Interface(server.url)
            owner.set_up(server.setup_token())
            site = owner.get("/api/sites")["sites"][0]["key"]
            normal = None
            for name in HARM:
                latencies, resident, counts = measure(server, owner, site, name, chosen.seconds)
                median, high = statistics.median(latencies), latencies[int(len(latencies) * 0.99)]
                normal = normal or (median, high)
                holds = median <= max(2 * normal[0], FLOOR) and high <= max(2 * normal[1], 2 * FLOOR)
                is_held = is_held and holds
                ended = ", ".join(f"{count} × {end}" for end, count in counts.most_common(3)) or "–"
                rows.append([name, f"{median * 1000:.1f} ms", f"{high * 1000:.1f} ms", f"{resident:.0f} MiB", ended, "yes" if holds else "no"])
    print(markdown(["harm", "median", "99th percentile", "memory", "how they ended", "within twice"], rows))
    return is_held
