"""What is typed is not lost: by a key, by another page, by a reload, or by what is refused."""

import axe
import pytest
from board import Board
from deal_page import DealPage
from harness import database
from playwright.sync_api import expect
from records import Records

LANGUAGES = pytest.mark.parametrize("locale", ["en-US", "fr-FR"])


def test_a_description_and_a_note_are_there_again_after_another_page_and_a_reload(people, program):
    inbox = people.agent()
    page = DealPage(inbox).open(12)
    about = page.part("deal.about").get_by_role("textbox")
    page.button("deal.about.edit").click()
    about.fill("Half a description")
    note = page.field("note.label")
    note.fill("Half a note")
    # A key does not throw away what was changed.
    about.press("Escape")
    expect(about).to_have_value("Half a description")
    inbox.page.goto(f"{inbox.url}/#/contacts")
    expect(Records(inbox, "contacts").rows.first).to_be_visible()
    inbox.page.go_back()
    expect(about).to_have_value("Half a description")
    inbox.page.reload()
    expect(about).to_have_value("Half a description")
    expect(note).to_have_value("Half a note")
    # Of another deal there is nothing.
    page.open(13)
    expect(note).to_have_value("")
    expect(about).to_be_hidden()
    page.open(12)
    page.part("deal.about").get_by_role("button", name=inbox.text("action.save"), exact=True).click()
    page.button("note.add").click()
    expect(page.part("note.notes").get_by_role("listitem")).to_contain_text(["Half a note"])
    assert program.get("/api/deals/12")["description"] == "Half a description"
    inbox.page.reload()
    expect(page.button("deal.about.edit")).to_be_visible()
    expect(about).to_be_hidden()
    expect(note).to_have_value("")


@LANGUAGES
@pytest.mark.parametrize("kind", ["contacts", "accounts"])
def test_a_form_that_is_left_asks_or_keeps_what_was_typed(people, locale, kind):
    inbox = people.agent(locale=locale)
    records = Records(inbox, kind).open()
    dialog = records.begin()
    field = records.field(dialog, {"contacts": "contact.email", "accounts": "account.name"}[kind])
    # Where nothing was typed nothing is asked.
    inbox.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    records.begin()
    field.fill("half@typed")
    inbox.page.keyboard.press("Escape")
    question = inbox.page.get_by_role("alertdialog", name=inbox.text(f"records.{kind}.discard"), exact=True)
    expect(question).to_be_visible()
    axe.check(inbox.page)
    question.get_by_role("button", name=inbox.text("deal.discard.keep"), exact=True).click()
    expect(field).to_have_value("half@typed")
    inbox.page.reload()
    expect(records.rows.first).to_be_visible()
    records.begin()
    expect(dialog.get_by_text(inbox.text("records.restored"))).to_be_visible()
    expect(field).to_have_value("half@typed")
    axe.check(inbox.page)
    dialog.get_by_role("button", name=inbox.text("deal.draft.startOver"), exact=True).click()
    expect(field).to_have_value("")
    field.fill("once@more")
    dialog.get_by_role("button", name=inbox.text("action.cancel"), exact=True).click()
    question.get_by_role("button", name=inbox.text("deal.discard"), exact=True).click()
    expect(dialog).to_be_hidden()
    records.begin()
    expect(field).to_have_value("")


def test_a_deal_is_saved_from_its_description(people, demo):
    inbox = people.agent()
    dialog = Board(inbox).open().add_deal()
    dialog.title.fill("Saved by keys")
    dialog.create(dialog.contact, "keys@x.example")
    dialog.value.fill("1")
    dialog.description.fill("Two lines\nof it")
    dialog.description.press("Control+Enter")
    expect(dialog.root).to_be_hidden()
    assert database.value(demo.database, "SELECT description FROM deals WHERE title = 'Saved by keys'") == "Two lines\nof it"
