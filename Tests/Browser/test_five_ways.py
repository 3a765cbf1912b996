"""The five ways to a deal, in each language: made, the server stopped and started, and there."""

import axe
import pytest
from automations import Automations
from board import Board
from deal_page import DealPage
from harness import database
from playwright.sync_api import expect
from records import Records
from test_add_to_deal import CONTACT, write_as


def stored(demo, title):
    [deal] = database.rows(demo.database, """
        SELECT deals.*, stages.name AS stage, pipelines.name AS pipeline, contacts.email
        FROM deals JOIN stages ON stages.id = stage_id JOIN pipelines ON pipelines.id = deals.pipeline_id
          LEFT JOIN contacts ON contacts.id = contact_id
        WHERE title = ?""", title)
    return deal


def from_a_pipeline(people, demo, agent):
    board = Board(agent).open()
    board.pipeline.select_option(label="Service")
    expect(board.column("Requested")).to_be_visible()
    dialog = board.add_deal()
    expect(dialog.pipeline.locator("option:checked")).to_have_text("Service")
    expect(dialog.stage.locator("option:checked")).to_have_text("Requested")
    dialog.title.fill("At the top")
    dialog.value.fill("80")
    dialog.submit.click()
    expect(dialog.contact).to_have_attribute("aria-invalid", "true")
    dialog.create(dialog.contact, "grace@example.com")
    dialog.save()
    expect(board.column("Requested").get_by_role("link", name="At the top")).to_be_visible()
    dialog = board.add_deal("Booked")
    expect(dialog.stage.locator("option:checked")).to_have_text("Booked")
    dialog.title.fill("Under a stage")
    dialog.create(dialog.contact, "ada@example.com")
    dialog.value.fill("1250,50" if agent.text.language == "fr" else "1,250.50")
    dialog.currency.select_option("USD")
    dialog.save()
    amount = "1 250,50" if agent.text.language == "fr" else "$1,250.50"
    expect(board.card("Under a stage")).to_contain_text(amount)
    assert board.titles("Booked")[0] == "Under a stage"
    yield
    expect(board.column("Requested").get_by_role("link", name="At the top")).to_be_visible()
    expect(board.cards("Booked").filter(has_text="Under a stage")).to_contain_text(amount)
    for title, stage, email in (("At the top", "Requested", "grace@example.com"), ("Under a stage", "Booked", "ada@example.com")):
        deal = stored(demo, title)
        assert (deal["pipeline"], deal["stage"], deal["email"]) == ("Service", stage, email)


def from_a_contact(people, demo, agent):
    known = database.rows(
        demo.database, "SELECT c.*, a.name AS account FROM contacts c JOIN accounts a ON a.id = c.account_id ORDER BY c.id")[0]
    name = f"{known['first_name']} {known['last_name']}"
    contacts = Records(agent, "contacts").open()
    contacts.find(known["email"], name)
    contacts.tab("deal.deals").click()
    dialog = contacts.add_deal()
    expect(dialog.contact).to_have_value(name)
    expect(dialog.account).to_have_value(known["account"])
    dialog.title.fill("Way two for %FIRSTNAME%")
    dialog.value.fill("1200")
    dialog.save()
    title = f"Way two for {known['first_name']}"
    expect(contacts.deal(title)).to_be_visible()
    yield
    expect(contacts.deal(title)).to_be_visible()
    deal = stored(demo, title)
    assert (deal["contact_id"], deal["account_id"]) == (known["id"], known["account_id"])


def from_an_automation(people, demo, agent):
    page = Automations(agent).open().begin()
    page.name.fill("Watch the page")
    page.add_trigger("page.visited")
    page.setting("automation.url").fill("*prices*")
    page.insert("deal.add")
    page.deal_setting("deal.title").fill("Interest of ")
    page.deal_dialog.get_by_role("button", name=page.text("deal.tags")).first.click()
    page.page.get_by_role("menuitem", name=page.text("deal.tag.fullName")).click()
    page.deal_setting("deal.value").fill("1250")
    page.deal_setting("automation.closeInDays").fill("14")
    page.save_deal()
    page.insert("tag.add")
    page.setting("automation.tag").fill("prices")
    page.saved()
    expect(page.problems).to_have_count(0)
    page.turn(on=True)
    yield
    expect(page.card("tag.add")).to_be_visible()
    assert page.kinds == ["deal.add", "tag.add"]
    expect(page.switch).to_be_checked()
    contact = database.rows(demo.database, "SELECT * FROM contacts WHERE first_name <> '' ORDER BY id LIMIT 1")[0]
    title = f"Interest of {contact['first_name']} {contact['last_name']}"
    visitor = people.visitor()
    visitor.open()
    visitor.write("How much is it?")
    agent.page.goto(f"{agent.url}/#/conversations")
    agent.open("How much is it?")
    agent.edit_person("email", contact["email"])
    visitor.page.goto(f"{demo.website}/prices.html")
    expect(agent.deal(title)).to_be_visible()
    agent.page.goto(f"{agent.url}/#/pipelines")
    expect(agent.page.get_by_role("main").get_by_text(title).first).to_be_visible()
    agent.page.goto(f"{agent.url}/#/automations")
    expect(page.row("Watch the page")).to_contain_text("1")
    page.row("Watch the page").get_by_role("link").click()
    page.show_runs()
    page.runs.first.click()
    expect(page.run_steps).to_have_count(2)
    expect(page.run_steps.first).to_contain_text(page.kind("deal.add"))
    deal = stored(demo, title)
    assert (deal["contact_id"], deal["value_minor"]) == (contact["id"], 125000)


def from_an_account(people, demo, agent):
    account = database.rows(demo.database, "SELECT * FROM accounts ORDER BY id")[0]
    accounts, watching = Records(agent, "accounts").open(), Records(people.agent(1), "accounts").open()
    accounts.find(account["name"])
    watching.find(account["name"])
    dialog = accounts.add_deal()
    expect(dialog.account).to_have_value(account["name"])
    expect(dialog.contact).to_have_value("")
    dialog.title.fill("Way four")
    dialog.value.fill("300")
    dialog.save()
    expect(accounts.deal("Way four")).to_be_visible()
    expect(watching.deal("Way four")).to_be_visible()
    yield
    expect(accounts.deal("Way four")).to_be_visible()
    deal = stored(demo, "Way four")
    assert (deal["contact_id"], deal["account_id"]) == (None, account["id"])
    expect(Board(agent).open().card("Way four")).to_be_visible()


def from_a_conversation(people, demo, agent):
    contact = database.rows(demo.database, CONTACT)[0]
    write_as(people, agent, contact)
    agent.press_add_deal()
    expect(agent.open_deals).to_contain_text(contact["title"])
    axe.check(agent.page)
    agent.open_deals.get_by_role("button", name=agent.text("deal.choose.add.to", title=contact["title"]), exact=True).click()
    expect(agent.open_deals).to_be_hidden()
    expect(agent.log).to_contain_text(agent.text("status.dealLinked.you", title=contact["title"]))
    # There is nothing left to add it to: a new deal is begun at once.
    agent.press_add_deal()
    dialog = agent.deal_dialog
    dialog.title.fill("Way five for %FIRSTNAME%")
    dialog.value.fill("45")
    dialog.save()
    title = f"Way five for {contact['first_name']}"
    expect(agent.deal(title)).to_be_visible()
    yield
    for each in (title, contact["title"]):
        expect(agent.deal(each)).to_be_visible()
    assert stored(demo, title)["contact_id"] == contact["id"]
    page = DealPage(agent).open(contact["deal"])
    expect(agent.page.get_by_role("log", name=agent.text("thread.log"))).to_contain_text("It is me again")
    name = f"{contact['first_name']} {contact['last_name']}".strip()
    expect(page.history.first).to_contain_text(page.text("change.conversation.added", who=page.text("change.you"), to=name))


WAYS = [from_a_pipeline, from_a_contact, from_an_automation, from_an_account, from_a_conversation]


@pytest.mark.parametrize("locale", ["en-US", "fr-FR"])
@pytest.mark.parametrize("way", WAYS, ids=[way.__name__ for way in WAYS])
def test_a_deal_is_added(people, demo, way, locale):
    agent = people.agent(locale=locale)
    steps = way(people, demo, agent)
    next(steps)
    # Stopped in order and started on the same data, as for an upgrade.
    assert demo.stop() == 0
    demo.start()
    agent.page.reload()
    assert next(steps, "all seen") == "all seen"
    axe.check(agent.page)
