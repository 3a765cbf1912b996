"""What could not be loaded while the network was away is there when the network is back, without a reload or a button."""

import pytest
from playwright.sync_api import expect
from records import Records

# What was away: all of the network, or only as long as one request, which the socket does not notice.
GAPS = pytest.mark.parametrize("gap", ["network", "request"])


class Gap:
    def __init__(self, kind, people, page):
        self.network, self.page, self.isShort = people.network, page, kind == "request"

    def __enter__(self):
        if self.isShort:
            self.page.route("**/api/**", lambda route: route.abort())
        else:
            self.network.cut()

    def __exit__(self, *_):
        if self.isShort:
            self.page.unroute("**/api/**")
            self.page.evaluate("dispatchEvent(new Event('online'))")
        else:
            self.network.restore()


def unreachable(inbox):
    return inbox.page.get_by_role("main").get_by_text(inbox.text("error.network.unreachable")).filter(visible=True)


@GAPS
@pytest.mark.parametrize("view", ["board", "table"])
def test_the_deals_of_a_pipeline_come_by_themselves(people, gap, view):
    inbox = people.agent()
    page, text = inbox.page, inbox.text
    page.goto(f"{inbox.url}/#/pipelines/1?view={view}")
    main = page.get_by_role("main")
    expect(main.get_by_role("link", name="Finch for Tern Street Bakery")).to_be_visible()
    with Gap(gap, people, page):
        page.get_by_role("combobox", name=text("deal.pipeline"), exact=True).select_option(label="Service")
        expect(unreachable(inbox)).to_be_visible()
    expect(main.get_by_role("link", name="Gaskets and springs for Blue Heron Inn")).to_be_visible()
    expect(unreachable(inbox)).to_have_count(0)


def test_the_button_of_a_table_asks_for_what_failed(people, program):
    for number in range(60):
        program.post("/api/deals", {
            "title": f"Row {number}", "value": {"minor": 100, "currency": "EUR"}, "pipelineID": 2, "contact": {
                "new": {"name": "", "email": "row@x.example"}}}, **{"Idempotency-Key": f"back-online-{number:06}"})
    inbox = people.agent()
    page = inbox.page
    page.goto(f"{inbox.url}/#/pipelines/2?view=table&search=row")
    expect(page.get_by_role("link", name="Row 59", exact=True)).to_be_visible()
    # What was sorted anew and failed is what the button asks for, not the rows after it.
    page.route("**/api/deals?**", lambda route: route.abort())
    page.get_by_role("button", name=inbox.text("deal.value"), exact=True).click()
    expect(unreachable(inbox)).to_be_visible()
    page.unroute("**/api/deals?**")
    page.get_by_role("button", name=inbox.text("action.retry"), exact=True).click()
    expect(page.get_by_role("link", name="Row 0", exact=True).or_(page.get_by_role("link", name="Row 59", exact=True)).first).to_be_visible()
    expect(unreachable(inbox)).to_have_count(0)


@GAPS
def test_a_profile_and_its_parts_come_by_themselves(people, gap):
    inbox = people.agent()
    contacts = Records(inbox, "contacts").open()
    with Gap(gap, people, inbox.page):
        contacts.row("Nora Fitzgerald").get_by_role("link").click()
        expect(unreachable(inbox)).to_be_visible()
    expect(contacts.heading).to_have_text("Nora Fitzgerald")
    with Gap(gap, people, inbox.page):
        contacts.tab("deal.deals").click()
        expect(unreachable(inbox)).to_be_visible()
        contacts.tab("contact.activity").click()
        expect(unreachable(inbox).nth(2)).to_be_visible()
    expect(inbox.page.get_by_text("Decides alone up to £15,000.")).to_be_visible()
    contacts.tab("deal.deals").click()
    expect(contacts.region("deal.deals").get_by_role("listitem").first).to_be_visible()
    expect(unreachable(inbox)).to_have_count(0)


def test_a_page_whose_scripts_could_not_be_loaded_is_loaded_then(people):
    inbox = people.agent()
    people.network.cut()
    inbox.page.get_by_role("navigation").get_by_role("link", name=inbox.text("nav.accounts"), exact=True).click()
    expect(inbox.page.get_by_text(inbox.text("page.failed"))).to_be_visible()
    people.network.restore()
    expect(Records(inbox, "accounts").rows.first).to_be_visible()
    # Whoever develops it is told in the console.
    assert all("imported module" in error or "styles: " in error for error in people.errors)
    people.errors.clear()
