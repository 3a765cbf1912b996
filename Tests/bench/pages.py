"""What the pages weigh and how soon they are there, in a real Chromium, against fixtures/bench/pages.json."""

import contextlib
import json
import pathlib
import shutil
import statistics
import sys
import tempfile

from bench import inbox
from bench.devtools import Chromium
from bench.tables import markdown
from harness.interface import Interface
from harness.parley import ROOT, Parley
from harness.website import Website
from harness.weights import Weights
from playwright.sync_api import sync_playwright

LIMITS = json.loads((ROOT / "fixtures/bench/pages.json").read_text())
KINDS = ["HTML", "CSS", "JavaScript", "texts", "icons", "data"]
WINDOW = {"locale": "en-US", "timezone_id": "Europe/Paris", "viewport": {"width": 1440, "height": 900}}
# The website and the conversation's frame in one process, as where both are of one site: then what the frame does, too, takes
# the time of the website's main thread.
ONE_PROCESS = ["--disable-site-isolation-trials", "--disable-features=IsolateOrigins,site-per-process"]
PAGE = '<!doctype html><html lang="en"><title>A website</title><link rel="icon" href="data:,"><h1>A website</h1></html>'
# As the line of HTML does it, once the website's own beginning is over.
EMBED = """
    ([server, site]) => {
      const script = document.createElement('script')
      script.src = server + '/widget.js'
      script.dataset.site = site
      document.head.append(script)
    }
"""
# Long enough for the widget to come and to be there, in milliseconds.
PAUSE = "new Promise((resolve) => setTimeout(resolve, 2500))"
# A promise of the time at which the list's first row is drawn, is what a click would hit, and the page has time for the click.
INTERACTIVE = """
    window.interactive = new Promise((resolve) => {
      const look = () => {
        const row = document.querySelector('.row-link')
        const { x, y, width, height } = row?.getBoundingClientRect() ?? {}
        if (row && row.contains(document.elementFromPoint(x + width / 2, y + height / 2))) setTimeout(() => resolve(performance.now()))
        else requestAnimationFrame(look)
      }
      requestAnimationFrame(look)
    })
"""


def bench(chosen):
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as temporary:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        weights, tasks = measure_demo(chromium, pathlib.Path(temporary), chosen.rounds)
        chromium.close()
        folder = chosen.keep or pathlib.Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        times = measure_large(folder, chosen.conversations, chosen.rounds)
    rows = [(name, *(f"{sums[kind]:,}" for kind in KINDS), f"{sums.total():,}", f"{limit:,}") for name, (sums, limit) in weights.items()]
    print(markdown(["octets, gzipped", *KINDS, "all", "at most"], rows) + "\n")
    print(markdown(["milliseconds", "median", "slowest", "at most"], [(name, *map(round, figures), limit) for name, (figures, limit) in {**tasks, **times}.items()]))
    wrong = [name for name, (sums, limit) in weights.items() if sums.total() > limit]
    wrong += [name for name, ((median, _), limit) in {**tasks, **times}.items() if median > limit]
    for name in wrong:
        print(f"too much: {name}", file=sys.stderr)
    return not wrong


@contextlib.contextmanager
def opened(chromium, cookie=None, url=None):
    """A page of a window that is nobody else's."""
    window = chromium.new_context(**WINDOW)
    if cookie:
        name, value = cookie.split("=", 1)
        window.add_cookies([{"name": name, "value": value, "url": url}])
    yield window.new_page()
    window.close()


def measure_demo(chromium, folder, rounds):
    """What is loaded, by kind, and the longest tasks of the widget, in the demo workspace."""
    workspace = json.loads((ROOT / "fixtures/demo/workspace.json").read_text())
    with Parley(folder / "demo", "demo") as server, contextlib.ExitStack() as afterwards:
        website = Website(PAGE)
        afterwards.callback(website.stop)
        agent = Interface(server.url).sign_in(workspace["agents"][0]["email"], workspace["password"])
        (site, *_) = agent.get("/api/sites")["sites"]
        agent.patch(f"/api/sites/{site['id']}", {"origins": [*site["origins"], website.origin]})
        widget = server.url, site["key"]
        weights = {}
        with opened(chromium) as page:
            received = Weights(page.context, server.url)
            page.goto(website.origin)
            embed(page, widget)
            # With what the site is called, and how its launcher looks.
            weights["widget's loader"] = received.by_kind(), LIMITS["loader"]
            open_widget(page)
            page.frames[1].locator("textarea").fill("Hello")
            page.frames[1].locator(".send").click()
            page.frames[1].locator(".introduction").wait_for()
            weights["widget, opened, one message written"] = received.by_kind(), LIMITS["widget"]
        with opened(chromium, agent.cookie, server.url) as page:
            received = Weights(page.context, server.url)
            page.goto(server.url)
            page.wait_for_load_state("networkidle")
            weights["inbox"] = received.by_kind(), LIMITS["inbox"]
            page.locator(".row-link").first.click()
            page.locator(".person").wait_for()
            page.wait_for_load_state("networkidle")
            weights["inbox, one conversation opened"] = received.by_kind(), LIMITS["inbox"]
        tasks = measure_tasks(website, widget, rounds)
    names = ["widget's arrival, longest task", "widget's opening, longest task"]
    slowed = f", {LIMITS['slowdown']} × slowed down"
    return weights, {name + slowed: ((statistics.median(taken), max(taken)), LIMITS["task"]) for name, taken in zip(names, zip(*tasks))}


def embed(page, widget):
    """Brings the widget to a website, and returns when its launcher stands."""
    with page.expect_response("**/widget/site?*"):
        page.evaluate(EMBED, list(widget))
    page.wait_for_timeout(500)


def open_widget(page):
    """Opens it as a visitor does, and returns when the server has answered its hello."""
    with page.expect_websocket() as socket, page.expect_event("frameattached"):
        page.mouse.click(1440 - 50, 900 - 50)
    socket.value.wait_for_event("framereceived")


def measure_tasks(website, widget, rounds):
    """The longest tasks while the widget comes to a page, and while it is opened, of each round."""
    tasks = []
    with Chromium(*ONE_PROCESS) as chromium:
        for _ in range(rounds):
            context, session = chromium.window()
            chromium.call("Emulation.setCPUThrottlingRate", session, rate=LIMITS["slowdown"])
            chromium.visit(session, website.origin, PAUSE)
            script = f"({EMBED})({json.dumps(widget)})"
            arrival = chromium.longest_task(lambda: (chromium.evaluate(session, script), chromium.evaluate(session, PAUSE)))
            opening = chromium.longest_task(lambda: (click(chromium, session), chromium.evaluate(session, PAUSE)))
            tasks.append((arrival, opening))
            chromium.close(context)
    return tasks


def click(chromium, session):
    """On the launcher, as a pointer does that comes from elsewhere."""
    width, height = (chromium.evaluate(session, f"inner{side}") for side in ("Width", "Height"))
    for kind, button in {"mouseMoved": "none", "mousePressed": "left", "mouseReleased": "left"}.items():
        chromium.call("Input.dispatchMouseEvent", session, type=kind, x=width - 50, y=height - 50, button=button, clickCount=1)


def measure_large(folder, conversations, rounds):
    """How soon an agent can choose a conversation of many, in a browser that has seen the page and in one that has not."""
    server = Parley(folder / f"inbox-{conversations}")
    owner = Interface(server.url)
    if not server.database.exists():
        with server:
            owner.set_up(server.setup_token())
            server.stop()
        inbox.fill(server.database, conversations)
    with server, Chromium() as chromium:
        owner.sign_in()
        first, again = [], []
        for _ in range(rounds):
            context, session = chromium.window(server.url, owner.cookie, INTERACTIVE)
            for taken in (first, again):
                taken.append(chromium.visit(session, server.url, "window.interactive"))
            chromium.close(context)
    named = {"inbox's first visit, to interactive": first, "inbox's next visit, to interactive": again}
    return {f"{name}, of {conversations:,} conversations": ((statistics.median(taken), max(taken)), LIMITS["interactive"]) for name, taken in named.items()}
