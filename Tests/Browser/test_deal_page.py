"""The page of a deal: everything changes where it stands, is told in the history, and is seen by the others."""

import json

import axe
from deal_page import DealPage
from harness import database
from playwright.sync_api import expect


def a_deal(demo, condition="status = 'open' AND conversation_id IS NOT NULL"):
    return database.rows(demo.database, f"SELECT * FROM deals WHERE {condition} ORDER BY id")[0]


def stored(demo, deal_id):
    return database.rows(demo.database, """
        SELECT deals.*, stages.name AS stage, agents.name AS owner FROM deals
        JOIN stages ON stages.id = stage_id JOIN agents ON agents.id = owner_id WHERE deals.id = ?""", deal_id)[0]


def test_a_deal_changes_where_it_stands_and_others_see_it(people, demo):
    before = a_deal(demo)
    page = DealPage(people.agent()).open(before["id"])
    other = DealPage(people.agent(1)).open(before["id"])
    page.edit("deal.title", "Another title")
    expect(other.root).to_have_accessible_name("Another title")
    page.edit("deal.value", "12,345")
    expect(page.root).to_contain_text("12,345")
    page.field("deal.owner").select_option(label=people.agents[2]["name"])
    page.field("deal.forecastedCloseOn").fill("2030-02-28")
    page.field("deal.forecastedCloseOn").blur()
    page.root.get_by_role("list", name=page.text("deal.stages")).get_by_role("button", name="Follow Up").click()
    page.field("table.tags").fill("vip")
    page.field("table.tags").press("Enter")
    expect(other.root.get_by_role("button", name=page.text("deal.tag.remove", tag="vip"))).to_be_visible()
    expect(page.history.first).to_contain_text("vip")
    after = stored(demo, before["id"])
    assert after["title"] == "Another title"
    assert after["value_minor"] == 12345 * 10 ** (0 if after["currency"] == "JPY" else 2)
    assert (after["owner"], after["forecasted_close_on"], after["stage"]) == (people.agents[2]["name"], "2030-02-28", "Follow Up")


def test_an_amount_that_cannot_be_read_stays_in_its_field(people, demo):
    before = a_deal(demo)
    page = DealPage(people.agent()).open(before["id"])
    box = page.edit("deal.value", "a lot")
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(box).to_have_value("a lot")
    box.press("Escape")
    assert stored(demo, before["id"])["value_minor"] == before["value_minor"]


def test_a_deal_is_lost_for_a_reason_and_opened_again(people, demo):
    before = a_deal(demo)
    page = DealPage(people.agent()).open(before["id"])
    page.button("deal.status.lost").click()
    dialog = page.page.get_by_role("dialog", name=page.text("lost.title"))
    dialog.get_by_label(page.text("lost.reason")).fill("Too dear")
    dialog.get_by_role("button", name=page.text("board.mark.lost")).click()
    expect(page.root).to_contain_text("Too dear")
    assert stored(demo, before["id"])["status"] == "lost"
    page.button("deal.reopen").click()
    expect(page.button("deal.status.won")).to_be_visible()
    assert stored(demo, before["id"])["status"] == "open"


def test_tasks_and_notes_are_kept_with_the_deal(people, demo):
    before = a_deal(demo)
    page = DealPage(people.agent()).open(before["id"])
    page.add_task("Call about the quote", "2020-01-01")
    expect(page.task("Call about the quote")).to_contain_text(page.text("deal.overdue"))
    page.task("Call about the quote").get_by_role("checkbox").click()
    outcome = page.task("Call about the quote").get_by_role("textbox", name=page.text("task.outcome"))
    outcome.fill("She said yes")
    outcome.press("Enter")
    expect(page.history.first).to_contain_text("She said yes")
    page.field("note.label").fill("Speaks French")
    page.button("note.add").click()
    expect(page.part("note.notes").get_by_role("listitem")).to_contain_text("Speaks French")
    axe.check(page.page)
    task = database.rows(demo.database, "SELECT * FROM tasks WHERE title = 'Call about the quote'")[0]
    assert task["deal_id"] == before["id"] and task["done_at"] and task["outcome"] == "She said yes"


def test_the_conversation_is_answered_beside_the_deal(people, demo):
    before = a_deal(demo, "conversation_id IN (SELECT id FROM conversations WHERE status = 'open')")
    agent = people.agent()
    page = DealPage(agent).open(before["id"])
    agent.write("We can deliver in May.")
    expect(agent.message("We can deliver in May.")).to_be_visible()
    expect(agent.message("We can deliver in May.")).to_contain_text(agent.text("thread.sent"))
    written = database.rows(
        demo.database, "SELECT conversation_id FROM messages WHERE text = 'We can deliver in May.'")
    assert [row["conversation_id"] for row in written] == [before["conversation_id"]]
    expect(page.root).to_be_visible()


def test_an_owner_makes_a_pipeline_and_deletes_a_stage_that_holds_deals(people, demo):
    agent = people.agent()
    page = agent.page
    page.goto(f"{agent.url}/#/settings/pipelines/new")
    page.get_by_label(agent.text("pipeline.name"), exact=True).fill("Service")
    page.get_by_role("button", name=agent.text("pipeline.add"), exact=True).click()
    expect(page.get_by_role("heading", name="Service")).to_be_visible()
    rows = page.get_by_role("list", name=agent.text("deal.stages")).get_by_role("listitem")
    expect(rows).to_have_count(3)
    grip = page.get_by_role("button", name=agent.text("stage.grip", name="Follow Up"))
    grip.focus()
    page.keyboard.press("ArrowUp")
    expect(rows.nth(1).get_by_label(agent.text("stage.of", label=agent.text("stage.name"), name="Follow Up"))).to_be_visible()
    expect(grip).to_be_focused()

    page.goto(f"{agent.url}/#/settings/pipelines/1")
    expect(rows).to_have_count(3)
    moved = database.value(demo.database, "SELECT count(*) FROM deals JOIN stages ON stages.id = stage_id WHERE name = 'To Contact'")
    page.get_by_role("button", name=agent.text("stage.remove", name="To Contact")).click()
    dialog = page.get_by_role("alertdialog", name=agent.text("stage.delete.title"))
    dialog.get_by_role("button", name=agent.text("action.delete")).click()
    expect(dialog).to_contain_text(str(moved))
    dialog.get_by_label(agent.text("stage.moveTo")).select_option(label="In Contact")
    dialog.get_by_role("button", name=agent.text("action.delete")).click()
    expect(rows).to_have_count(2)
    names = json.dumps([row["name"] for row in database.rows(
        demo.database, "SELECT name FROM stages WHERE pipeline_id = 1 ORDER BY position")])
    assert names == '["In Contact", "Follow Up"]'
    assert database.value(demo.database, "SELECT count(*) FROM deals WHERE stage_id NOT IN (SELECT id FROM stages)") == 0
