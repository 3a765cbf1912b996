"""Contacts and accounts: ways 2 and 4 to a deal, and the pages around them."""

import axe
import pytest
from harness import database
from playwright.sync_api import expect
from records import Records

LANGUAGES = pytest.mark.parametrize("locale", ["en-US", "fr-FR"])


def start_again(demo, inbox):
    """Stops the server, starts it, and loads the page anew."""
    assert demo.stop() == 0
    demo.start()
    inbox.page.reload()


def deals(demo, title):
    return database.rows(demo.database, "SELECT * FROM deals WHERE title = ?", title)


@LANGUAGES
def test_a_deal_is_added_from_a_contacts_profile(people, demo, locale):
    inbox = people.agent(locale=locale)
    contacts = Records(inbox, "contacts").open()
    known = database.rows(
        demo.database, "SELECT c.*, a.name AS account FROM contacts c JOIN accounts a ON a.id = c.account_id ORDER BY c.id")[0]
    name = f"{known['first_name']} {known['last_name']}"
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

    start_again(demo, inbox)
    expect(contacts.deal(title)).to_be_visible()
    [deal] = deals(demo, title)
    assert (deal["contact_id"], deal["account_id"]) == (known["id"], known["account_id"])
    axe.check(inbox.page)


@LANGUAGES
def test_a_deal_is_added_from_an_accounts_page_without_a_contact(people, demo, locale):
    inbox = people.agent(locale=locale)
    other = people.agent(1)
    account = database.rows(demo.database, "SELECT * FROM accounts ORDER BY id")[0]
    accounts = Records(inbox, "accounts").open()
    accounts.find(account["name"])
    watching = Records(other, "accounts").open()
    watching.find(account["name"])
    dialog = accounts.add_deal()
    expect(dialog.account).to_have_value(account["name"])
    expect(dialog.contact).to_have_value("")
    dialog.title.fill("Way four")
    dialog.value.fill("300")
    dialog.save()
    expect(accounts.deal("Way four")).to_be_visible()
    expect(watching.deal("Way four")).to_be_visible()

    start_again(demo, inbox)
    expect(accounts.deal("Way four")).to_be_visible()
    [deal] = deals(demo, "Way four")
    assert (deal["contact_id"], deal["account_id"]) == (None, account["id"])
    axe.check(inbox.page)
    # It stands in the pipeline that it was added to.
    inbox.page.goto(f"{inbox.url}/#/pipelines/{deal['pipeline_id']}")
    expect(inbox.page.get_by_text("Way four", exact=True).first).to_be_visible()


@LANGUAGES
def test_a_contact_is_added_and_one_who_is_known_is_named_and_offered(people, demo, locale):
    inbox = people.agent(locale=locale)
    contacts = Records(inbox, "contacts").open()
    dialog = contacts.begin()
    contacts.field(dialog, "contact.email").fill("ada@example.com")
    contacts.field(dialog, "contact.firstName").fill("Ada")
    contacts.field(dialog, "contact.lastName").fill("Lovelace")
    axe.check(inbox.page)
    contacts.submit(dialog)
    expect(contacts.heading).to_have_text("Ada Lovelace")

    contacts.open()
    dialog = contacts.begin()
    contacts.field(dialog, "contact.email").fill("ADA@example.com")
    contacts.field(dialog, "contact.firstName").fill("Augusta")
    contacts.field(dialog, "contact.jobTitle").fill("Countess")
    contacts.submit(dialog)
    expect(dialog.get_by_text(inbox.text("contact.existing", email="ada@example.com", name="Ada Lovelace"))).to_be_visible()
    expect(dialog.get_by_role("link", name=inbox.text("records.existing.open", name="Ada Lovelace"))).to_be_visible()
    dialog.get_by_role("button", name=inbox.text("contact.existing.use", name="Ada Lovelace")).click()
    # What she lacked is filled in, what was known stays.
    expect(contacts.heading).to_have_text("Ada Lovelace")
    [ada] = database.rows(demo.database, "SELECT * FROM contacts WHERE email_key = 'ada@example.com'")
    assert (ada["first_name"], ada["job_title"]) == ("Ada", "Countess")


def test_a_contact_is_edited_where_it_stands_and_others_see_it(people, demo):
    inbox, other = people.agent(), people.agent(1)
    [known, second] = database.rows(demo.database, "SELECT * FROM contacts ORDER BY id LIMIT 2")
    name = f"{known['first_name']} {known['last_name']}"
    contacts, watching = Records(inbox, "contacts").open(), Records(other, "contacts").open()
    contacts.find(known["email"], name)
    watching.find(known["email"], name)
    expect(contacts.edit("contact.lastName", "Ångström")).to_be_hidden()
    expect(watching.heading).to_have_text(f"{known['first_name']} Ångström")

    tag = inbox.page.get_by_role("combobox", name=inbox.text("tags.add"))
    tag.fill("Tea drinker")
    tag.press("Enter")
    expect(watching.page.get_by_role("link", name="Tea drinker")).to_be_visible()
    box = contacts.edit("contact.email", second["email"])
    expect(inbox.page.get_by_role("alert").filter(has_text=second["email"])).to_be_visible()
    axe.check(inbox.page)
    box.press("Escape")

    watching.tab("contact.activity").click()
    contacts.tab("contact.activity").click()
    inbox.page.get_by_label(inbox.text("note.label")).fill("Prefers oolong")
    inbox.page.get_by_role("button", name=inbox.text("note.add"), exact=True).click()
    expect(watching.page.get_by_text("Prefers oolong")).to_be_visible()
    axe.check(watching.page)

    # The tag leads to all who bear it.
    watching.page.get_by_role("link", name="Tea drinker").click()
    expect(watching.rows).to_have_count(1)
    watching.filter("tag").fill("")
    expect(watching.rows.nth(3)).to_be_visible()
    axe.check(watching.page)


@LANGUAGES
def test_the_account_of_a_contact_is_changed_where_it_stands(people, demo, locale):
    inbox = people.agent(locale=locale)
    [known] = database.rows(demo.database, "SELECT * FROM contacts WHERE account_id IS NOT NULL ORDER BY id LIMIT 1")
    page = inbox.page
    page.goto(f"{inbox.url}/#/contacts/{known['id']}")
    edit = page.get_by_role("button", name=inbox.text("contact.account.change"), exact=True)
    edit.click()
    page.keyboard.press("Escape")
    expect(edit).to_be_focused()
    edit.click()
    axe.check(page)
    box = page.get_by_role("combobox", name=inbox.text("deal.account"), exact=True)
    box.fill("Quite New Ltd")
    page.get_by_role("button", name=inbox.text.naming("deal.create", "Quite New Ltd")).first.click()
    page.get_by_role("button", name=inbox.text("action.save"), exact=True).click()
    expect(page.get_by_role("main").get_by_role("link", name="Quite New Ltd").first).to_be_visible()
    [account] = database.rows(
        demo.database, "SELECT a.name FROM contacts c JOIN accounts a ON a.id = c.account_id WHERE c.id = ?", known["id"])
    assert account["name"] == "Quite New Ltd"


def test_the_list_is_walked_by_keyboard_and_opens_what_is_focused(people):
    inbox = people.agent()
    contacts = Records(inbox, "contacts").open()
    contacts.search.focus()
    inbox.page.keyboard.press("ArrowDown")
    expect(contacts.rows.nth(0).get_by_role("link")).to_be_focused()
    inbox.page.keyboard.press("ArrowDown")
    expect(contacts.rows.nth(1).get_by_role("link")).to_be_focused()
    inbox.page.keyboard.press("Enter")
    expect(contacts.tab("contact.info")).to_be_visible()
    contacts.tab("contact.info").focus()
    inbox.page.keyboard.press("ArrowRight")
    expect(contacts.tab("deal.deals")).to_be_focused()
    expect(contacts.tab("deal.deals")).to_have_attribute("aria-selected", "true")


def test_the_panel_of_a_conversation_leads_to_the_contact_and_the_account(people, demo):
    inbox = people.agent()
    [known] = database.rows(
        demo.database,
        "SELECT v.name, c.id, p.first_name || ' ' || p.last_name AS contact FROM conversations c"
        " JOIN visitors v ON v.id = c.visitor_id JOIN contacts p ON p.id = v.contact_id"
        " WHERE p.account_id IS NOT NULL LIMIT 1")
    inbox.page.goto(f"{inbox.url}/#/conversations/{known['id']}")
    inbox.panel.get_by_role("link", name=known["contact"], exact=True).click()
    expect(Records(inbox, "contacts").heading).to_have_text(known["contact"])
