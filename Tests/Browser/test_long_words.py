"""Names and titles as long as they may be, without a blank: they stay within what holds them, and hide nothing else."""

import pytest
from playwright.sync_api import expect

WINDOWS = pytest.mark.parametrize("width", [1440, 1024, 390])

# Everything that stands out of the window, or out of the card that it belongs to.
OUTSIDE = """
  () => [...document.querySelectorAll('main :is(h1, h2, a, p, dd, td, .badge, .number)')].filter((each) => {
    const box = each.getBoundingClientRect()
    const holder = each.closest('.deal-card, .board-card, .record-row, main').getBoundingClientRect()
    const scrolls = each.closest('.deal-table-scroller, .board-columns, .profile-tabs')
    return box.width > 0 && !scrolls && box.right > Math.min(holder.right, innerWidth) + 1
  }).map((each) => each.outerHTML.slice(0, 120))
"""


@pytest.fixture
def long(program):
    account = program.post("/api/accounts", {"name": "A" * 200}, **{"Idempotency-Key": "long-account"})
    contact = program.post("/api/contacts", {
        "email": f"{'e' * 60}@{'d' * 60}.example", "firstName": "F" * 100, "lastName": "L" * 100, "jobTitle": "J" * 100,
        "phone": "1" * 50, "accountID": account["id"], "tags": ["T" * 50, "U" * 50]}, **{"Idempotency-Key": "long-contact"})
    deal = program.post("/api/deals", {
        "title": "D" * 200, "value": {"minor": 999_999_999_999_999, "currency": "KWD"}, "contact": {"id": contact["id"]},
        "account": {"id": account["id"]}, "pipelineID": 1, "description": "W" * 1000,
        "forecastedCloseOn": "2031-12-31"}, **{"Idempotency-Key": "long-deal"})["deal"]
    return {"contacts": contact["id"], "accounts": account["id"], "deals": deal["id"]}


@WINDOWS
def test_nothing_stands_out_of_what_holds_it(people, long, width):
    inbox = people.agent()
    page = inbox.page
    page.set_viewport_size({"width": width, "height": 900})
    for place, shown in (
            (f"contacts/{long['contacts']}", "F" * 100), (f"contacts/{long['contacts']}/deals", "D" * 200),
            (f"accounts/{long['accounts']}", "D" * 200), (f"deals/{long['deals']}", "W" * 1000), ("pipelines/1", "D" * 200),
            ("contacts?sort=newest", "F" * 100), ("accounts?sort=newest", "A" * 200)):
        page.goto(f"{inbox.url}/#/{place}")
        expect(page.get_by_role("main").get_by_text(shown).first).to_be_visible()
        assert page.evaluate(OUTSIDE) == [], (place, width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@WINDOWS
def test_a_table_keeps_its_titles_in_view_and_ends_its_names_in_dots(people, long, width):
    inbox = people.agent()
    page = inbox.page
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{inbox.url}/#/pipelines/1?view=table")
    title = page.get_by_role("link", name="D" * 200)
    expect(title).to_be_visible()
    before = title.bounding_box()["x"]
    scroller = page.locator(".deal-table-scroller")
    assert scroller.evaluate("(each) => (each.scrollLeft = 9999, each.scrollLeft)") > 0
    page.wait_for_function(
        """([title, x]) => [...document.querySelectorAll('.table-link')].some(
          (each) => each.textContent === title && each.getBoundingClientRect().x === x)""", arg=["D" * 200, before])
    name = page.get_by_role("main").get_by_text("A" * 200)
    assert name.evaluate("(each) => each.scrollWidth > each.clientWidth && getComputedStyle(each).textOverflow") == "ellipsis"
