"""The page of tasks: one's own and the others', by how near they are, kept true by events."""

import datetime
import zoneinfo

import axe
import pytest
from harness import database
from harness.interface import Interface
from playwright.sync_api import expect
from tasks_page import TasksPage

@pytest.fixture
def program(people):
    """The interface, as the owner."""
    program = Interface(people.network.url)
    program.cookie = people.demo.cookies[0]
    return program


def day(distance):
    """A day from the workspace's today on."""
    today = datetime.datetime.now(zoneinfo.ZoneInfo("Europe/London")).date()
    return (today + datetime.timedelta(days=distance)).isoformat()


def me(program):
    return program.session()["agent"]["id"]


def clear(demo, program):
    """Leaves no task at all: what stands on the page is the test's own."""
    for row in database.rows(demo.database, "SELECT id FROM tasks"):
        program.call("DELETE", f"/api/tasks/{row['id']}")


def add(program, title, record="deals/1", **fields):
    return program.post(f"/api/{record}/tasks", {"title": title, "kind": "call", **fields})


@pytest.mark.parametrize("locale", ["en-US", "fr-FR"])
def test_tasks_stand_by_how_near_they_are_and_are_done_where_they_stand(people, demo, program, locale):
    clear(demo, program)
    add(program, "Late", dueOn=day(-1))
    add(program, "Now", dueOn=day(0))
    add(program, "Someday")
    add(program, "Next year", "accounts/1", dueOn=day(365))
    add(program, "Ask Nora", "contacts/1", dueOn=day(-3), kind="Visit")
    agent = people.agent(locale=locale)
    expect(TasksPage(agent).overdue).to_have_text("2")
    page = TasksPage(agent).open()
    for group, titles in {"overdue": ["Ask Nora", "Late"], "today": ["Now"], "later": ["Next year"], "undated": ["Someday"]}.items():
        expect(page.group(group).get_by_role("listitem").locator(".task-title")).to_have_text(titles)
    expect(page.group("done")).to_be_hidden()
    expect(page.task("Ask Nora")).to_contain_text("Visit")
    axe.check(agent.page)
    # What it is about stands on the line of its other facts, behind its icon.
    link = page.task("Ask Nora").locator(".task-record")
    texts = [link.locator("span"), page.task("Ask Nora").get_by_text("Visit", exact=True)]
    first, second = (text.bounding_box() for text in texts)
    assert abs(first["y"] + first["height"] / 2 - second["y"] - second["height"] / 2) <= 2
    icon = link.locator("svg").bounding_box()
    assert icon["x"] + icon["width"] <= first["x"] and first["y"] <= icon["y"] + icon["height"] / 2 <= first["y"] + first["height"]

    page.finish("Late", "She said yes")
    # The keyboard goes on at the next task.
    expect(page.group("overdue").get_by_role("checkbox")).to_be_focused()
    expect(page.overdue).to_have_text("1")
    task = database.rows(demo.database, "SELECT * FROM tasks WHERE title = 'Late'")[0]
    assert task["done_at"] and task["outcome"] == "She said yes"
    page.task("Late").get_by_role("checkbox").click()
    expect(page.group("overdue").get_by_role("listitem")).to_have_count(2)

    page.task("Someday").get_by_role("button", name=agent.text("task.edit")).click()
    form = agent.page.get_by_role("form", name=agent.text("task.edit"), exact=True)
    form.get_by_label(agent.text("task.title"), exact=True).fill("Soon")
    form.get_by_label(agent.text("task.on"), exact=True).fill(day(0))
    form.get_by_label(agent.text("task.at"), exact=True).fill("23:59")
    axe.check(agent.page)
    form.get_by_label(agent.text("task.at"), exact=True).press("Enter")
    expect(page.group("today").get_by_role("listitem").locator(".task-title")).to_have_text(["Soon", "Now"])

    page.task("Now").get_by_role("link").click()
    expect(agent.page.locator("article.deal-details")).to_be_visible()


def test_a_task_is_added_to_a_deal_from_the_page(people, demo, program):
    clear(demo, program)
    add(program, "Old", kind="Site visit")
    title = program.get("/api/deals/2")["title"]
    agent = people.agent()
    page = TasksPage(agent).open()
    form = page.begin()
    expect(form.locator("datalist option").filter(has_text="Site visit")).to_have_count(1)
    form.get_by_label(agent.text("task.title"), exact=True).fill("Nothing")
    form.get_by_role("button", name=agent.text("task.add"), exact=True).click()
    expect(form.get_by_text(agent.text("error.task.record.required"))).to_be_visible()
    axe.check(agent.page)
    agent.page.keyboard.press("Escape")
    expect(form).to_be_hidden()
    page.add("Measure the counter", title, on=day(-2), kind="Site visit")
    expect(page.group("overdue").get_by_role("listitem")).to_contain_text(["Measure the counter"])
    expect(page.task("Measure the counter").get_by_role("link")).to_have_text(title)
    stored = database.rows(demo.database, "SELECT * FROM tasks WHERE title = 'Measure the counter'")[0]
    assert (stored["deal_id"], stored["kind"], stored["due_on"]) == (2, "Site visit", day(-2))


def test_what_others_do_is_seen_at_once_and_what_one_may_not_see_is_not(people, demo, program):
    clear(demo, program)
    agent = people.agent(1)
    tom = next(each["id"] for each in program.session()["agents"] if each["name"] == agent.person["name"])
    page = TasksPage(agent).open()
    expect(agent.page.get_by_text(agent.text("tasks.empty"), exact=True)).to_be_visible()
    axe.check(agent.page)
    task = add(program, "From the owner", dueOn=day(-1), assigneeID=tom)
    expect(page.group("overdue").get_by_role("listitem")).to_contain_text(["From the owner"])
    expect(page.overdue).to_have_text("1")
    program.patch(f"/api/tasks/{task['id']}", {"assigneeID": me(program)})
    expect(page.task("From the owner")).to_have_count(0)
    expect(page.overdue).to_be_hidden()
    page.assignee.select_option(label=agent.text("tasks.all"))
    expect(page.task("From the owner")).to_be_visible()
    add(program, "About a contact", "contacts/1")
    expect(page.task("About a contact")).to_be_visible()

    everyone = program.get("/api/groups")["groups"][0]["id"]
    pipeline = program.get("/api/deals/1")["pipeline"]["id"]
    program.call("PUT", f"/api/groups/{everyone}/pipelines/{pipeline}", {"rights": ["see"]})
    expect(page.task("From the owner").get_by_role("checkbox")).to_be_disabled()
    expect(page.task("About a contact").get_by_role("checkbox")).to_be_enabled()
    program.call("PUT", f"/api/groups/{everyone}/pipelines/{pipeline}", {"rights": []})
    expect(page.task("From the owner")).to_have_count(0)
    expect(page.task("About a contact")).to_be_visible()


def test_many_tasks_come_a_page_at_a_time(people, demo, program):
    clear(demo, program)
    for number in range(45):
        add(program, f"Number {number:02}", dueOn=day(-60 + number))
    page = TasksPage(people.agent()).open()
    rows = page.group("overdue").get_by_role("listitem")
    expect(rows).to_have_count(20)
    expect(page.group("overdue").get_by_role("heading")).to_contain_text("45")
    more = page.group("overdue").get_by_role("button", name=page.text("tasks.more.of", group=page.text("tasks.group.overdue")))
    more.click()
    expect(rows).to_have_count(40)
    page.finish("Number 39", "Done early")
    # What was loaded stays loaded.
    expect(rows).to_have_count(40)
    more.click()
    expect(rows).to_have_count(44)
    expect(more).to_be_hidden()
    expect(rows.locator(".task-title").last).to_have_text("Number 44")


def test_without_a_network_the_page_says_so_and_comes_back_by_itself(people, demo, program, network):
    clear(demo, program)
    add(program, "Late", dueOn=day(-1))
    agent = people.agent()
    page = TasksPage(agent).open()
    expect(page.task("Late")).to_be_visible()
    network.cut()
    page.assignee.select_option(label=agent.text("tasks.all"))
    failure = agent.page.get_by_role("alert").filter(has=agent.page.get_by_role("button", name=agent.text("action.retry")))
    expect(failure).to_be_visible()
    axe.check(agent.page)
    network.restore()
    expect(page.task("Late")).to_be_visible()
    expect(failure).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone(people, demo, program, scheme):
    agent = people.agent(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, color_scheme=scheme)
    page = TasksPage(agent).open()
    page.begin()
    axe.check(agent.page)
    assert agent.page.evaluate("document.documentElement.scrollWidth <= innerWidth && document.querySelector('main').scrollWidth <= innerWidth")
    navigation = agent.page.get_by_role("navigation").first
    assert navigation.evaluate("element => element.scrollWidth <= element.clientWidth")
