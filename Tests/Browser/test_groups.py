"""Groups and rights: an owner gives and takes them, and the others see and do what they may, at once."""

import axe
import pytest
from board import Board
from deal_page import DealPage
from groups import Groups
from playwright.sync_api import expect

SALES = "Sales"
READER = "Tom Okafor"


def allow(program, rights, only=READER):
    """Closes every pipeline to everyone, and gives one agent these rights in the first, by a group of their own."""
    session = program.session()
    groups = program.get("/api/groups")["groups"]
    for pipeline in session["pipelines"]:
        for each in groups:
            program.call("PUT", f"/api/groups/{each['id']}/pipelines/{pipeline['id']}", {"rights": []})
    group = next((group for group in groups if group["name"] == "Readers"), None)
    member = next(agent["id"] for agent in session["agents"] if agent["name"] == only)
    group = group or program.post("/api/groups", {"name": "Readers", "members": [member]})
    program.call("PUT", f"/api/groups/{group['id']}/pipelines/{session['pipelines'][0]['id']}", {"rights": rights})
    return session["pipelines"][0]


@pytest.mark.parametrize("locale", ["en-US", "fr-FR"])
def test_an_owner_makes_a_group_closes_a_pipeline_and_opens_it_to_the_group(people, locale):
    owner, agent = people.agent(locale=locale), people.agent(1)
    groups = Groups(owner).open()
    text = owner.text
    groups.add("Closers")
    expect(owner.page.get_by_role("region", name=text("group.members"), exact=True)).to_be_visible()
    groups.tick(groups.member(READER))
    groups.tick(groups.right("edit", SALES))
    # Whoever may edit may see.
    expect(groups.right("see", SALES)).to_be_checked()
    board = Board(agent).open()
    groups.open_pipeline(SALES)
    expect(groups.right("edit", "Closers")).to_be_checked()
    groups.tick(groups.right("see", text("group.everyone")), False)
    expect(groups.right("edit", text("group.everyone"))).not_to_be_checked()
    # The agent's page has followed: no deal may be added any more, but moved.
    expect(agent.page.get_by_role("button", name=agent.text("deal.add"))).to_have_count(0)
    expect(board.cards("To Contact").first).to_be_visible()
    groups.tick(groups.right("add", "Closers"))
    expect(agent.page.get_by_role("button", name=agent.text("deal.add")).first).to_be_visible()
    groups.open()
    expect(groups.row("Closers")).to_contain_text(READER)
    expect(groups.row("Closers")).to_contain_text(SALES)
    groups.show("Closers")
    owner.page.get_by_role("button", name=text("group.delete"), exact=True).click()
    owner.page.get_by_role("alertdialog").get_by_role("button", name=text("action.delete")).click()
    expect(groups.row(text("group.everyone"))).to_be_visible()
    expect(groups.row("Closers")).to_have_count(0)
    expect(board.pipeline.locator("option")).to_have_text(["Service"])


def test_a_name_that_another_group_has_is_said_beside_the_field(people, program):
    program.post("/api/groups", {"name": "Closers"})
    owner = people.agent()
    groups = Groups(owner).open()
    owner.page.get_by_role("link", name=owner.text("group.add"), exact=True).click()
    name = owner.page.get_by_label(owner.text("group.name"), exact=True)
    save = owner.page.get_by_role("button", name=owner.text("group.add"), exact=True)
    save.click()
    expect(owner.page.get_by_text(owner.text("error.group.name.required"))).to_be_visible()
    name.fill("closers")
    save.click()
    expect(owner.page.get_by_text(owner.text("error.group.name.taken"))).to_be_visible()
    expect(name).to_be_focused()
    # With the way to it.
    closers = program.get("/api/groups")["groups"][1]["id"]
    expect(owner.page.get_by_role("link", name=owner.text("records.existing.open", name="Closers"), exact=True)).to_have_attribute(
        "href", f"#/settings/groups/{closers}")
    name.fill("Openers")
    save.click()
    expect(owner.page.get_by_role("heading", name="Openers")).to_be_visible()
    assert groups.member(READER).is_checked() is False


def test_who_may_only_see_reads_everything_and_changes_nothing(people, program):
    pipeline = allow(program, ["see"])
    agent = people.agent(1)
    board = Board(agent).open()
    page, text = agent.page, agent.text
    expect(page.get_by_text(text("pipelines.viewOnly"), exact=True)).to_be_visible()
    expect(page.get_by_role("button", name=text("deal.add"))).to_have_count(0)
    before = board.titles("To Contact")
    # By keyboard, by mouse, by the card's menu.
    board.link(before[0]).focus()
    page.keyboard.press("Space")
    expect(board.said).to_have_text(text("board.viewOnly"))
    box = board.card(before[0]).bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 500, box["y"] + 80, steps=5)
    expect(board.zone("won")).to_be_hidden()
    page.mouse.up()
    board.card(before[0]).get_by_role("button", name=text("board.menu")).click()
    expect(page.get_by_role("group", name=text("board.menu")).get_by_role("button")).to_have_text([text("deal.open")])
    page.keyboard.press("Escape")
    assert board.titles("To Contact") == before
    board.show_table()
    expect(page.get_by_role("row").nth(2)).to_be_visible()
    expect(page.get_by_role("checkbox")).to_have_count(0)

    deals = program.get(f"/api/deals?pipeline={pipeline['id']}&limit=100")["deals"]
    deal = DealPage(agent).open(next(each["id"] for each in deals if each["nextTask"]))
    expect(deal.root.get_by_text(text("deal.viewOnly"))).to_be_visible()
    for key in ("deal.status.won", "deal.status.lost", "deal.delete", "deal.about.edit", "task.add", "note.add", "deal.contacts.add"):
        expect(deal.button(key)).to_have_count(0)
    for key in ("deal.owner", "deal.forecastedCloseOn", "deal.pipeline", "deal.currency"):
        expect(deal.field(key)).to_be_disabled()
    expect(deal.root.get_by_role("list", name=text("deal.stages")).get_by_role("button").first).to_be_disabled()
    axe.check(page)
    # What is empty says so, and asks for nothing.
    deal.open(next(each["id"] for each in deals if not each["fields"] and not each["forecastedCloseOn"]))
    for label in (text("deal.forecastedCloseOn"), "Installation", "Cups a day"):
        field = deal.root.get_by_label(label, exact=True)
        expect(field).to_have_value("")
        expect(field).to_have_attribute("placeholder", text("field.none"))
        expect(field).not_to_have_attribute("type", "date")
    # What is shown may be taken along; a file of deals could bring nothing.
    page.goto(f"{agent.url}/#/pipelines/{pipeline['id']}")
    page.get_by_role("button", name=text("csv.menu"), exact=True).click()
    expect(page.get_by_role("menu", name=text("csv.menu"), exact=True).get_by_role("menuitem")).to_have_text([text("csv.export")])
    page.goto(f"{agent.url}/#/import?kind=deals")
    expect(page.get_by_role("radio")).to_have_count(2)
    expect(page.get_by_role("radio").first).to_be_checked()


def test_who_sees_no_pipeline_is_told_so_and_sees_it_once_it_is_opened(people, program):
    allow(program, [])
    agent = people.agent(1)
    page, text = agent.page, agent.text
    page.get_by_role("link", name=text("nav.deals"), exact=True).click()
    expect(page.get_by_text(text("pipelines.closed"), exact=True)).to_be_visible()
    axe.check(page)
    page.goto(f"{agent.url}/#/reports/forecast")
    expect(page.get_by_text(text("pipelines.closed"), exact=True)).to_be_visible()
    page.goto(f"{agent.url}/#/conversations")
    agent.conversations.first.get_by_role("link").click()
    expect(agent.panel.get_by_text(text("deal.noPipeline"))).to_be_visible()
    expect(agent.panel.get_by_role("button", name=text("deal.add"))).to_have_count(0)
    # Nothing of the deals that there are stands in the thread either.
    assert page.get_by_text("added the deal").count() == 0
    page.get_by_role("link", name=text("nav.deals"), exact=True).click()
    allow(program, ["see", "add"])
    expect(page.get_by_role("button", name=text("deal.add")).first).to_be_visible()
    expect(Board(agent).cards("To Contact").first).to_be_visible()


def test_a_deal_that_is_looked_at_goes_when_its_pipeline_is_closed(people, program):
    pipeline = allow(program, ["see"])
    agent = people.agent(1)
    deal = program.get(f"/api/deals?pipeline={pipeline['id']}")["deals"][0]
    DealPage(agent).open(deal["id"])
    allow(program, [])
    expect(agent.page.get_by_role("heading", name=agent.text("deal.notFound"))).to_be_visible()
    expect(agent.page.get_by_text(deal["title"])).to_have_count(0)


def test_only_those_who_see_a_pipeline_are_offered_as_owners(people, program):
    pipeline = allow(program, ["see"])
    owner = people.agent()
    deal = program.get(f"/api/deals?pipeline={pipeline['id']}&owner={program.session()['agent']['id']}")["deals"][0]
    page = DealPage(owner).open(deal["id"])
    names = page.field("deal.owner").get_by_role("option").all_text_contents()
    assert sorted(names) == ["Maya Lindqvist", READER]


def test_a_role_is_changed_on_the_team_page_and_an_owner_stays(people, program):
    program.post("/api/groups", {"name": "Closers"})
    owner, agent = people.agent(), people.agent(1)
    page, text = owner.page, owner.text
    page.goto(f"{owner.url}/#/settings/team")
    own = page.get_by_label(text("team.role.of", name="Maya Lindqvist"), exact=True)
    own.select_option("agent")
    expect(page.locator("#toasts").get_by_text(text("error.agent.owner-last"))).to_be_visible()
    expect(own).to_have_value("owner")
    agent.page.goto(f"{agent.url}/#/settings/team")
    groups = agent.page.get_by_role("link", name=text("groups.title"), exact=True)
    expect(groups).to_have_count(0)
    page.get_by_label(text("team.role.of", name=READER), exact=True).select_option("owner")
    # The other's settings are an owner's from here on.
    expect(groups).to_be_visible()
    member = page.get_by_role("listitem").filter(has_text="tom@parley.example")
    member.get_by_text(text("team.groups", groups="Workshop")).click()
    member.get_by_label("Workshop").uncheck()
    expect(member.get_by_text(text("team.groups.none"))).to_be_visible()
    member.get_by_label("Closers").check()
    expect(member.get_by_text(text("team.groups", groups="Closers"))).to_be_visible()
    axe.check(page)


@pytest.mark.parametrize("width, scheme", [(1440, "dark"), (390, "light")])
def test_the_pages_of_groups_are_for_everyone(people, program, scheme, width):
    allow(program, ["see", "edit"])
    owner = people.agent(color_scheme=scheme)
    groups = Groups(owner)
    owner.page.set_viewport_size({"width": width, "height": 900})
    groups.open()
    axe.check(owner.page)
    groups.show("Readers")
    expect(groups.right("see", SALES)).to_be_checked()
    axe.check(owner.page)
    groups.open_pipeline(SALES)
    axe.check(owner.page)
    assert owner.page.evaluate("document.documentElement.scrollWidth") <= width
