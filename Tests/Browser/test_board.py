"""A pipeline's board: deals moved by mouse and by keyboard, seen by others, filtered and changed together."""

import re

import axe
import pytest
from board import Board, Finger
from harness import database
from harness.interface import Interface
from playwright.sync_api import expect


def deal(demo, title):
    return database.rows(demo.database, """
        SELECT deals.id, deals.status, deals.lost_reason, stages.name AS stage, pipelines.name AS pipeline
        FROM deals JOIN stages ON stages.id = stage_id JOIN pipelines ON pipelines.id = deals.pipeline_id
        WHERE title = ?""", title)[0]


def test_a_card_is_dragged_to_another_stage_and_everybody_sees_it(people, demo):
    board = Board(people.agent()).open()
    other = Board(people.agent(1)).open()
    title = board.titles("To Contact")[1]
    second = board.titles("In Contact")[1]
    board.lift(title)
    board.carry_before(second)
    board.drop()
    for each in (board, other):
        expect(each.cards("In Contact").nth(1)).to_contain_text(title)
        expect(each.column("To Contact").get_by_role("link", name=title)).to_have_count(0)
    assert deal(demo, title)["stage"] == "In Contact"
    # A drag opens nothing.
    expect(board.page).to_have_url(re.compile(r"#/pipelines/\d+$"))


def test_what_others_do_does_not_end_a_drag(people, demo):
    board = Board(people.agent()).open()
    other = Board(people.agent(1)).open()
    mine, theirs = board.titles("To Contact")[:2]
    first = board.titles("In Contact")[0]
    board.lift(mine)
    board.carry_before(first)
    other.card(theirs).hover()
    other.card(theirs).get_by_role("button", name=other.text("board.menu")).click()
    other.page.get_by_role("button", name=other.text("board.moveTo", stage="Follow Up")).click()
    expect(board.column("Follow Up").get_by_role("link", name=theirs)).to_be_visible()
    expect(board.zone("won")).to_be_visible()
    board.drop()
    expect(other.cards("In Contact").first).to_contain_text(mine)
    assert (deal(demo, mine)["stage"], deal(demo, theirs)["stage"]) == ("In Contact", "Follow Up")


def test_a_card_is_moved_by_keyboard_and_each_step_is_said(people, demo):
    board = Board(people.agent()).open()
    title = board.titles("To Contact")[0]
    board.link(title).focus()
    board.page.keyboard.press("Space")
    expect(board.said).to_contain_text(board.text("board.lifted", title=title))
    board.page.keyboard.press("ArrowRight")
    expect(board.said).to_have_text(re.compile(r"^In Contact: 1 of \d+$"))
    board.page.keyboard.press("ArrowDown")
    expect(board.said).to_have_text(re.compile(r"^In Contact: 2 of \d+$"))
    board.page.keyboard.press("Space")
    expect(board.said).to_have_text(board.text("board.dropped", title=title, stage="In Contact"))
    expect(board.link(title)).to_be_focused()
    expect(board.cards("In Contact").nth(1)).to_contain_text(title)
    board.page.reload()
    expect(board.cards("In Contact").nth(1)).to_contain_text(title)

    board.link(title).focus()
    board.page.keyboard.press("Space")
    board.page.keyboard.press("ArrowLeft")
    board.page.keyboard.press("Escape")
    expect(board.said).to_have_text(board.text("board.cancelled"))
    expect(board.cards("In Contact").nth(1)).to_contain_text(title)
    assert deal(demo, title)["stage"] == "In Contact"


def test_a_long_press_drags_a_card_to_the_next_stage_of_a_phone(people, demo):
    agent = people.agent(viewport={"width": 390, "height": 844}, has_touch=True)
    board = Board(agent).open()
    title = board.titles("To Contact")[0]
    box = board.card(title).bounding_box()
    finger = Finger(board.page)
    finger.press(box["x"] + 60, box["y"] + 50)
    expect(board.zone("won")).to_be_visible()
    # Held at the edge, the board moves on to the next column.
    finger.move(380, box["y"] + 60)
    expect(board.column("In Contact")).to_be_in_viewport(ratio=0.8)
    finger.move(200, box["y"] + 60)
    expect(board.column("In Contact").locator(".is-placeholder")).to_have_count(1)
    finger.lift()
    expect(board.column("In Contact").get_by_role("link", name=title)).to_be_visible()
    expect(board.zone("won")).to_be_hidden()
    agent.page.reload()
    expect(board.column("In Contact").get_by_role("link", name=title)).to_be_visible()
    assert deal(demo, title)["stage"] == "In Contact"


def test_a_card_that_the_server_will_not_move_goes_back(people, demo):
    board = Board(people.agent()).open()
    title = board.titles("To Contact")[0]
    board.page.route("**/move", lambda route: route.fulfill(status=503, json={"error": {"code": "storage.unavailable"}}))
    board.lift(title)
    board.carry_before(board.titles("In Contact")[0])
    board.drop()
    expect(board.toast(board.text("board.moveFailed", title=title))).to_be_visible()
    expect(board.cards("To Contact").first).to_contain_text(title)
    assert deal(demo, title)["stage"] == "To Contact"


def test_a_card_dropped_on_lost_asks_for_the_reason(people, demo):
    board = Board(people.agent()).open()
    title = board.titles("To Contact")[0]
    board.lift(title)
    board.carry_to("lost")
    board.drop()
    dialog = board.page.get_by_role("dialog", name=board.text("lost.title"))
    dialog.get_by_label(board.text("lost.reason")).fill("Too dear")
    dialog.get_by_role("button", name=board.text("board.mark.lost")).click()
    expect(board.card(title)).to_have_count(0)
    expect(board.toast(board.text("board.lost", title=title))).to_be_visible()
    stored = deal(demo, title)
    assert (stored["status"], stored["lost_reason"]) == ("lost", "Too dear")


def test_filters_stand_in_the_address(people, demo):
    agent = people.agent()
    board = Board(agent).open()
    board.filter_owner(people.agents[1]["name"])
    expect(board.chips).to_have_count(1)
    board.search.fill("duo")
    expect(board.page).to_have_url(re.compile(r"search=duo&owner=2"))
    board.page.reload()
    expect(board.chips.first).to_contain_text(people.agents[1]["name"])
    expect(board.search).to_have_value("duo")
    expected = {row["title"] for row in database.rows(
        demo.database, "SELECT title FROM deals WHERE status = 'open' AND owner_id = 2 AND title LIKE '%duo%'")}
    links = board.page.locator(".board-columns").get_by_role("listitem").get_by_role("link")
    expect(links).to_have_count(len(expected))
    assert set(links.all_text_contents()) == expected


def test_deals_bear_all_of_the_tags_that_are_chosen(people, demo):
    agent = people.agent()
    interface = Interface(agent.url)
    interface.cookie = demo.cookies[0]
    deals = interface.get("/api/deals?pipeline=1&limit=3")["deals"]
    for deal, tags in zip(deals, [["Fairgoer", "Insider"], ["Fairgoer"], ["Insider"]]):
        interface.patch(f"/api/deals/{deal['id']}", {"tags": tags})
    board = Board(agent).open()
    links = board.page.locator(".board-columns").get_by_role("listitem").get_by_role("link")
    for count, tag in enumerate(["fairgoer", "Insider"], 1):
        board.filter_tag(tag)
        expect(board.chips.filter(has_text=board.text("filter.tag"))).to_have_count(count)
    expect(links).to_have_text([deals[0]["title"]])
    expect(board.page).to_have_url(re.compile(r"tag=fairgoer&tag=Insider"))
    board.page.reload()
    expect(links).to_have_text([deals[0]["title"]])
    # A deal that gets both comes by itself.
    interface.patch(f"/api/deals/{deals[1]['id']}", {"tags": ["insider", "FAIRGOER"]})
    expect(links).to_have_count(2)
    board.chips.filter(has_text="fairgoer").get_by_role("button").click()
    expect(links).to_have_count(3)


def test_many_deals_change_at_once(people, demo):
    board = Board(people.agent()).open()
    board.show_table()
    expect(board.rows.nth(1)).to_be_visible()
    titles = board.rows.get_by_role("link").all_text_contents()[:2]
    for row in range(2):
        board.rows.nth(row).get_by_role("checkbox").check()
    bar = board.page.get_by_role("group", name=board.text("bulk.label"))
    bar.get_by_label(board.text("deal.stage"), exact=True).select_option(label="Follow Up")
    expect(board.toast(board.text("bulk.changed", count=2))).to_be_visible()
    expect(bar).to_be_hidden()
    assert {deal(demo, title)["stage"] for title in titles} == {"Follow Up"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_board_and_the_table_by_axe(people, scheme):
    board = Board(people.agent(color_scheme=scheme)).open()
    axe.check(board.page)
    board.link(board.titles("To Contact")[0]).focus()
    board.page.keyboard.press("Space")
    axe.check(board.page)
    board.page.keyboard.press("Escape")
    board.show_table()
    expect(board.rows.first).to_be_visible()
    board.rows.first.get_by_role("checkbox").check()
    axe.check(board.page)


def test_the_keyboard_goes_on_where_a_card_was_closed_and_a_closed_one_is_opened_again(people, demo):
    board = Board(people.agent()).open()
    page, text = board.page, board.text
    [first, second] = board.titles("To Contact")[:2]
    board.link(first).focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    menu = page.get_by_role("group", name=text("board.menu"))
    menu.get_by_role("button", name=text("board.mark.won")).press("Enter")
    expect(board.link(second)).to_be_focused()
    assert deal(demo, first)["status"] == "won"
    page.goto(f"{page.url}?status=won")
    expect(board.card(first)).to_be_visible()
    board.card(first).hover()
    board.card(first).get_by_role("button", name=text("board.menu")).click()
    expect(menu.get_by_role("button", name=text("board.mark.won"))).to_have_count(0)
    menu.get_by_role("button", name=text("deal.reopen"), exact=True).click()
    expect(board.toast(text("board.open", title=first))).to_be_visible()
    expect(board.card(first)).to_have_count(0)
    assert deal(demo, first)["status"] == "open"


def test_a_slash_goes_to_the_search_and_the_window_is_named_after_what_it_shows(people, demo):
    inbox = people.agent()
    page = inbox.page
    for place, name in (("pipelines/1", "Sales"), ("contacts", inbox.text("nav.contacts")), ("accounts", inbox.text("nav.accounts"))):
        page.goto(f"{inbox.url}/#/{place}")
        expect(page).to_have_title(re.compile(rf"^\(\d+\) {name} · Parley$"))
        search = page.get_by_role("main").get_by_role("searchbox").first
        expect(search).to_be_visible()
        page.keyboard.press("/")
        expect(search).to_be_focused()
        page.keyboard.press("/")
        expect(search).to_have_value("/")
    page.goto(f"{inbox.url}/#/contacts/1")
    expect(page).to_have_title(re.compile(r"^\(\d+\) Nora Fitzgerald · Parley$"))
    page.go_back()
    expect(page).to_have_title(re.compile(rf"{inbox.text('nav.accounts')} · Parley$"))


def test_all_that_a_filter_leaves_are_selected_loaded_or_not(people, demo, program):
    for number in range(130):
        program.post("/api/deals", {
            "title": f"Many {number}", "value": {"minor": 100, "currency": "EUR"}, "pipelineID": 1, "contact": {
                "new": {"name": "", "email": "many@x.example"}}}, **{"Idempotency-Key": f"many-deals-{number:06}"})
    agent = people.agent()
    page, text = agent.page, agent.text
    page.goto(f"{agent.url}/#/pipelines/1?view=table&search=many")
    board = Board(agent)
    expect(board.rows.nth(1)).to_be_visible()
    bar = page.get_by_role("group", name=text("bulk.label"))
    every = bar.get_by_role("button", name=text("bulk.selectAll", count=130), exact=True)
    # A row that stays in view as one scrolls stays the same, with whatever one does in it.
    assert page.evaluate("""async () => {
      const frame = () => new Promise(requestAnimationFrame)
      const row = document.querySelectorAll('.deal-table tbody tr')[12]
      row.querySelector('a').focus()
      document.querySelector('.deal-table-scroller').scrollTop = 300
      await frame(), await frame(), await frame()
      const isSame = row.isConnected && row.contains(document.activeElement)
      document.querySelector('.deal-table-scroller').scrollTop = 0
      await frame(), await frame(), await frame()
      return isSame
    }""")
    board.rows.first.get_by_role("checkbox").check()
    expect(bar).to_be_visible()
    expect(every).to_be_hidden()
    page.get_by_role("checkbox", name=text("table.selectAll"), exact=True).check()
    axe.check(page)
    every.click()
    expect(bar.get_by_text(text("bulk.selected", count=130))).to_be_visible()
    expect(every).to_be_hidden()
    bar.get_by_label(text("deal.stage"), exact=True).select_option(label="Follow Up")
    expect(board.toast(text("bulk.changed", count=130))).to_be_visible()
    assert database.value(demo.database, """
        SELECT count(*) FROM deals JOIN stages ON stages.id = stage_id WHERE title LIKE 'Many %' AND name = 'Follow Up'""") == 130


@pytest.mark.parametrize("view", ["board", "table"])
@pytest.mark.parametrize("locale", ["en-US", "fr-FR"])
def test_deals_are_those_of_a_contact_or_of_an_account_by_name(people, demo, view, locale):
    agent = people.agent(locale=locale)
    page, text = agent.page, agent.text
    page.goto(f"{agent.url}/#/pipelines/1?view={view}")
    main = page.get_by_role("main")
    expect(main.get_by_role("link", name="Finch for Tern Street Bakery")).to_be_visible()
    of_nora = {row["title"] for row in database.rows(demo.database, """
        SELECT title FROM deals JOIN contacts ON contacts.id = contact_id
        WHERE last_name = 'Fitzgerald' AND status = 'open' AND pipeline_id = 1""")}
    board = Board(agent)
    page.get_by_role("button", name=text.beginning("filter.button")).click()
    panel = page.get_by_role("dialog", name=text("filter.title"))
    contact = panel.get_by_role("combobox", name=text("table.contact"), exact=True)
    contact.press_sequentially("nora")
    contact.fill("Nora Fitzgerald · nora@harbourandrye.example")
    contact.press("Tab")
    links = main.get_by_role("listitem").get_by_role("link").or_(main.get_by_role("row").get_by_role("link"))
    expect(links).to_have_count(len(of_nora))
    assert set(links.all_text_contents()) == of_nora
    axe.check(page)
    page.keyboard.press("Escape")
    expect(board.chips).to_have_text([text("filter.chip", label=text("table.contact"), value="Nora Fitzgerald")])
    # The name is there again for who opens the address.
    page.reload()
    expect(board.chips).to_have_text([text("filter.chip", label=text("table.contact"), value="Nora Fitzgerald")])
    expect(links).to_have_count(len(of_nora))
    board.chips.get_by_role("button").click()
    expect(links.nth(len(of_nora))).to_be_visible()
    page.get_by_role("button", name=text.beginning("filter.button")).click()
    account = panel.get_by_role("combobox", name=text("deal.account"), exact=True)
    expect(contact).to_have_value("")
    account.fill("Blue Heron Inn")
    account.press("Tab")
    expect(board.chips).to_have_text([text("filter.chip", label=text("deal.account"), value="Blue Heron Inn")])
    expect(main.get_by_role("link", name="One for the barn at Blue Heron Inn")).to_be_visible()
