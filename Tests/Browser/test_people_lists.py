"""Lists of contacts and accounts: filters, columns, what is done with several at once."""

import axe
import pytest
from harness import database
from playwright.sync_api import expect
from records import Records
from test_merges import add

LANGUAGES = pytest.mark.parametrize("locale", ["en-US", "fr-FR"])


def open_filter(inbox):
    inbox.page.get_by_role("button", name=inbox.text.beginning("filter.button")).click()
    panel = inbox.page.get_by_role("dialog", name=inbox.text("records.filter.title"), exact=True)
    expect(panel).to_be_visible()
    return panel


def bulk(inbox):
    return inbox.page.get_by_role("group", name=inbox.text("records.bulk"), exact=True)


def choose(contacts, *names):
    for name in names:
        contacts.row(name).get_by_role("checkbox").check()


@LANGUAGES
def test_contacts_are_filtered_by_keyboard_and_the_address_holds_it(people, demo, locale):
    inbox = people.agent(locale=locale)
    contacts = Records(inbox, "contacts").open()
    quiet = add(inbox, "contacts", email="quiet@x.example", firstName="Quiet", lastName="One")
    panel = open_filter(inbox)
    owner = panel.get_by_label(inbox.text("account.owner"), exact=True)
    expect(owner).to_be_focused()
    axe.check(inbox.page)
    keys = inbox.page.keyboard
    keys.press("Tab")
    keys.type(inbox.text("records.filter.deals.none")[:6])
    expect(contacts.row("Quiet One")).to_be_visible()
    panel.get_by_label(inbox.text("records.conversations"), exact=True).select_option("none")
    panel.get_by_label(inbox.text("records.filter.createdFrom"), exact=True).fill("2026-01-01")
    keys.press("Escape")
    expect(panel).to_be_hidden()
    expected = database.rows(
        demo.database,
        "SELECT c.id FROM contacts c WHERE NOT EXISTS (SELECT 1 FROM visitors v WHERE v.contact_id = c.id)"
        " AND NOT EXISTS (SELECT 1 FROM deals d WHERE d.contact_id = c.id AND d.status = 'open')")
    assert quiet["id"] in [row["id"] for row in expected]
    expect(contacts.row("Quiet One")).to_be_visible()
    chips = inbox.page.get_by_role("list", name=inbox.text("filter.active"), exact=True).locator(".chip")
    expect(chips).to_have_count(3)
    axe.check(inbox.page)
    # Whoever opens the address sees the same.
    inbox.page.reload()
    expect(chips).to_have_count(3)
    expect(contacts.row("Quiet One")).to_be_visible()
    chips.filter(has_text=inbox.text("records.filter.deals.none")).get_by_role("button").click()
    expect(chips).to_have_count(2)
    assert "deals=" not in inbox.page.url


def test_contacts_bear_all_of_the_tags_that_are_chosen(people):
    inbox = people.agent()
    contacts = Records(inbox, "contacts").open()
    for number, tags in enumerate([["Fairgoer", "Insider"], ["Fairgoer"], ["Insider"]]):
        add(inbox, "contacts", email=f"{number}@tagged.example", firstName=f"Tagged{number}", lastName="One", tags=tags)
    chips = inbox.page.get_by_role("list", name=inbox.text("filter.active"), exact=True).locator(".chip")
    for count, tag in enumerate(["fairgoer", "Insider"], 1):
        contacts.filter("tag").fill(tag)
        contacts.filter("tag").press("Enter")
        expect(chips).to_have_count(count)
        # The field is for the next.
        expect(contacts.filter("tag")).to_have_value("")
    expect(contacts.rows).to_have_count(1)
    expect(contacts.row("Tagged0")).to_be_visible()
    assert "tag=fairgoer&tag=Insider" in inbox.page.url
    inbox.page.reload()
    expect(contacts.rows).to_have_count(1)
    # Whoever gets both tags elsewhere comes by the event.
    add(inbox, "contacts", email="3@tagged.example", firstName="Tagged3", lastName="One", tags=["insider", "FAIRGOER"])
    expect(contacts.rows).to_have_count(2)
    inbox.page.get_by_role("button", name=inbox.text("filter.clear"), exact=True).click()
    expect(chips).to_have_count(0)
    expect(contacts.rows.nth(3)).to_be_visible()
    assert "tag=" not in inbox.page.url
    inbox.page.go_back()
    chips.filter(has_text="fairgoer").get_by_role("button").click()
    expect(contacts.rows).to_have_count(3)


@LANGUAGES
def test_several_contacts_are_tagged_and_it_is_undone(people, demo, locale):
    inbox, other = people.agent(locale=locale), people.agent(1)
    contacts = Records(inbox, "contacts").open()
    names = ["Bulk One", "Bulk Two", "Bulk Three"]
    for name in names:
        first, last = name.split()
        add(inbox, "contacts", email=f"{last.lower()}@bulk.example", firstName=first, lastName=last)
    watching = Records(other, "contacts").open()
    watching.search.fill("bulk.example")
    contacts.search.fill("bulk.example")
    expect(contacts.rows).to_have_count(3)
    # By keyboard: a space chooses the row in focus, with Shift all from there.
    contacts.search.press("ArrowDown")
    inbox.page.keyboard.press("Space")
    inbox.page.keyboard.press("ArrowDown")
    inbox.page.keyboard.press("ArrowDown")
    inbox.page.keyboard.press("Shift+Space")
    expect(bulk(inbox).get_by_text(inbox.text("records.bulk.selected", count=3))).to_be_visible()
    axe.check(inbox.page)
    bulk(inbox).get_by_label(inbox.text("records.filter.tag"), exact=True).fill("Fair 2026")
    bulk(inbox).get_by_role("button", name=inbox.text("records.bulk.addTag"), exact=True).click()
    expect(inbox.page.get_by_text(inbox.text("records.bulk.changed", count=3)).first).to_be_visible()
    expect(watching.row("Bulk Two").get_by_text("Fair 2026")).to_be_visible()
    inbox.page.get_by_role("button", name=inbox.text("action.undo"), exact=True).click()
    expect(watching.row("Bulk Two").get_by_text("Fair 2026")).to_be_hidden()
    assert not database.rows(
        demo.database, "SELECT 1 FROM contact_tags JOIN tags ON tags.id = tag_id WHERE name = 'Fair 2026'")


def test_all_that_a_filter_leaves_get_an_account_and_are_deleted(people, demo):
    inbox = people.agent()
    account = add(inbox, "accounts", name="Bulk & Co")
    contacts = Records(inbox, "contacts").open()
    inbox.page.evaluate(
        """async () => {
          for (let index = 0; index < 60; index += 1) {
            await fetch('/api/contacts', { method: 'POST', body: JSON.stringify({ email: `n${index}@many.example` }),
              headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() } });
          }
        }""")
    contacts.search.fill("many.example")
    expect(contacts.row("n1@many.example").first).to_be_visible()
    contacts.rows.first.get_by_role("checkbox").check()
    bulk(inbox).get_by_role("button", name=inbox.text("records.bulk.chooseAll", count=60), exact=True).click()
    expect(bulk(inbox).get_by_text(inbox.text("records.bulk.all", count=60))).to_be_visible()
    field = bulk(inbox).get_by_role("combobox", name=inbox.text("records.bulk.account"), exact=True)
    field.press_sequentially("Bulk & Co")
    field.press("Tab")
    expect(inbox.page.get_by_text(inbox.text("records.bulk.changed", count=60)).first).to_be_visible()
    assert len(database.rows(demo.database, "SELECT 1 FROM contacts WHERE account_id = ?", account["id"])) == 60
    contacts.rows.first.get_by_role("checkbox").check()
    bulk(inbox).get_by_role("button", name=inbox.text("records.bulk.chooseAll", count=60), exact=True).click()
    bulk(inbox).get_by_role("button", name=inbox.text("records.bulk.delete"), exact=True).click()
    dialog = inbox.page.get_by_role("alertdialog", name=inbox.text("records.bulk.delete.contacts", count=60))
    dialog.get_by_role("button", name=inbox.text("action.delete"), exact=True).click()
    expect(inbox.page.get_by_text(inbox.text("records.bulk.deleted", count=60)).first).to_be_visible()
    expect(inbox.page.get_by_text(inbox.text("records.none"), exact=True)).to_be_visible()


def test_two_accounts_are_merged_from_the_list_and_owners_are_set(people, demo):
    inbox = people.agent()
    for name in ("Pair One", "Pair Two"):
        add(inbox, "accounts", name=name)
    accounts = Records(inbox, "accounts").open()
    accounts.search.fill("pair")
    choose(accounts, "Pair One", "Pair Two")
    [maya] = database.rows(demo.database, "SELECT * FROM agents ORDER BY id LIMIT 1")
    bulk(inbox).get_by_label(inbox.text("account.owner"), exact=True).select_option(str(maya["id"]))
    expect(accounts.row("Pair Two").get_by_text(maya["name"])).to_be_visible()
    choose(accounts, "Pair One", "Pair Two")
    bulk(inbox).get_by_role("button", name=inbox.text("merge.with"), exact=True).click()
    dialog = inbox.page.get_by_role("dialog", name=inbox.text("merge.title", name="Pair One"), exact=True)
    dialog.get_by_role("button", name=inbox.text("merge.submit"), exact=True).click()
    expect(accounts.rows).to_have_count(1)


def test_the_columns_that_are_chosen_stay(people):
    inbox = people.agent()
    contacts = Records(inbox, "contacts").open()
    button = inbox.page.get_by_role("button", name=inbox.text("table.columns"), exact=True)
    button.click()
    menu = inbox.page.get_by_role("group", name=inbox.text("table.columns"), exact=True)
    menu.get_by_label(inbox.text("contact.phone"), exact=True).check()
    menu.get_by_label(inbox.text("records.filter.created"), exact=True).uncheck()
    axe.check(inbox.page)
    inbox.page.keyboard.press("Escape")
    expect(contacts.rows.first.locator("time")).to_have_count(0)
    inbox.page.reload()
    expect(contacts.rows.first).to_be_visible()
    expect(contacts.rows.first.locator("time")).to_have_count(0)


@LANGUAGES
def test_who_was_active_last_stands_first_and_the_column_says_when(people, locale):
    inbox = people.agent(locale=locale)
    contacts = Records(inbox, "contacts").open()
    early, _ = [add(inbox, "contacts", email=f"{name}@x.example", firstName=name, lastName="Active") for name in ["Early", "Late"]]
    order = inbox.page.locator(".record-sort select")
    order.select_option(label=inbox.text("records.sort.activity"))
    expect(contacts.rows.first).to_contain_text("Late Active")
    inbox.page.get_by_role("button", name=inbox.text("table.columns"), exact=True).click()
    inbox.page.get_by_role("group", name=inbox.text("table.columns"), exact=True).get_by_label(inbox.text("table.activity"), exact=True).check()
    inbox.page.keyboard.press("Escape")
    expect(contacts.rows.first.locator(".record-cell-activity time")).to_be_visible()
    axe.check(inbox.page)
    add(inbox, f"contacts/{early['id']}/notes", text="Rang.")
    # The address holds the order, and whoever opens it sees what has become of it.
    inbox.page.reload()
    expect(order).to_have_value("activity")
    expect(contacts.rows.first).to_contain_text("Early Active")
    exported = inbox.page.evaluate("async () => (await fetch('/api/contacts/list.csv?sort=activity')).text()")
    assert "Early@x.example" in exported.splitlines()[1]


@pytest.mark.parametrize("what", ["contacts", "accounts"])
def test_a_view_of_ones_own_fits_on_a_phone_too(people, what):
    inbox = people.agent(locale="fr-FR", viewport={"width": 390, "height": 844}, has_touch=True)
    Records(inbox, what).open()
    inbox.page.locator(".record-sort select").select_option("activity")
    # The offer to save the view comes with the order.
    expect(inbox.page.get_by_role("button", name=inbox.text("view.saveAs"), exact=True)).to_be_visible()
    for part in [".record-list-head", ".record-list-row", ".record-list-tools"]:
        assert inbox.page.locator(part).evaluate("each => each.scrollWidth <= each.clientWidth"), part
        assert inbox.page.locator(part).evaluate("each => each.getBoundingClientRect().right <= innerWidth"), part
