"""Contacts and accounts: their lists and their pages."""

import axe
import pytest
from harness import database
from harness.imports import Importing
from playwright.sync_api import expect
from records import Records

LANGUAGES = pytest.mark.parametrize("locale", ["en-US", "fr-FR"])


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
    watching.page.get_by_role("button", name=inbox.text("filter.remove", filter=inbox.text("filter.chip", label=inbox.text("records.filter.tag"), value="Tea drinker"))).click()
    expect(watching.rows.nth(3)).to_be_visible()
    axe.check(watching.page)


def test_what_others_change_shows_wherever_it_stands(people, demo, program):
    inbox = people.agent()
    main = inbox.page.get_by_role("main")
    [deal] = database.rows(
        demo.database, "SELECT * FROM deals WHERE status = 'open' AND contact_id AND account_id ORDER BY id LIMIT 1")
    for name, place in (
            ("Oneby", f"pipelines/{deal['pipeline_id']}"), ("Twoby", f"pipelines/{deal['pipeline_id']}?view=table"),
            ("Threeby", f"deals/{deal['id']}")):
        inbox.page.goto(f"{inbox.url}/#/{place}")
        expect(main.get_by_text(deal["title"]).first).to_be_visible()
        program.patch(f"/api/contacts/{deal['contact_id']}", {"lastName": name})
        expect(main.get_by_text(name).first).to_be_visible()

    inbox.page.goto(f"{inbox.url}/#/accounts/{deal['account_id']}")
    account = Records(inbox, "accounts").heading.text_content()
    importing = Importing(program, "contacts", f"email,first name,account\nnew@x.example,Imported,{account}\n")
    importing.check()
    importing.act("run")
    expect(main.get_by_text("Imported", exact=True)).to_be_visible()

    # Only the server knows whom a search finds: it is asked again.
    contacts = Records(inbox, "contacts").open()
    contacts.search.fill("zwilling")
    expect(contacts.rows).to_have_count(0)
    program.post("/api/contacts", {"email": "zwilling@x.example"}, **{"Idempotency-Key": "others-change"})
    expect(contacts.row("zwilling@x.example")).to_be_visible()


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


def test_an_account_is_made_for_a_contact_that_is_stored_and_for_no_other(people, demo):
    inbox = people.agent()
    contacts = Records(inbox, "contacts").open()
    dialog = contacts.begin()
    account = dialog.get_by_role("combobox", name=inbox.text("deal.account"), exact=True)
    contacts.field(dialog, "contact.email").fill("nobody@")
    account.fill("Made With Them")
    # What was typed and neither chosen nor created is not left out unsaid.
    contacts.submit(dialog)
    expect(account).to_have_attribute("aria-invalid", "true")
    expect(dialog.get_by_text(inbox.text("error.deal.account.unresolved")).first).to_be_visible()
    dialog.get_by_role("button", name=inbox.text.naming("deal.create", "Made With Them")).first.click()
    contacts.submit(dialog)
    expect(contacts.field(dialog, "contact.email")).to_have_attribute("aria-invalid", "true")
    known = "SELECT * FROM accounts WHERE name = 'Made With Them'"
    assert database.rows(demo.database, known) == []
    contacts.field(dialog, "contact.email").fill("somebody@x.example")
    # What fails after the contact is stored is done again, once.
    inbox.page.route("**/api/accounts", lambda route: route.abort())
    contacts.submit(dialog)
    expect(dialog.get_by_text(inbox.text("error.network.unreachable"))).to_be_visible()
    inbox.page.unroute("**/api/accounts")
    contacts.submit(dialog)
    expect(contacts.heading).to_have_text("somebody@x.example")
    expect(inbox.page.get_by_role("main").get_by_role("link", name="Made With Them").first).to_be_visible()
    assert len(database.rows(demo.database, known)) == 1
    assert len(database.rows(demo.database, "SELECT 1 FROM contacts WHERE email = 'somebody@x.example'")) == 1
