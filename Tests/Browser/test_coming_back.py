"""Who opens something from a list and comes back finds the list as it was: its filters, its place, and the focus where it was."""

import re

import pytest
from board import Board
from playwright.sync_api import expect
from records import Records


def go_back(inbox, how):
    if how == "history":
        inbox.page.go_back()
    else:
        inbox.page.get_by_role("main").get_by_role("link", name=inbox.text(how), exact=True).first.click()


@pytest.mark.parametrize("how", ["history", "records.contacts.title"])
def test_a_list_of_contacts_is_as_it_was(people, how):
    inbox = people.agent()
    contacts = Records(inbox, "contacts").open()
    contacts.search.fill("example")
    expect(inbox.page).to_have_url(re.compile("search=example"))
    expect(contacts.rows.nth(3)).to_be_visible()
    scroller = inbox.page.locator(".record-scroller")
    scroller.evaluate("(each) => each.scrollTop = 640")
    row = inbox.page.locator("[aria-posinset='14'] a")
    name = row.locator(".record-row-name").text_content()
    row.focus()
    place = scroller.evaluate("(each) => each.scrollTop")
    inbox.page.keyboard.press("Enter")
    expect(contacts.heading).to_have_text(name)
    # The keyboard goes on in the page that was opened.
    expect(inbox.page.get_by_role("main")).to_be_focused()
    go_back(inbox, how)
    expect(inbox.page).to_have_url(re.compile("/contacts[?]search=example"))
    expect(row).to_be_focused()
    assert scroller.evaluate("(each) => each.scrollTop") == place
    # The rail leads to all of them.
    inbox.page.get_by_role("navigation").get_by_role("link", name=inbox.text("nav.contacts"), exact=True).click()
    expect(contacts.search).to_have_value("")
    expect(inbox.page.locator(".record-list")).to_have_count(1)


@pytest.mark.parametrize("view", ["board", "table"])
def test_the_deals_of_a_pipeline_are_as_they_were(people, program, view):
    for number in range(60):
        program.post("/api/deals", {
            "title": f"Kept {number}", "value": {"minor": 100, "currency": "EUR"}, "pipelineID": 1, "contact": {
                "new": {"name": "", "email": "kept@x.example"}}}, **{"Idempotency-Key": f"coming-back-{number:06}"})
    inbox = people.agent()
    board = Board(inbox).open()
    board.search.fill("kept")
    expect(inbox.page).to_have_url(re.compile("search=kept"))
    if view == "table":
        board.show_table()
    scroller = inbox.page.locator(".board-scroller" if view == "board" else ".deal-table-scroller").first
    link = scroller.get_by_role("link", name="Kept 5", exact=True)
    # Beyond the first page.
    expect(scroller.get_by_role("link", name="Kept 59", exact=True)).to_be_visible()
    while not link.count():
        scroller.evaluate("(each) => new Promise((done) => { each.scrollTop += 500; requestAnimationFrame(done) })")
    link.focus()
    place = scroller.evaluate("(each) => each.scrollTop")
    inbox.page.keyboard.press("Enter")
    expect(inbox.page.locator("article.deal-details")).to_be_visible()
    go_back(inbox, "history")
    expect(link).to_be_focused()
    assert abs(scroller.evaluate("(each) => each.scrollTop") - place) < 60
    # By the link of the deal's page too, with the filter.
    inbox.page.keyboard.press("Enter")
    inbox.page.get_by_role("main").get_by_role("link", name="Sales", exact=True).click()
    expect(board.search).to_have_value("kept")
    expect(link).to_be_focused()
