"""The pages of automations around the flow: a run that waits, one that calls another program, loops, and who may look."""

import re

import axe
import pytest
from automations import Automations
from board import Board
from harness import database
from harness.automations import automation, key, until
from playwright.sync_api import expect


def deal(program, **changes):
    pipeline = program.get("/api/session")["pipelines"][0]
    return program.post("/api/deals", {
        "title": "Slow", "value": {"minor": 100, "currency": "USD"}, "pipelineID": pipeline["id"], "stageID": pipeline["stages"][0]["id"],
        "contact": {"new": {"name": "Ada Lovelace", "email": "ada@example.com"}}, **changes}, **key())["deal"]


@pytest.mark.parametrize("locale", ["en-US", "fr-FR"])
def test_a_waiting_run_says_until_when_and_what_comes_then(people, program, locale):
    made = automation(program, "Patience", [{"id": "t", "kind": "deal.created"}], [
        {"id": "w", "kind": "wait", "amount": 3, "unit": "days"}, {"id": "n", "kind": "note.add", "on": "deal", "text": "Three days later"}])
    deal(program)
    agent = people.agent(locale=locale)
    page = Automations(agent)
    agent.page.goto(f"{agent.url}/#/automations/{made['id']}/runs")
    expect(page.runs).to_have_count(1)
    page.runs.first.click()
    expect(page.run_steps).to_have_count(2)
    wait, next_step = page.run_steps.all()
    until_when = re.compile(page.text.pattern("run.waitsUntil").pattern.strip("^$").replace(".*", ".+"))
    expect(wait).to_contain_text(page.kind("wait"))
    expect(wait).to_contain_text(page.text("automation.unit.days", count=3))
    expect(wait).to_contain_text(until_when)
    expect(next_step).to_contain_text(page.kind("note.add"))
    expect(next_step).to_contain_text(until_when)
    expect(page.runs.first).to_contain_text(until_when)
    axe.check(agent.page)
    # It stands there still after a reload, and by its address.
    agent.page.reload()
    expect(page.run_steps).to_have_count(2)
    page.button("run.stop").click()
    expect(page.button("run.stop")).to_be_hidden()
    expect(page.run_steps).to_have_count(1)


def test_a_step_on_a_later_day_than_the_first_says_which(people):
    agent = people.agent()
    page = Automations(agent).open()
    page.row("Service booked").get_by_role("link").click()
    page.show_runs()
    page.runs.filter(has_text="Rosa Delgado").click()
    expect(page.run_steps).to_have_count(3)
    times = [step.get_by_role("time").text_content() for step in page.run_steps.all()]
    assert [bool(re.search(r"\d{4}", time)) for time in times] == [False, False, True], times


def test_a_loop_is_cut_after_ten_entries_and_says_so(people, program):
    """Two automations that set each other off: each is entered at most ten times by a contact in 24 hours."""
    def toggle(name, trigger, step):
        return automation(program, name, [{"id": "t", "kind": trigger, "on": "contact", "tag": "loop"}], [
            {"id": "s", "kind": step, "on": "contact", "tag": "loop"}])

    there, back = toggle("There", "tag.added", "tag.remove"), toggle("Back", "tag.removed", "tag.add")
    contact = deal(program)["contact"]["id"]
    # Five of a chain is enough; then somebody begins it anew, and the contact's ten are used up.
    for _ in range(12):
        program.patch(f"/api/contacts/{contact}", {"tags": ["loop"]})
        program.patch(f"/api/contacts/{contact}", {"tags": []})
    until(lambda: program.get(f"/api/automations/{there['id']}/runs?status=refused")["runs"])
    agent = people.agent()
    page = Automations(agent)
    agent.page.goto(f"{agent.url}/#/automations/{there['id']}/runs")
    agent.page.get_by_role("button", name=page.text("run.filter.refused"), exact=True).click()
    page.runs.first.click()
    shown = agent.page.get_by_role("region", name=page.text("run.run"), exact=True)
    why = re.compile("|".join(re.escape(page.text(f"error.automation.{code}")) for code in ("entries.too-many", "chain.too-long")))
    expect(shown.get_by_text(why).first).to_be_visible()
    for each in (there, back):
        assert program.get(f"/api/automations/{each['id']}")["counts"]["done"] <= 10


def test_a_webhook_that_cannot_be_reached_is_told_at_its_step(people, program):
    made = automation(program, "Tell another", [{"id": "t", "kind": "deal.created"}], [
        {"id": "h", "kind": "webhook.call", "url": "http://127.0.0.1:9/hook", "secret": "s"}])
    deal(program)
    agent = people.agent()
    page = Automations(agent)
    agent.page.goto(f"{agent.url}/#/automations/{made['id']}/runs")
    page.runs.first.click()
    # A program of one's own network is called only where that is allowed.
    expect(page.run_steps.first).to_contain_text(page.text("error.automation.webhook.refused"))
    expect(page.run_steps.first).to_contain_text("127.0.0.1:9/hook")
    # A secret is not for who looks over one's shoulder.
    page.page.get_by_role("link", name=page.text("automation.flow"), exact=True).click()
    page.card("webhook.call").click()
    expect(page.setting("automation.webhook.secret")).to_have_attribute("type", "password")


def test_steps_behind_an_end_are_marked_until_a_way_leads_there(people, demo):
    agent = people.agent()
    page = Automations(agent).open().begin()
    page.add_trigger("contact.created")
    for kind in ("tag.add", "wait"):
        page.insert(kind)
    page.setting("automation.amount").fill("2")
    agent.page.keyboard.press("Escape")
    unreached = page.flow.get_by_text(page.text("automation.unreached")).filter(visible=True)
    expect(unreached).to_have_count(0)
    page.place(page.text("automation.place.first")).click()
    page.action("end").click()
    expect(unreached).to_have_count(2)
    page.flow.get_by_role("button", name=page.text("automation.place", where=page.text("automation.place.first"))).click()
    page.action("goto").click()
    page.setting("automation.target").select_option(label=page.text("automation.step.numbered", number=4, title=page.kind("wait")))
    # The end and the tag are passed by, the wait is not.
    expect(unreached).to_have_count(2)
    expect(page.flow.locator('[data-kind="wait"]').get_by_text(page.text("automation.unreached"))).to_be_hidden()


@pytest.mark.parametrize("width", [1440, 1024])
def test_a_wide_flow_opens_with_its_start_in_the_middle(people, program, width):
    def condition(name, no):
        return {"id": name, "kind": "condition", "match": "all", "tests": [{"subject": "contact.account", "is": "exists"}], "yes": [], "no": no}

    made = automation(program, "Wide", [{"id": "t", "kind": "contact.created"}], [condition("a", [condition("b", [condition("c", [condition("d", [])])])])])
    agent = people.agent(viewport={"width": width, "height": 800})
    page = Automations(agent)
    agent.page.goto(f"{agent.url}/#/automations/{made['id']}")
    expect(page.card("contact.created")).to_be_in_viewport(ratio=1)
    box, canvas = page.card("contact.created").bounding_box(), agent.page.locator(".builder-canvas").bounding_box()
    assert abs(box["x"] + box["width"] / 2 - canvas["x"] - canvas["width"] / 2) < 40
    # The rest is drawn in by the ground.
    mouse = agent.page.mouse
    mouse.move(canvas["x"] + 20, canvas["y"] + 20)
    mouse.down()
    mouse.move(canvas["x"] + 20 - 150, canvas["y"] + 20, steps=4)
    mouse.up()
    mouse.move(canvas["x"] + 400, canvas["y"] + 20)
    assert abs(box["x"] - page.card("contact.created").bounding_box()["x"] - 150) < 2


def test_what_the_server_says_meanwhile_does_not_end_a_drag(people):
    agent = people.agent()
    page = Automations(agent).open().begin()
    page.insert("wait")
    agent.page.keyboard.press("Escape")
    page.saved()
    held = []
    agent.page.route(re.compile("/api/automations/\\d+$"), lambda route: held.append(route) if route.request.method == "PUT" else route.continue_())
    with agent.page.expect_request(lambda request: request.method == "PUT"):
        page.insert("agent.notify")
        agent.page.keyboard.press("Escape")
    source, target = page.card("agent.notify"), page.place(page.text("automation.place.first"))
    source.scroll_into_view_if_needed()
    start, end = source.bounding_box(), target.bounding_box()
    mouse = agent.page.mouse
    mouse.move(start["x"] + 40, start["y"] + 20)
    mouse.down()
    mouse.move(start["x"] + 60, start["y"] + 40, steps=3)
    expect(agent.page.locator(".flow-ghost")).to_be_visible()
    # The save is answered, with what is wrong: the flow would be drawn anew.
    for route in held:
        route.continue_()
    page.saved()
    mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=8)
    expect(page.flow.locator(".is-target")).to_have_count(1)
    mouse.up()
    assert page.kinds == ["agent.notify", "wait"]
    expect(page.card("agent.notify")).to_contain_text(page.text("error.automation.text.required"))


def test_a_note_is_on_what_there_is(people):
    page = Automations(people.agent()).open().begin()
    page.add_trigger("contact.created")
    page.insert("note.add")
    expect(page.setting("automation.on").locator("option:checked")).to_have_text(page.text("automation.record.contact"))
    page.place(page.text("automation.place.first")).click()
    page.action("deal.add").click()
    page.save_deal()
    page.insert("task.add")
    expect(page.setting("automation.on").locator("option:checked")).to_have_text(page.text("automation.record.deal"))


def test_going_back_with_the_dialog_of_a_deal_open_leaves_nothing_behind(people):
    agent = people.agent()
    page = Automations(agent).open().begin()
    page.insert("deal.add")
    expect(page.deal_dialog).to_be_visible()
    agent.page.go_back()
    expect(page.recipe("won")).to_be_visible()
    expect(page.deal_dialog).to_be_hidden()


def test_the_way_to_automations_is_shown_to_owners_and_comes_with_the_role(people, program):
    agent = people.agent(1)
    link = agent.page.get_by_role("link", name=agent.text("nav.automations"), exact=True)
    expect(agent.page.get_by_role("link", name=agent.text("nav.reports"), exact=True)).to_be_visible()
    expect(link).to_be_hidden()
    person = next(each for each in program.get("/api/agents")["agents"] if each["email"] == people.agents[1]["email"])
    program.patch(f"/api/agents/{person['id']}", {"role": "owner"})
    expect(link).to_be_visible()
    link.click()
    page = Automations(agent)
    expect(page.recipe("won")).to_be_visible()
    # Whoever is none any more sees at once that it is not for them.
    program.patch(f"/api/agents/{person['id']}", {"role": "agent"})
    expect(link).to_be_hidden()
    expect(agent.page.get_by_role("heading", name=agent.text("automation.denied"))).to_be_visible()
    assert database.value(people.demo.database, "SELECT role FROM agents WHERE id = ?", person["id"]) == "agent"


def test_what_is_done_to_deals_is_seen_on_the_board_at_once(people, program):
    board = Board(people.agent(1)).open()
    session = program.get("/api/session")
    pipeline = session["pipelines"][0]
    follow_up = next(stage["id"] for stage in pipeline["stages"] if stage["name"] == "Follow Up")
    tom = next(each["id"] for each in program.get("/api/agents")["agents"] if each["name"] == people.agents[1]["name"])
    automation(program, "At once", [{"id": "t", "kind": "contact.created"}], [
        {"id": "a", "kind": "deal.add", "title": "Welcome %FIRSTNAME%", "value": {"minor": 120_000, "currency": "USD"},
         "pipelineID": pipeline["id"], "stageID": pipeline["stages"][0]["id"], "ownerID": None, "closeInDays": 10},
        {"id": "u", "kind": "deal.update", "stageID": follow_up, "ownerID": tom, "value": {"minor": 340_000, "currency": "USD"}},
        {"id": "k", "kind": "task.add", "on": "deal", "title": "Say hello", "taskKind": "call", "dueInDays": 0, "assigneeID": None},
        {"id": "n", "kind": "note.add", "on": "deal", "text": "In %DEAL_STAGE%"},
        {"id": "g", "kind": "tag.add", "on": "deal", "tag": "fresh"}, {"id": "c", "kind": "tag.add", "on": "contact", "tag": "welcomed"}])
    contact = program.post("/api/contacts", {"email": "grace@example.com", "firstName": "Grace", "lastName": "Hopper"}, **key())
    card = board.cards("Follow Up").filter(has_text="Welcome Grace")
    expect(card).to_contain_text("$3,400")
    expect(card).to_contain_text("Say hello")
    board.link("Welcome Grace").click()
    page = board.page.get_by_role("article", name="Welcome Grace")
    expect(page.get_by_text("In Follow Up", exact=True)).to_be_visible()
    expect(page.get_by_text("fresh", exact=True).first).to_be_visible()
    assert program.get(f"/api/contacts/{contact['id']}")["tags"] == ["welcomed"]
    # Once more the deal goes on by an automation, while somebody looks at it.
    number = board.page.url.rpartition("/")[2]
    automation(program, "Close it", [{"id": "t", "kind": "tag.added", "on": "deal", "tag": "done"}], [
        {"id": "u", "kind": "deal.update", "status": "won"}, {"id": "r", "kind": "tag.remove", "on": "deal", "tag": "fresh"}])
    program.patch(f"/api/deals/{number}", {"tags": ["fresh", "done"]})
    expect(page.get_by_role("button", name=board.text("deal.reopen"), exact=True)).to_be_visible()
    expect(page.get_by_text("fresh", exact=True)).to_have_count(0)


def test_what_is_done_to_a_conversation_is_seen_by_both_sides_at_once(people, program):
    tom = next(each["id"] for each in program.get("/api/agents")["agents"] if each["name"] == people.agents[1]["name"])
    automation(program, "Answer", [{"id": "t", "kind": "visitor.wrote"}], [
        {"id": "c", "kind": "condition", "match": "all", "tests": [{"subject": "visitor.text", "is": "contains", "value": "opening hours"}], "yes": [
            {"id": "m", "kind": "message.send", "text": "Every day from nine to five."},
            {"id": "a", "kind": "conversation.assign", "assigneeID": tom}, {"id": "d", "kind": "conversation.complete"}], "no": []}])
    agent = people.agent(1)
    agent.show("mine")
    visitor = people.visitor()
    visitor.open()
    visitor.write("What are your opening hours?")
    expect(visitor.message("Every day from nine to five.")).to_be_visible()
    agent.show("completed")
    agent.show("mine")
    row = agent.conversation("Every day from nine to five.")
    expect(row).to_be_visible()
    row.get_by_role("link").click()
    expect(agent.message("Every day from nine to five.")).to_be_visible()
    # What asks for nothing of the kind begins anew, and is left to people.
    visitor.write("Thank you!")
    agent.show("open")
    agent.open("Thank you!")
    expect(agent.message("Thank you!")).to_be_visible()
    expect(agent.thread.get_by_role("button", name=agent.text("thread.complete"), exact=True)).to_be_visible()
