"""What a window is called: what it shows, and how many conversations wait, wherever one is."""

import re

import pytest
from playwright.sync_api import expect

PLACES = [
    ("deals/1", None), ("contacts/1", None), ("accounts/1", None), ("pipelines", "Sales"), ("automations/1", "Looked at the prices: a deal"),
    ("reports/forecast", "forecast.title"), ("reports/funnel", "funnel.title"), ("reports/outcomes", "outcomes.title"),
    ("reports/times", "times.title"), ("settings/fields", "settings.fields"), ("settings/team", "settings.team"), ("tasks", "nav.tasks"),
]


@pytest.mark.parametrize("locale", ["en-US", "fr-FR"])
def test_every_page_names_what_it_shows_and_keeps_the_count(people, program, locale):
    agent = people.agent(locale=locale)
    expect(agent.page).to_have_title(re.compile(r"^\(\d+\) "))
    before = agent.page.title().partition(" ")[0]
    count = f"({int(before[1:-1]) + 1})"
    visitor = people.visitor()
    visitor.open()
    visitor.write("One more")
    expect(agent.page).to_have_title(f"{count} {agent.text('nav.inbox')} · Parley")
    for path, name in PLACES:
        if name is None:
            kind, number = path.split("/")
            record = program.get(f"/api/{path}")
            name = record.get("title") or record["name"]
        name = agent.text(name) if name in agent.text.texts else name
        agent.page.evaluate("(path) => { location.hash = `#/${path}` }", path)
        expect(agent.page).to_have_title(f"{count} {name} · Parley")
    # Another visitor changes the count, and not the name.
    agent.page.evaluate("location.hash = '#/deals/1'")
    title = program.get("/api/deals/1")["title"]
    expect(agent.page).to_have_title(f"{count} {title} · Parley")
    other = people.visitor()
    other.open()
    other.write("And another")
    expect(agent.page).to_have_title(f"({int(count[1:-1]) + 1}) {title} · Parley")
    agent.page.go_back()
    expect(agent.page).to_have_title(f"({int(count[1:-1]) + 1}) {agent.text('nav.tasks')} · Parley")


def test_an_address_without_a_deal_leads_to_the_pipelines(people):
    agent = people.agent()
    agent.page.goto(f"{agent.url}/#/deals")
    expect(agent.page.get_by_role("region", name="To Contact", exact=True)).to_be_visible()
    assert "#/pipelines" in agent.page.url
