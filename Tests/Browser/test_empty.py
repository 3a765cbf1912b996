"""Where there is nothing, the page says why, and offers what can be done about it."""

import axe
import pytest
from board import Board
from deal_dialog import DealDialog
from harness.interface import Interface
from harness.parley import Parley
from people import window
from playwright.sync_api import expect
from texts import Texts

VIEWS = pytest.mark.parametrize("view", ["board", "table"])


@VIEWS
def test_a_search_that_finds_no_deal_is_cleared_where_nothing_is_found(people, view):
    inbox = people.agent()
    page, text = inbox.page, inbox.text
    page.goto(f"{inbox.url}/#/pipelines/1?search=nowhere&owner=2&view={view}")
    nothing = page.get_by_text(text("table.empty"), exact=True)
    expect(nothing).to_be_visible()
    axe.check(page)
    page.get_by_role("button", name=text("records.clear"), exact=True).click()
    expect(page.get_by_role("link", name="Finch for Tern Street Bakery")).to_be_visible()
    expect(nothing).to_be_hidden()
    expect(Board(inbox).search).to_have_value("")
    assert ("view=table" in page.url) == (view == "table")


@VIEWS
@pytest.mark.parametrize("locale", ["en-US", "fr-FR"])
def test_an_empty_pipeline_offers_to_add_the_first_deal_or_to_import(people, program, locale, view):
    pipeline = program.post("/api/pipelines", {"name": "Fresh", "currency": "EUR"})
    inbox = people.agent(locale=locale)
    page, text = inbox.page, inbox.text
    page.goto(f"{inbox.url}/#/pipelines/{pipeline['id']}?view={view}")
    empty = page.locator(".deals-empty")
    expect(empty).to_contain_text(text("pipelines.empty", pipeline="Fresh"))
    axe.check(page)
    expect(empty.get_by_role("link", name=text("csv.import"), exact=True)).to_have_attribute("href", "#/import?kind=deals")
    empty.get_by_role("button", name=text("deal.add"), exact=True).click()
    dialog = DealDialog(page, text)
    dialog.title.fill("The first")
    dialog.create(dialog.contact, "first@x.example")
    dialog.value.fill("1")
    dialog.save()
    expect(page.get_by_role("main").get_by_role("link", name="The first", exact=True)).to_be_visible()
    expect(empty).to_be_hidden()


def test_a_pipeline_that_is_not_there_offers_the_others_and_no_tools(people):
    inbox = people.agent()
    page, text = inbox.page, inbox.text
    page.goto(f"{inbox.url}/#/pipelines/99")
    expect(page.get_by_text(text("pipelines.gone"), exact=True)).to_be_visible()
    expect(page.get_by_role("main").get_by_role("button")).to_have_count(0)
    expect(page.get_by_role("searchbox")).to_have_count(0)
    axe.check(page)
    choice = Board(inbox).pipeline
    expect(choice.locator("option:checked")).to_have_text(text("pipelines.choose"))
    choice.select_option(label="Sales")
    expect(page.get_by_role("link", name="Finch for Tern Street Bakery")).to_be_visible()
    expect(choice.locator("option")).to_have_text(["Sales", "Service"])


@pytest.mark.parametrize("kind", ["contacts", "accounts"])
def test_a_workspace_without_records_offers_to_import_them(chromium, tmp_path, kind):
    text = Texts()
    with Parley(tmp_path / "data") as server:
        owner = Interface(server.url)
        owner.set_up(server.setup_token())
        name, value = owner.cookie.split("=", 1)
        with window(chromium) as context:
            context.add_cookies([{"name": name, "value": value, "url": server.url}])
            page = context.new_page()
            page.goto(f"{server.url}/#/{kind}")
            expect(page.get_by_text(text(f"records.{kind}.empty"), exact=True)).to_be_visible()
            axe.check(page)
            page.get_by_role("main").get_by_role("link", name=text("csv.import"), exact=True).click()
            expect(page.get_by_role("heading", name=text("import.title"), exact=True)).to_be_visible()
            expect(page.locator(f"input[value={kind}]")).to_be_checked()
