"""Fields of one's own: made by an owner, and then in forms, on pages, in tables and in filters."""

import axe
import pytest
from board import Board
from deal_page import DealPage
from fields import FieldSettings
from harness import database
from playwright.sync_api import expect
from records import Records

LANGUAGES = pytest.mark.parametrize("locale", ["en-US", "fr-FR"])


@pytest.fixture(autouse=True)
def none(program):
    """Without those of the demo: each test makes the fields that it is about."""
    for field in program.get("/api/fields")["fields"]:
        program.call("DELETE", f"/api/fields/{field['id']}?removeValues=true")


def make(page, kind, type, name, choices=()):
    """A field, by the interface."""
    return page.evaluate(
        """async (body) => (await (await fetch('/api/fields', {
          method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body)})).json())""",
        {"kind": kind, "type": type, "name": name, "choices": [{"name": choice} for choice in choices]})


@LANGUAGES
def test_from_its_definition_to_a_filter(people, demo, locale):
    inbox = people.agent(locale=locale)
    text = inbox.text
    settings = FieldSettings(inbox).open()
    axe.check(inbox.page)
    settings.add("deal", "Plan", "choice", ["Gold", "Tin"])
    settings.add("deal", "Seats", "number")
    settings.begin("deal", "seats", "choices")
    settings.press("fields.add")
    expect(inbox.page.get_by_text(text("error.field.choices.required"))).to_be_visible()
    settings.box("fields.choice.new").fill("Bar")
    settings.box("fields.choice.new").press("Enter")
    settings.press("fields.add")
    expect(settings.box("fields.name")).to_have_attribute("aria-invalid", "true")
    axe.check(inbox.page)
    settings.box("fields.name").fill("Used for")
    settings.press("fields.add")
    expect(settings.rows("deal")).to_have_count(3)

    # The form: what is half typed outlives a reload, what is wrong is said at its field.
    board = Board(inbox).open()
    dialog = board.add_deal()
    dialog.title.fill("A deal with fields")
    dialog.create(dialog.contact, "Ada Lovelace")
    dialog.new_contact_email.fill("ada@example.com")
    dialog.value.fill("10")
    dialog.root.get_by_label("Plan", exact=True).select_option(label="Gold")
    dialog.root.get_by_label("Seats", exact=True).fill("many")
    dialog.root.get_by_label("Bar", exact=True).check()
    inbox.page.reload()
    dialog = board.add_deal()
    seats = dialog.root.get_by_label("Seats", exact=True)
    expect(seats).to_have_value("many")
    expect(dialog.root.get_by_label("Bar", exact=True)).to_be_checked()
    dialog.submit.click()
    expect(seats).to_have_attribute("aria-invalid", "true")
    expect(seats).to_be_focused()
    axe.check(inbox.page)
    seats.fill("1 250,50" if locale == "fr-FR" else "1,250.50")
    dialog.save()
    deal = database.rows(demo.database, "SELECT * FROM deals WHERE title = 'A deal with fields'")[0]
    rows = database.rows(demo.database, "SELECT number FROM deal_fields WHERE record_id = ? ORDER BY field_id", deal["id"])
    assert rows[1]["number"] == 1_250_500_000 and len(rows) == 3

    # The page: it changes where it stands, the history says so, and others see it.
    page = DealPage(inbox).open(deal["id"])
    other = DealPage(people.agent(1)).open(deal["id"])
    shown = page.root.get_by_label("Seats", exact=True)
    expect(shown).to_have_value("1250,5" if locale == "fr-FR" else "1250.5")
    shown.fill("a lot")
    shown.press("Enter")
    expect(shown).to_have_attribute("aria-invalid", "true")
    axe.check(inbox.page)
    shown.fill("3")
    shown.press("Enter")
    expect(other.root.get_by_label("Seats", exact=True)).to_have_value("3")
    page.root.get_by_label("Plan", exact=True).select_option(label="Tin")
    expect(other.root.get_by_label("Plan", exact=True).locator("option:checked")).to_have_text("Tin")
    expect(page.history.first).to_contain_text("Tin")
    expect(page.history.first).to_contain_text("Plan")

    # The table: a column, and a filter that leaves this deal alone, also after a reload.
    inbox.page.goto(f"{inbox.url}/#/pipelines/{deal['pipeline_id']}?view=table")
    row = inbox.page.get_by_role("row").filter(has_text="A deal with fields")
    inbox.page.get_by_role("button", name=text("table.columns")).click()
    inbox.page.get_by_role("checkbox", name="Seats", exact=True).check()
    inbox.page.keyboard.press("Escape")
    expect(row.get_by_role("cell", name="3", exact=True)).to_be_visible()
    inbox.page.get_by_role("button", name=text.beginning("filter.button")).click()
    panel = inbox.page.get_by_role("dialog", name=text("filter.title"))
    axe.check(inbox.page)
    panel.get_by_label("Plan", exact=True).select_option(label="Tin")
    panel.get_by_label(text("field.filter.from", name="Seats"), exact=True).fill("2")
    panel.get_by_label(text("field.filter.from", name="Seats"), exact=True).press("Enter")
    deals = inbox.page.locator("tr[data-deal]")
    expect(deals).to_have_count(1)
    inbox.page.reload()
    expect(deals).to_have_count(1)
    expect(row).to_be_visible()
    inbox.page.get_by_role("button", name=text("filter.remove", filter=text("filter.chip", label="Plan", value="Tin"))).click()
    expect(inbox.page.get_by_role("button", name=text("filter.remove", filter=text("filter.atLeast", label="Seats", **{"from": "2"})))).to_be_visible()
    axe.check(inbox.page)


def test_contacts_and_accounts_have_fields_too(people, demo):
    inbox = people.agent()
    roles = make(inbox.page, "contact", "choices", "Roles", ["Buyer", "User"])
    make(inbox.page, "contact", "date", "Birthday")
    make(inbox.page, "account", "currency", "Turnover")
    contacts = Records(inbox, "contacts").open()
    dialog = contacts.begin()
    contacts.field(dialog, "contact.email").fill("grace@example.com")
    dialog.get_by_label("Buyer", exact=True).check()
    axe.check(inbox.page)
    contacts.submit(dialog)
    expect(contacts.heading).to_have_text("grace@example.com")
    facts = inbox.page.get_by_role("region", name=inbox.text("field.facts"))
    expect(facts.locator("summary")).to_have_text("Buyer")
    facts.locator("summary").click()
    facts.get_by_label("User", exact=True).check()
    expect(facts.locator("summary")).to_have_text("Buyer and User")
    facts.get_by_label("Birthday", exact=True).fill("1906-12-09")
    facts.get_by_label("Birthday", exact=True).blur()
    axe.check(inbox.page)
    inbox.page.reload()
    expect(facts.locator("summary")).to_have_text("Buyer and User")
    expect(facts.get_by_label("Birthday", exact=True)).to_have_value("1906-12-09")
    assert len(database.rows(demo.database, "SELECT * FROM contact_fields WHERE field_id = ?", roles["id"])) == 2

    account = database.rows(demo.database, "SELECT * FROM accounts ORDER BY id")[0]
    Records(inbox, "accounts").open().find(account["name"])
    facts.get_by_label("Turnover", exact=True).fill("12.345,00")
    facts.get_by_label("Turnover", exact=True).blur()
    inbox.page.reload()
    expect(facts.get_by_label("Turnover", exact=True)).to_have_value("12,345")
    axe.check(inbox.page)


def test_fields_are_put_in_order_by_keys_and_go_with_their_values(people, demo):
    inbox = people.agent()
    first = make(inbox.page, "deal", "text", "First")
    make(inbox.page, "deal", "choice", "Second", ["Gold", "Tin"])
    deal = database.rows(demo.database, "SELECT * FROM deals ORDER BY id")[0]
    other = DealPage(people.agent(1)).open(deal["id"])
    box = other.root.get_by_label("First", exact=True)
    box.fill("kept")
    box.press("Enter")
    other.root.get_by_label("Second", exact=True).select_option(label="Gold")
    expect(other.history.first).to_contain_text("Gold")

    settings = FieldSettings(inbox).open()
    inbox.page.get_by_role("button", name=inbox.text("fields.grip", name="Second")).press("ArrowUp")
    expect(settings.rows("deal").first).to_contain_text("Second")
    expect(other.root.locator(".field-facts .field-label").first).to_have_text("Second")

    # A choice that is in use goes only when one has said so.
    settings.rows("deal").first.get_by_role("link").click()
    inbox.page.get_by_role("button", name=inbox.text("fields.choice.remove", name="Gold")).click()
    settings.press("action.save")
    question = inbox.page.get_by_role("alertdialog")
    expect(question).to_contain_text(inbox.text("fields.choice.delete.values", count=1))
    axe.check(inbox.page)
    question.get_by_role("button", name=inbox.text("action.cancel"), exact=True).click()
    settings.press("action.save")
    question.get_by_role("button", name=inbox.text("action.delete"), exact=True).click()
    expect(other.root.get_by_label("Second", exact=True).locator("option")).to_have_text([inbox.text("field.none"), "Tin"])
    expect(other.root.get_by_label("Second", exact=True)).to_have_value("")

    inbox.page.goto(f"{inbox.url}/#/settings/fields/{first['id']}")
    settings.press("fields.delete")
    question.get_by_role("button", name=inbox.text("action.delete"), exact=True).click()
    expect(question).to_contain_text(inbox.text("fields.delete.values", count=1, name="First"))
    question.get_by_role("button", name=inbox.text("action.delete"), exact=True).click()
    expect(settings.rows("deal")).to_have_count(1)
    expect(other.root.get_by_label("First", exact=True)).to_have_count(0)
    assert database.rows(demo.database, "SELECT * FROM deal_fields") == []


def test_who_is_no_owner_sees_the_fields_and_changes_none(people):
    owner = people.agent()
    field = make(owner.page, "deal", "choice", "Plan", ["Gold"])
    agent = people.agent(1)
    settings = FieldSettings(agent).open()
    expect(settings.rows("deal")).to_have_count(1)
    expect(agent.page.get_by_role("link", name=agent.text("fields.add.deal"), exact=True)).to_have_count(0)
    agent.page.goto(f"{agent.url}/#/settings/fields/{field['id']}")
    expect(settings.box("fields.name")).to_be_disabled()
    expect(settings.box("fields.choice", number="1")).to_be_disabled()
    axe.check(agent.page)


@LANGUAGES
def test_contacts_are_filtered_by_a_checkbox(people, locale):
    inbox = people.agent(locale=locale)
    page = inbox.page
    page.goto(inbox.url)
    field = make(page, "contact", "checkbox", "Newsletter")
    contacts = Records(inbox, "contacts")
    page.goto(f"{inbox.url}/#/contacts")
    contacts.rows.first.get_by_role("link").click()
    name = contacts.heading.text_content()
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        page.get_by_label("Newsletter", exact=True).check()
    contacts.open()
    expect(contacts.rows.nth(1)).to_be_visible()
    page.get_by_role("button", name=inbox.text.beginning("filter.button")).click()
    page.get_by_role("dialog", name=inbox.text("records.filter.title")).get_by_label("Newsletter", exact=True).select_option("true")
    expect(contacts.rows).to_have_count(1)
    expect(contacts.row(name)).to_be_visible()
    axe.check(page)
    # The address holds it, and its chip takes it off.
    page.reload()
    assert f"field.{field['id']}=true" in page.url
    expect(contacts.rows).to_have_count(1)
    page.get_by_role("button", name=inbox.text("filter.remove", filter=inbox.text(
        "filter.chip", label="Newsletter", value=inbox.text("field.checked")))).click()
    expect(contacts.rows.nth(1)).to_be_visible()
