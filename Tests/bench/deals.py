"""What the CRM's pages ask for, timed over HTTP in workspaces of several sizes."""

import datetime
import itertools
import json
import pathlib
import statistics
import sys
import tempfile
import time
import urllib.parse

from bench.tables import markdown, milliseconds
from bench.wire import Wire
from bench.workspace import TAGS, Workspace
from harness.parley import ROOT

THRESHOLDS = json.loads((ROOT / "fixtures/bench/deals.json").read_text())
SORTS = ["rank", "newest", "value", "close", "activity", "title"]


def journeys(workspace):
    """What is timed: a name, and the requests of a round as (method, path, body), made anew for each number of a round."""
    size, pipelines = workspace.size, workspace.pipelines
    first = pipelines[0]
    stages = [stage["id"] for stage in first["stages"]]
    today = datetime.date.today()

    def day(offset):
        return (today + datetime.timedelta(days=offset)).isoformat()

    def get(path):
        return lambda number: [("GET", path, None)]

    def deal(number):
        return 1 + number * 7919 % size

    yield "board", get(f"/api/pipelines/{first['id']}/board")
    yield "board of an owner", lambda number: [("GET", f"/api/pipelines/{first['id']}/board?owner={1 + number % 64}", None)]
    for sort in SORTS:
        yield f"deals by {sort}", get(f"/api/deals?sort={sort}")
    for sort in ["newest", "title"]:
        yield f"deals by {sort}, twentieth page", deep(workspace, f"/api/deals?sort={sort}")
    yield "deals of every status by value", get("/api/deals?sort=value&status=all")
    yield "deals of an owner", lambda number: [("GET", f"/api/deals?owner={1 + number % 64}&sort=close", None)]
    yield "deals with a tag", lambda number: [("GET", f"/api/deals?tag=tag+{1 + number % TAGS}", None)]
    yield "deals of a value", get("/api/deals?valueFrom=500000&valueTo=510000&currency=USD")
    yield "deals that close this month", get(f"/api/deals?closeFrom={day(-15)}&closeTo={day(15)}&sort=value")
    yield "deals with a tag of an owner", lambda number: [("GET", f"/api/deals?tag=tag+{1 + number % TAGS}&owner={1 + number % 64}&sort=title", None)]
    yield "deals with a tag and a word", lambda number: [("GET", f"/api/deals?tag=tag+{1 + number % TAGS}&search=machine", None)]
    yield "deals whose conditions meet nowhere", get(f"/api/deals?tag=tag+1&valueFrom=0&valueTo=99&sort=title")
    yield "deals by a word of many", get("/api/deals?search=machine&sort=title")
    yield "deals by a word of few", lambda number: [("GET", f"/api/deals?search={deal(number)}", None)]
    yield "contacts", get("/api/contacts/list")
    yield "contacts, twentieth page", deep(workspace, "/api/contacts/list?sort=name")
    yield "contacts with a tag", lambda number: [("GET", f"/api/contacts/list?tag=tag+{1 + number % TAGS}", None)]
    yield "contacts by a word of many", get("/api/contacts/list?search=anderson")
    yield "accounts", get("/api/accounts/list")
    yield "accounts by a word of many", get("/api/accounts/list?search=machine")
    for typed in ["a", "an", "ander", "anderson", "ada anderson"]:
        yield f"suggestion of contacts for “{typed}”", get(f"/api/contacts?search={typed.replace(' ', '+')}")
    yield "suggestion of a contact by e-mail", lambda number: [("GET", f"/api/contacts?search=ada.anderson{deal(number)}", None)]
    yield "suggestion of accounts for “m”", get("/api/accounts?search=m")
    yield "suggestion of accounts for “machine”", get("/api/accounts?search=machine")
    for unit, start, end in [("month", -90, 180), ("week", -90, 180), ("day", -180, 180)]:
        yield f"forecast by {unit}", get(f"/api/reports/forecast?from={day(start)}&to={day(end)}&by={unit}")
    yield "forecast of an owner", lambda number: [("GET", f"/api/reports/forecast?from={day(-90)}&to={day(180)}&by=month&owner={1 + number % 64}", None)]
    yield "deals behind a forecast", get(f"/api/reports/forecast/deals?from={day(0)}&to={day(30)}&figure=open&currency=USD")
    yield "won and lost in a year", get(f"/api/reports/outcomes?from={day(-365)}&to={day(0)}")
    yield "funnel of a year", get(f"/api/reports/funnel?from={day(-365)}&to={day(0)}&pipeline={first['id']}")
    yield "funnel of an owner", lambda number: [("GET", f"/api/reports/funnel?from={day(-365)}&to={day(0)}&pipeline={first['id']}&owner={1 + number % 64}", None)]
    yield "time in stages", get(f"/api/reports/stage-times?from={day(-365)}&to={day(0)}&pipeline={first['id']}")
    yield "deal's page", lambda number: [("GET", f"/api/deals/{deal(number)}{part}", None) for part in ["", "/notes", "/tasks", "/changes"]]
    yield "contact's page", lambda number: [("GET", f"/api/contacts/{deal(number)}{part}", None) for part in ["", "/deals", "/conversations", "/notes", "/tasks"]]
    card = workspace.owner.get(f"/api/deals?pipeline={first['id']}&stage={stages[0]}")["deals"][0]["id"]
    yield "move of a card", lambda number: [("POST", f"/api/deals/{card}/move", {"stageID": stages[number % len(stages)], "after": None})]
    yield "change of a deal", lambda number: [("PATCH", f"/api/deals/{card}", {"value": {"minor": 1000 + number, "currency": "USD"}})]


def deep(workspace, path):
    """The page behind nineteen others."""
    cursor = None
    for _ in range(19):
        page = workspace.owner.get(path + (f"&before={urllib.parse.quote(cursor)}" if cursor else ""))
        cursor = page["next"]
    return lambda number: [("GET", f"{path}&before={urllib.parse.quote(cursor)}", None)]


def measure(workspace, rounds):
    """The median and the slowest of each journey, in seconds."""
    figures = {}
    wire = Wire(workspace.server.port, workspace.owner.cookie)
    for name, requests in journeys(workspace):
        taken = []
        for number in itertools.count():
            began = time.perf_counter()
            for method, path, body in requests(number):
                wire.request(method, path, body)
            taken.append(time.perf_counter() - began)
            # What is slow needs no many rounds to show it.
            if len(taken) >= rounds or (len(taken) >= 4 and sum(taken) > 3):
                break
        # The first round also reads pages from the disk.
        figures[name] = {"median": statistics.median(taken[1:]), "slowest": max(taken[1:]), "first": taken[0]}
    wire.close()
    return figures


def failures(figures):
    """What costs more than the thresholds let it, by the smallest and the largest size."""
    small, large = figures[min(figures)], figures[max(figures)]
    for name, figure in large.items():
        limit = THRESHOLDS["limits"].get(name)
        if limit and max(figures) >= 1_000_000 and figure["median"] * 1000 > limit:
            yield f"{name}: {milliseconds(figure['median'])} ms, at most {limit} ms"
        ratio = THRESHOLDS["ratios"].get(name, THRESHOLDS["ratio"])
        allowed = max(small[name]["median"] * ratio, THRESHOLDS["floor"] / 1000)
        if figure["median"] > allowed:
            yield f"{name}: {milliseconds(small[name]['median'])} ms at {min(figures):,} deals, {milliseconds(figure['median'])} ms at {max(figures):,}"


def bench(chosen):
    figures = {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.keep or pathlib.Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for size in chosen.sizes:
            began = time.monotonic()
            with Workspace(folder, size) as workspace:
                print(f"{size:,} deals and contacts, ready after {time.monotonic() - began:.0f} s", file=sys.stderr)
                figures[size] = measure(workspace, chosen.rounds)
            rows = [(name, *(milliseconds(each[part]) for part in ("median", "slowest", "first"))) for name, each in figures[size].items()]
            print(f"\n{size:,} deals, {size:,} contacts\n\n" + markdown(["milliseconds", "median", "slowest", "first"], rows), flush=True)
    if len(figures) > 1:
        names = figures[min(figures)]
        rows = [(name, *(milliseconds(figures[size][name]["median"]) for size in figures)) for name in names]
        print("\nMedians in milliseconds, by deals\n\n" + markdown(["", *(f"{size:,}" for size in figures)], rows))
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=1))
    wrong = list(failures(figures))
    for line in wrong:
        print(f"too slow: {line}", file=sys.stderr)
    return not wrong
