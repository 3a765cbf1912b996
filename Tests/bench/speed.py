"""What the server itself can do: sockets, requests, messages, memory. One table, with other people's servers beside it."""

import contextlib
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import time

from bench import inbox, peers
from bench.processes import CORES, GENERATOR, Server, descriptors, generate, generator, memory, pinned, processor_seconds
from bench.tables import markdown
from harness import parley
from harness.interface import Interface
from harness.parley import ROOT, free_port

CONFORMANCE = ROOT / ".build/release/conformance-server"
GOALS = json.loads((ROOT / "fixtures/bench/speed.json").read_text())


class Table:
    """What was measured: a name, our figure, the peers' figures or why there are none, and whether the goal is reached."""

    def __init__(self):
        self.figures = []

    def add(self, name, value, unit, beside=(), **reference):
        """`reference`: figures of the same run that the goal is a multiple of."""
        goals = GOALS.get(name, [])
        references = {**{peer: figure for peer, figure in beside if isinstance(figure, (int, float))}, **reference}
        reached = [self.is_reached(value, goal, references) for goal in goals]
        self.figures.append({
            "name": name, "value": value, "unit": unit, "peers": dict(beside), "goals": goals,
            "reached": None if None in reached or not reached else all(reached), **reference})
        print(f"{name}: {shown(value)} {unit}", file=sys.stderr)

    @staticmethod
    def is_reached(value, goal, references):
        of = goal.get("of")
        if of and of not in references:
            return None
        bound = goal["times"] * references[of] if of else goal["times"]
        return value >= bound if goal["is"] == "at least" else value <= bound

    def rows(self):
        for figure in self.figures:
            beside = ", ".join(f"{peer} {shown(value)}" for peer, value in figure["peers"].items())
            goal = "; ".join(
                f"{'≥' if goal['is'] == 'at least' else '≤'} {goal['times']:,g}" + (f" × {goal['of']}" if goal.get("of") else "")
                for goal in figure["goals"])
            verdict = {True: "yes", False: "no", None: ""}[figure["reached"]]
            yield figure["name"], f"{shown(figure['value'])} {figure['unit']}", beside, goal, verdict


def shown(value):
    if isinstance(value, str):
        return value
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.3g}"


def machine():
    """What it was measured on."""
    processor = next((line.partition(":")[2].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    commit = subprocess.run(["git", "-C", ROOT, "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()
    return {
        "processor": processor, "processors": len(CORES), "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}", "commit": commit, "load": round(os.getloadavg()[0], 1)}


class Product:
    """Our own program with an empty workspace, on one processor."""

    def __init__(self, folder, command="serve"):
        program = folder / "parley"
        words = " ".join(map(str, pinned([parley.PROGRAM], 0)))
        program.write_text(f'#!/bin/sh\nexec {words} "$@"\n')
        program.chmod(0o755)
        parley.PROGRAM, before = program, parley.PROGRAM
        try:
            self.server = parley.Parley(folder / "data", command, "--visitor-limit", "off", "--log-level", "warning")
            self.server.start()
        finally:
            parley.PROGRAM = before
        self.pid = self.server.process.pid
        if command == "serve":
            self.owner = Interface(self.server.url)
            self.owner.set_up(self.server.setup_token())
            self.options = {
                "port": self.server.port, "site": self.owner.get("/api/sites")["sites"][0]["key"], "cookie": self.owner.cookie}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.end()


def wire(table, seconds):
    with peers.folder() as folder, contextlib.ExitStack() as running:
        (folder / "file.bin").write_bytes(bytes(range(256)) * 16)
        port, process = conformance(folder)
        running.callback(process.wait)
        running.callback(process.kill)

        def start(make):
            server = peers.missing(make)
            return server if isinstance(server, str) else running.enter_context(server).port

        nginx = start(lambda: peers.nginx(folder, folder))
        picows, websockets = (start(lambda script=script: peers.echo(script)) for script in (peers.PICOWS, peers.WEBSOCKETS))
        node = start(peers.node)
        for name, scenario, path, beside in [
            ("WebSocket echo", "echo", "/echo", {"picows": (picows, "/"), "websockets": (websockets, "/")}),
            ("small JSON GET", "http", "/json", {"nginx": (nginx, "/json"), "node": (node, "/")}),
            ("4 KiB static file", "http", "/files/file.bin", {"nginx": (nginx, "/file.bin")}),
        ]:
            rates = in_turn(scenario, {"ours": (port, path), **beside}, seconds)
            table.add(f"{name}, 64 connections", rates.pop("ours"), "/s", rates.items())


def in_turn(scenario, servers, rounds):
    """The median rate of each server, given by its port (or why it is missing) and a path. Each has a second in each round, so that
    whatever else the machine does meets them alike."""
    rates = {name: [] for name in servers}
    for _ in range(rounds):
        for name, (port, path) in servers.items():
            if not isinstance(port, str):
                rates[name].append(generate(scenario, port=port, path=path, seconds=1)["rate"])
    return {name: statistics.median(rates[name]) if rates[name] else port for name, (port, _) in servers.items()}


def conformance(folder):
    process = subprocess.Popen(pinned([CONFORMANCE, folder], 0), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return int(process.stdout.readline()), process


def messages(table, seconds):
    for senders in (64, 512):
        with peers.folder() as folder, Product(folder) as product:
            before = processor_seconds(product.pid)
            figures = generate("messages", senders=senders, seconds=seconds, **product.options)
            busy = (processor_seconds(product.pid) - before) / figures["messages"]
        beside = []
        if senders == 64:
            beside = [(name, peers.missing(lambda: measure(senders, seconds))) for name, measure in [("Prosody", prosody), ("PocketBase", pocketbase)]]
        name = f"messages stored, delivered, acknowledged, {senders} senders"
        table.add(name, figures["rate"], "/s", beside)
        table.add(f"the same: processor time, {senders} senders", busy * 1e6, "µs each")
        if senders == 64:
            table.add("the same: to the acknowledgement, p99", figures["acknowledgement.p99"], "ms")


def pocketbase(senders, seconds):
    with peers.folder() as folder:
        server = peers.PocketBase(folder)
        try:
            return server.measure(senders, seconds)["rate"]
        finally:
            server.stop()


def prosody(senders, seconds):
    with peers.folder() as folder:
        server = peers.Prosody(folder, senders)
        try:
            return server.measure(seconds)["rate"]
        finally:
            server.stop()


def latency(table, seconds):
    with peers.folder() as folder:
        sync = fdatasync(folder)
        with Product(folder) as product:
            figures = generate("messages", senders=1_000, rate=2_000, seconds=seconds, **product.options)
        table.add("acknowledgement at 2,000 messages/s over 1,000 sockets, median", figures["acknowledgement.median"], "ms", fdatasync=sync)
        table.add("acknowledgement at 2,000 messages/s over 1,000 sockets, p99", figures["acknowledgement.p99"], "ms")
    with peers.folder() as folder, Product(folder) as product:
        figures = generate("fanout", sockets=1_000, rate=20, seconds=seconds, **product.options)
        table.add("one message to 1,000 sockets, at 20/s, p99", figures["delivery.p99"], "ms")


def fdatasync(folder):
    """What the disk takes for 4 KiB, in milliseconds."""
    taken = []
    descriptor = os.open(folder / "sync", os.O_WRONLY | os.O_CREAT)
    for _ in range(200):
        os.write(descriptor, bytes(4096))
        began = time.perf_counter()
        os.fdatasync(descriptor)
        taken.append(time.perf_counter() - began)
    os.close(descriptor)
    return statistics.median(taken) * 1000


def idle(table, sockets):
    with peers.folder() as folder, Product(folder, "demo") as product:
        table.add("resident memory, idle with the demo", memory(product.pid) / 1024, "MiB")
    with peers.folder() as folder, Product(folder) as product:
        before = memory(product.pid, "RssAnon")
        load = subprocess.Popen(
            generator("idle", sockets=sockets, **product.options), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            connects = json.loads(load.stdout.readline())["connects"]
            anonymous, resident = memory(product.pid, "RssAnon"), memory(product.pid)
        finally:
            load.communicate()
        table.add(f"visitors' sockets opened, to {sockets:,}", connects, "/s")
        table.add(f"memory of an idle visitor's socket, at {sockets:,}", (anonymous - before) / sockets, "KiB")
        table.add(f"resident memory with {sockets:,} visitors connected", resident / 1024, "MiB")


def history(table, conversations):
    """The same inbox with ten thousand conversations, and with as many as it is to hold."""
    for count in sorted({min(10_000, conversations), conversations}):
        with peers.folder() as folder, Product(folder) as product:
            server = product.server
            server.stop()
            inbox.fill(server.database, count)
            began = time.perf_counter()
            server.start(pause=0.001)
            start = (time.perf_counter() - began) * 1000
            # One answer that is like the others, from a server that has given none yet.
            for name, figure in inbox.measure(server.port, product.owner.cookie, count).items():
                table.add(f"{name}, {count:,} conversations", figure, "ms")
            table.add(f"start to first answer, {count:,} conversations", start, "ms")


def soak(table, count):
    """A year in small. What is flat from the fifth tenth to the end stays so."""
    with peers.folder() as folder, Product(folder) as product:
        load = subprocess.Popen(
            generator("soak", messages=count, connects=count // 10, **product.options), stdout=subprocess.PIPE, text=True)
        samples = []
        for line in load.stdout:
            samples.append({**json.loads(line), "resident": memory(product.pid) / 1024, "descriptors": descriptors(product.pid)})
            print(samples[-1], file=sys.stderr)
        if load.wait() or len(samples) < 10:
            raise RuntimeError("the soak did not come to its end")
        half, end = samples[4], samples[-1]
        table.add(f"soak of {count:,} messages: memory at the end", end["resident"], "MiB", half=half["resident"])
        table.add(f"soak of {count:,} messages: descriptors at the end", end["descriptors"], "", half=half["descriptors"])


def bench(chosen):
    if not GENERATOR.exists() or not CONFORMANCE.exists():
        raise SystemExit("./dev bench builds what is measured")
    peers.install()
    table = Table()
    parts = {
        "wire": lambda: wire(table, chosen.seconds), "messages": lambda: messages(table, chosen.seconds),
        "latency": lambda: latency(table, chosen.seconds), "idle": lambda: idle(table, chosen.sockets),
        "history": lambda: history(table, chosen.conversations), "soak": lambda: soak(table, chosen.messages)}
    for part in chosen.parts:
        parts[part]()
    description = machine()
    print(", ".join(f"{name} {value}" for name, value in description.items()) + "\n")
    print(markdown(["what", "measured", "beside it", "to reach", "reached"], table.rows()))
    if chosen.json:
        chosen.json.write_text(json.dumps({"machine": description, "figures": table.figures}, indent=1, ensure_ascii=False) + "\n")
    return all(figure["reached"] is not False for figure in table.figures)
