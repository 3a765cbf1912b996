"""The network goes and comes back: nothing is missing, nothing is there twice."""

from harness import database
from playwright.sync_api import expect

BACK = 40_000  # the longest pause between two attempts, and some


def test_messages_of_both_sides_arrive_when_the_connection_is_back(people, network, demo):
    agent, other = people.agent(0), people.agent(1)
    visitor = people.visitor()
    visitor.open()
    visitor.write("Before the cut")
    for each in (agent, other):
        each.open("Before the cut")

    network.cut()
    expect(agent.connection_bar).to_be_visible()
    expect(visitor.offline_notice).to_be_visible()
    visitor.write("Written by the visitor while away")
    agent.write("Written by the agent while away")
    expect(agent.message("Written by the agent while away")).to_be_visible()
    expect(visitor.message("Written by the visitor while away")).to_be_visible()
    network.restore()

    for text in ("Written by the visitor while away", "Written by the agent while away"):
        for page in (agent, other, visitor):
            expect(page.message(text)).to_have_count(1, timeout=BACK)
            expect(page.message(text)).to_be_visible()
    expect(agent.connection_bar).to_be_hidden(timeout=BACK)
    stored = database.rows(
        demo.database, "SELECT text, count(*) AS times FROM messages WHERE text LIKE 'Written by %' GROUP BY text")
    assert [row["times"] for row in stored] == [1, 1]


def test_what_others_did_in_the_meantime_is_there_afterwards(people, network, demo):
    away = people.agent(0)
    visitor = people.visitor()
    visitor.open()
    visitor.write("Before the cut")
    away.open("Before the cut")
    away.page.context.set_offline(True)
    expect(away.connection_bar).to_be_visible()

    here = people.agent(1)
    here.open("Before the cut")
    here.write("Somebody else answers")
    visitor.write("And the visitor goes on")
    expect(here.message("And the visitor goes on")).to_be_visible()
    away.page.context.set_offline(False)
    expect(away.message("Somebody else answers")).to_be_visible(timeout=BACK)
    expect(away.message("And the visitor goes on")).to_be_visible(timeout=BACK)
    expect(away.assignee.locator("option:checked")).to_contain_text(here.person["name"], timeout=BACK)


def test_a_killed_server_costs_nothing_that_was_sent(people, network, demo):
    agent = people.agent()
    visitor = people.visitor()
    visitor.open()
    visitor.write("Before the power cut")
    agent.open("Before the power cut")
    agent.write("An answer")
    expect(visitor.message("An answer")).to_be_visible()
    demo.kill()
    visitor.write("In the dark")
    demo.start()
    expect(agent.message("In the dark")).to_be_visible(timeout=BACK)
    expect(agent.message("An answer")).to_have_count(1)
    expect(visitor.message("In the dark")).to_have_count(1)


def test_what_was_not_sent_survives_that_the_visitor_leaves_the_page(people, network, demo):
    agent = people.agent()
    # A private window keeps nothing for a frame of another site; a website of the same site is another origin too.
    website = demo.website.replace("localhost", "127.0.0.1")
    visitor = people.visitor(website=website)
    visitor.open()
    visitor.write("Sent")
    agent.open("Sent")
    network.cut()
    visitor.write("Not sent yet")
    expect(visitor.message("Not sent yet")).to_be_visible()
    visitor.page.goto("about:blank")
    network.restore()
    visitor.page.goto(website + "/prices.html")
    expect(agent.message("Not sent yet")).to_be_visible(timeout=BACK)
    expect(agent.message("Not sent yet")).to_have_count(1)
    expect(visitor.sent("Not sent yet")).to_have_count(1)


def test_what_could_not_be_asked_without_a_network_is_asked_once_and_again_with_it(people):
    agent = people.agent()
    # With one open, the modules of every pane are there.
    agent.open("Camille Renard")
    expect(agent.panel).to_contain_text("Camille Renard")
    failures = []
    agent.page.on("requestfailed", lambda request: failures.append(request.url))
    agent.page.context.set_offline(True)
    expect(agent.connection_bar).to_be_visible()

    agent.conversation("Gwen Abernathy").get_by_role("link").click()
    expect(agent.panel.get_by_role("button", name=agent.text("action.retry"))).to_be_visible()
    agent.search.fill("machine")
    expect(agent.page.get_by_text(agent.text("list.failed"))).to_be_visible()
    # The head's icons are drawn from the page itself.
    assert agent.thread.locator("use").evaluate_all(
        "uses => uses.every((use) => document.querySelector(use.getAttribute('href')))")
    assert len(failures) < 10, failures

    agent.page.context.set_offline(False)
    expect(agent.conversations.first).to_be_visible(timeout=BACK)
    expect(agent.log).to_be_visible(timeout=BACK)
    expect(agent.panel.get_by_text("gwen@", exact=False).first).to_be_visible(timeout=BACK)
