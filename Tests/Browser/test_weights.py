"""What the pages load is little, and comes from nowhere else: fixtures/bench/pages.json says how much. `./dev bench pages` tells it by kind."""

import json

import pytest
from harness.parley import ROOT
from harness.weights import Weights
from inbox import Inbox
from playwright.sync_api import expect
from widget import Widget

LIMITS = json.loads((ROOT / "fixtures/bench/pages.json").read_text())


@pytest.mark.parametrize("language", ["en-US", "fr-FR"])
def test_the_widget_is_light_and_asks_no_other_host(people, demo, network, language):
    window = people.window(locale=language)
    weights = Weights(window, network.url)
    page = window.new_page()
    page.goto(demo.website)
    widget = Widget(page, language[:2])
    expect(widget.launcher).to_be_visible()
    assert [url for url, _, _ in weights.answers() if url.endswith(".js")] == [f"{network.url}/widget.js"]
    assert weights.total(only="/widget.js") <= LIMITS["loader"]

    widget.open()
    widget.write("Hello")
    expect(widget.sent("Hello")).to_be_visible()
    # The card that asks who one is comes last.
    widget.tell_email("visitor@example.com")
    assert weights.total() <= LIMITS["widget"], list(weights.answers())
    assert weights.hosts() == {network.url, demo.website}


def test_the_inbox_is_light_and_asks_no_other_host(people, demo, network):
    window = people.window()
    name, value = demo.cookies[0].split("=", 1)
    window.add_cookies([{"name": name, "value": value, "url": network.url}])
    weights = Weights(window, network.url)
    agent = Inbox(window.new_page(), network.url, people.agents[0]).enter()
    agent.conversations.first.get_by_role("link").click()
    expect(agent.log).to_be_visible()
    expect(agent.panel.get_by_role("button", name=agent.text("deal.add"), exact=True)).to_be_visible()
    agent.page.wait_for_load_state("networkidle")
    assert weights.total() <= LIMITS["inbox"], list(weights.answers())
    assert weights.hosts() == {network.url}
