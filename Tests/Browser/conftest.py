"""The demo workspace and website in front of a real Chromium, with a network in between that a test can cut."""

import json
import shutil

import pytest
from harness.interface import Interface
from harness.network import Network
from harness.parley import ROOT, Parley, free_port
from people import People
from playwright.sync_api import expect, sync_playwright

expect.set_options(timeout=15_000)
FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium. In a container its own sandbox has no place; what it opens here is ours."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """A demo server after its first start: its data directory is filled, and each of its agents has signed in."""
    workspace = json.loads((ROOT / "fixtures/demo/workspace.json").read_text())
    with Parley(tmp_path_factory.mktemp("prepared") / "data", "demo") as server:
        server.cookies = [
            Interface(server.url).sign_in(agent["email"], workspace["password"]).cookie for agent in workspace["agents"]]
        assert server.stop() == 0
    return server


@pytest.fixture
def network():
    network = Network(free_port())
    yield network
    if network.target:
        network.stop()


@pytest.fixture
def demo(prepared, network, tmp_path):
    """A demo server of its own for each test, reached through the network."""
    data = tmp_path / "data"
    shutil.copytree(prepared.data, data)
    server = Parley(data, "demo", "--visitor-limit", "off", public_url=network.url)
    server.website_port = prepared.website_port
    server.cookies = prepared.cookies
    with server:
        network.start(server.port)
        yield server


@pytest.fixture
def people(chromium, demo, network, request):
    """Agents and visitors, each with a browser of their own. What they saw when a test failed is kept as pictures."""
    people = People(chromium, demo, network)
    yield people
    if request.node.stash.get(FAILED, False):
        people.photograph(ROOT / ".build/reports", request.node.name)
    people.leave()


@pytest.fixture
def program(people):
    """The interface, as the owner."""
    program = Interface(people.network.url)
    program.cookie = people.demo.cookies[0]
    return program


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report
