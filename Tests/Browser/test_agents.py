"""Agents beside each other, each seeing at once what the other does."""

import asyncio
import concurrent.futures
import threading

from harness import database
from harness.interface import Interface
from harness.sockets import AgentSocket
from inbox import Inbox
from playwright.sync_api import expect


def arrival(people, text="Good morning"):
    visitor = people.visitor()
    visitor.open()
    visitor.write(text)
    return visitor


def test_two_agents_see_the_same_at_once(people, demo):
    first, second = people.agent(0), people.agent(1)
    visitor = arrival(people)
    for agent in (first, second):
        agent.open("Good morning")
    first.write("Good morning to you")
    expect(second.message("Good morning to you")).to_be_visible()
    expect(second.assignee.locator("option:checked")).to_contain_text(first.person["name"])
    first.write("Only between us", note=True)
    expect(second.message("Only between us")).to_be_visible()
    second.assignee.select_option(label=second.person["name"])
    expect(first.assignee.locator("option:checked")).to_contain_text(second.person["name"])

    dialog = second.add_deal()
    dialog.title.fill("Seen by both")
    dialog.create(dialog.contact, "ada@example.com")
    dialog.value.fill("5")
    dialog.save()
    expect(first.deal("Seen by both")).to_be_visible()
    expect(visitor.message("Good morning to you")).to_be_visible()
    expect(visitor.log.get_by_text("Only between us")).to_have_count(0)


def test_the_number_of_unread_conversations_is_the_true_one_wherever_one_is(people, demo):
    interface = Interface(people.network.url)
    interface.cookie = demo.cookies[0]
    agent = people.agent()
    # On a page that has loaded no conversation.
    agent.page.goto(f"{agent.url}/#/contacts")
    agent.page.reload()
    badge = agent.page.locator("[data-part=unreadCount]")
    before = interface.get("/api/conversations/unread")["count"]
    expect(badge).to_have_text(str(before) if before else "")
    arrival(people)
    expect(badge).to_have_text(str(before + 1))
    assert interface.get("/api/conversations/unread") == {"count": before + 1, "isExact": True}
    expect(agent.page).to_have_title(f"({before + 1}) {agent.text('nav.contacts')} · Parley")
    # It is read in another window.
    other = people.agent()
    other.open("Good morning")
    expect(badge).to_have_text(str(before) if before else "")


def test_a_completed_conversation_leaves_the_open_ones_and_reopens_when_the_visitor_writes(people):
    agent, other = people.agent(0), people.agent(1)
    visitor = arrival(people)
    agent.open("Good morning")
    agent.complete()
    agent.show("completed")
    expect(agent.conversation("Good morning")).to_be_visible()
    other.show("all")
    expect(other.conversation("Good morning")).to_have_count(0)
    visitor.write("One more thing")
    expect(other.conversation("One more thing")).to_be_visible()


def test_two_agents_who_save_at_the_same_moment_make_one_contact_and_one_account(people, network, demo):
    before = {table: database.value(demo.database, f"SELECT count(*) FROM {table}") for table in ("contacts", "accounts", "deals")}
    agents = [
        Interface(network.url).sign_in(person["email"], people.password) for person in people.agents[:2]]
    session = agents[0].session()
    pipeline = session["pipelines"][0]
    start = threading.Barrier(len(agents))
    replies = []

    def save(agent, key):
        start.wait()
        replies.append(agent.post("/api/deals", {
            "title": "At once", "value": {"minor": 1, "currency": "USD"}, "ownerID": session["agent"]["id"],
            "forecastedCloseOn": None, "pipelineID": pipeline["id"], "stageID": pipeline["stages"][0]["id"],
            "description": "", "conversationID": None,
            "contact": {"new": {"name": "Ada Lovelace", "email": "ADA@example.com"}},
            "account": {"new": {"name": "  analytical   ENGINES "}}}, **{"Idempotency-Key": key}))

    threads = [
        threading.Thread(target=save, args=(agent, f"key-number-{number}")) for number, agent in enumerate(agents)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    after = {table: database.value(demo.database, f"SELECT count(*) FROM {table}") for table in before}
    assert {table: after[table] - before[table] for table in before} == {"contacts": 1, "accounts": 1, "deals": 2}
    assert sorted(reply["created"]["contact"] for reply in replies) == [False, True]


def test_a_draft_is_kept_for_each_conversation_also_after_a_reload(people):
    agent = people.agent()
    for text in ("The first visitor", "The second visitor"):
        arrival(people, text)
    agent.open("The first visitor")
    agent.composer.fill("A draft for the first")
    agent.open("The second visitor")
    expect(agent.composer).to_have_value("")
    agent.composer.fill("A draft for the second")
    agent.page.reload()
    expect(agent.composer).to_have_value("A draft for the second")
    agent.open("The first visitor")
    expect(agent.composer).to_have_value("A draft for the first")


def test_a_search_finds_what_was_said_and_shows_where(people):
    agent = people.agent()
    arrival(people, "We are looking for a zanzibarian grinder")
    agent.search.fill("zanzibar")
    row = agent.conversation("zanzibarian")
    expect(row).to_be_visible()
    expect(row.locator("mark")).to_have_text("zanzibarian")
    row.get_by_role("link").click()
    expect(agent.message("We are looking for a zanzibarian grinder")).to_be_visible()


def test_a_hit_far_back_is_shown_also_in_a_conversation_that_was_open_before(people, network, demo):
    agent = people.agent()
    arrival(people, "How do I clean the grinder?")
    agent.open("How do I clean")
    agent.write("With a brush")
    expect(agent.message("With a brush")).to_be_visible()
    conversation = int(agent.page.url.rsplit("/", 1)[1])
    talk_on(network.url, demo.cookies[0], conversation, 150)
    expect(agent.message("Further word 149")).to_be_visible()

    agent.page.reload()
    expect(agent.message("Further word 149")).to_be_visible()
    agent.search.fill("Further word 60")
    agent.conversation("word 60").get_by_role("link").click()
    expect(agent.message("Further word 60")).to_be_in_viewport()
    agent.search.fill("With a brush")
    agent.conversation("a brush").get_by_role("link").click()
    expect(agent.message("With a brush")).to_be_in_viewport()


def talk_on(url, cookie, conversation, count):
    """Has an agent write on and on, from elsewhere."""
    async def talk():
        async with AgentSocket(url, cookie) as socket:
            await socket.hello()
            for number in range(count):
                await socket.post(f"further-{number:04}", conversation, f"Further word {number}")
            while (await socket.receive("message.added"))["message"]["text"] != f"Further word {count - 1}":
                pass

    # Playwright's own loop runs in this thread.
    with concurrent.futures.ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(asyncio.run, talk()).result()


def test_the_person_is_edited_in_place_and_the_visitor_stays_theirs(people, demo):
    agent, other = people.agent(0), people.agent(1)
    arrival(people)
    for each in (agent, other):
        each.open("Good morning")
    agent.edit_person("phone", "+47 22 33 44 55")
    expect(other.panel).to_contain_text("+47 22 33 44 55")
    agent.page.reload()
    expect(agent.panel).to_contain_text("+47 22 33 44 55")


def test_signing_in_with_a_wrong_password_says_so_and_with_the_right_one_opens_the_inbox(people, network):
    inbox = Inbox(people.window().new_page(), network.url, people.agents[1])
    inbox.page.goto(network.url)
    inbox.page.get_by_label(inbox.text("signIn.email"), exact=True).fill(inbox.person["email"])
    inbox.page.get_by_label(inbox.text("signIn.password"), exact=True).fill("not the password")
    inbox.page.get_by_label(inbox.text("signIn.password"), exact=True).press("Enter")
    expect(inbox.page.get_by_role("alert")).to_have_text(inbox.text("error.session.credentials"))
    inbox.sign_in(people.password)
    # Who answers is who signed in.
    inbox.page.get_by_role("button", name=inbox.text("menu.open", name=inbox.person["name"])).click()
    expect(inbox.page.get_by_text(inbox.person["email"])).to_be_visible()


def test_signing_out_ends_the_session(people):
    agent = people.agent()
    agent.sign_out()
    agent.page.goto(agent.url)
    expect(agent.page.get_by_label(agent.text("signIn.password"), exact=True)).to_be_visible()
