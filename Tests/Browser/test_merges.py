"""Two contacts or accounts that become one, and those that go."""

import axe
import pytest
from harness import database
from playwright.sync_api import expect
from records import Records

LANGUAGES = pytest.mark.parametrize("locale", ["en-US", "fr-FR"])


def add(inbox, kind, **values):
    """Adds a record as the page itself would."""
    return inbox.page.evaluate(
        """async ([kind, values]) => (await fetch(`/api/${kind}`, {
          method: 'POST', body: JSON.stringify(values),
          headers: {'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID()},
        })).json()""",
        [kind, values])


def known_contact(demo):
    """Somebody with an account, deals and conversations."""
    return database.rows(
        demo.database,
        "SELECT c.*, c.first_name || ' ' || c.last_name AS name FROM contacts c JOIN deals d ON d.contact_id = c.id"
        " JOIN visitors v ON v.contact_id = c.id WHERE c.account_id IS NOT NULL AND d.status = 'open' ORDER BY c.id")[0]


@LANGUAGES
def test_a_duplicate_is_hinted_at_and_merged_field_by_field(people, demo, locale):
    inbox, other = people.agent(locale=locale), people.agent(1)
    known = known_contact(demo)
    twin = add(
        inbox, "contacts", email="twin@old.example", firstName=known["first_name"], lastName=known["last_name"],
        phone="+33 1 23 45 67 89", jobTitle="Poet", tags=["Reader"])
    page = inbox.page
    page.goto(f"{inbox.url}/#/contacts/{twin['id']}/deals")
    watching = Records(other, "contacts")
    other.page.goto(f"{other.url}/#/contacts/{known['id']}")
    expect(watching.heading).to_have_text(known["name"])

    # The hint on the duplicate's own page leads to the dialog; swapped, the known one stays.
    page.get_by_role("button", name=inbox.text("merge.compare"), exact=True).click()
    dialog = page.get_by_role("dialog", name=inbox.text("merge.title", name=known["name"]), exact=True)
    dialog.get_by_role("button", name=inbox.text("merge.swap"), exact=True).click()
    email = dialog.get_by_role("group", name=inbox.text("contact.email"), exact=True)
    expect(email.get_by_role("radio", name=known["email"], exact=True)).to_be_checked()
    email.get_by_role("radio", name="twin@old.example", exact=True).check()
    axe.check(page)
    dialog.get_by_role("button", name=inbox.text("merge.submit"), exact=True).click()
    expect(dialog).to_be_hidden()

    # The page of the one leads to the other, with the tab that was open, and shows the deals of both.
    expect(page).to_have_url(f"{inbox.url}/#/contacts/{known['id']}/deals")
    contacts = Records(inbox, "contacts")
    expect(page.get_by_role("link", name="twin@old.example", exact=True)).to_be_visible()
    expect(watching.page.get_by_role("link", name="Reader", exact=True)).to_be_visible()
    contacts.tab("contact.activity").click()
    history = page.get_by_role("region", name=inbox.text("merge.history"), exact=True)
    history.get_by_text(known["name"]).first.click()
    expect(history.get_by_text("twin@old.example")).to_be_visible()
    expect(history.get_by_text(inbox.text("merge.aliases.contact", names=known["email"]))).to_be_visible()
    axe.check(page)

    # The old address still leads there, also after a restart, and what is written to it finds the same person.
    assert demo.stop() == 0
    demo.start()
    page.goto(f"{inbox.url}/#/contacts/{twin['id']}")
    page.reload()
    expect(page).to_have_url(f"{inbox.url}/#/contacts/{known['id']}")
    again = add(inbox, "contacts", email=known["email"])
    assert again["error"]["existing"]["id"] == known["id"]


@LANGUAGES
@pytest.mark.parametrize("kind", ["contacts", "accounts"])
def test_what_another_record_has_is_answered_with_the_offer_to_make_them_one(people, locale, kind):
    inbox = people.agent(locale=locale)
    page = inbox.page
    field, taken, label = {
        "contacts": ("email", "ada@example.com", "contact.email"), "accounts": ("name", "Analytical Engines", "account.name"),
    }[kind]
    values = {"contacts": {"firstName": "Ada", "lastName": "Lovelace"}, "accounts": {}}[kind]
    name = {"contacts": "Ada Lovelace", "accounts": taken}[kind]
    existing = add(inbox, kind, **values, **{field: taken})
    one = add(inbox, kind, **{field: {"contacts": "ada@home.example", "accounts": "The Mill"}[kind]})
    page.goto(f"{inbox.url}/#/{kind}/{one['id']}")
    page.get_by_role("button", name=inbox.text("panel.edit", label=inbox.text(label), value=one[field]), exact=True).click()
    box = page.get_by_role("textbox", name=inbox.text(label), exact=True)
    box.fill(taken)
    box.press("Enter")
    saves = []
    page.on("request", lambda request: saves.append(request.url) if request.method == "PATCH" else None)
    expect(page.get_by_role("link", name=inbox.text("records.existing.open", name=name), exact=True)).to_have_attribute(
        "href", f"#/{kind}/{existing['id']}")
    axe.check(page)
    offer = page.get_by_role("button", name=inbox.text("records.existing.merge", name=name), exact=True)
    offer.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name=inbox.text("action.cancel"), exact=True).click()
    expect(box).to_have_value(taken)
    offer.click()
    dialog.get_by_role("radio", name=taken, exact=True).check()
    dialog.get_by_role("button", name=inbox.text("merge.submit"), exact=True).click()
    expect(dialog).to_be_hidden()
    expect(box).to_be_hidden()
    expect(page.get_by_role("button", name=inbox.text("panel.edit", label=inbox.text(label), value=taken), exact=True)).to_be_visible()
    assert saves == []


def test_the_other_one_is_searched_for_by_keyboard(people, demo):
    inbox = people.agent()
    one = add(inbox, "accounts", name="Harbour Rye", phone="+44 20 1")
    two = add(inbox, "accounts", name="Wharf Bakery", url="https://wharf.example")
    accounts = Records(inbox, "accounts").open()
    accounts.find("Harbour Rye")
    keys = inbox.page.keyboard
    inbox.page.get_by_role("button", name=inbox.text("merge.with"), exact=True).press("Enter")
    dialog = inbox.page.get_by_role("dialog", name=inbox.text("merge.title", name="Harbour Rye"), exact=True)
    search = dialog.get_by_role("searchbox", name=inbox.text("merge.search.account"), exact=True)
    expect(search).to_be_focused()
    axe.check(inbox.page)
    keys.type("wharf")
    expect(dialog.get_by_role("button", name="Wharf Bakery")).to_be_visible()
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(dialog.get_by_role("button", name=inbox.text("merge.submit"), exact=True)).to_be_focused()
    keys.press("Enter")
    expect(inbox.page.get_by_role("link", name="wharf.example")).to_be_visible()
    [row] = database.rows(demo.database, "SELECT * FROM accounts WHERE id IN (?, ?)", one["id"], two["id"])
    assert (row["name"], row["url"], row["phone"]) == ("Harbour Rye", "https://wharf.example", "+44 20 1")


@LANGUAGES
def test_a_contact_is_deleted_and_its_deals_stay(people, demo, locale):
    inbox, other = people.agent(locale=locale), people.agent(1)
    known = known_contact(demo)
    before = database.rows(demo.database, "SELECT id FROM deals WHERE contact_id = ?", known["id"])
    contacts = Records(inbox, "contacts").open()
    contacts.find(known["email"], known["name"])
    watching = Records(other, "contacts").open()
    watching.find(known["email"], known["name"])
    # Only an owner may.
    expect(other.page.get_by_role("button", name=other.text("action.delete"), exact=True)).to_be_hidden()
    inbox.page.get_by_role("button", name=inbox.text("action.delete"), exact=True).click()
    dialog = inbox.page.get_by_role("alertdialog", name=inbox.text("merge.delete.title", name=known["name"]), exact=True)
    expect(dialog.get_by_text(inbox.text("merge.delete.contact"))).to_be_visible()
    axe.check(inbox.page)
    dialog.get_by_role("button", name=inbox.text("action.delete"), exact=True).click()
    expect(contacts.rows.first).to_be_visible()
    expect(other.page.get_by_text(other.text("contact.notFound"))).to_be_visible()
    for deal in before:
        [row] = database.rows(demo.database, "SELECT contact_id FROM deals WHERE id = ?", deal["id"])
        assert row["contact_id"] is None
