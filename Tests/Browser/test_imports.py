"""Importing a table with bad rows, from the list to the report and back; and what a list exports."""

import csv
import io

import axe
import pytest
from harness import database
from harness.imports import Importing
from playwright.sync_api import expect
from records import Records

LANGUAGES = pytest.mark.parametrize("locale", ["en-US", "fr-FR"])

TABLES = {
    "en-US": "Email,First name,Last name,Company,Tags,Shoe size\r\n"
             "ada@engines.example,Ada,Lovelace,Engines Ltd,vip,38\r\n"
             "not an address,Bad,Row,,,\r\n"
             "grace@navy.example,Grace,\"Hopper\r\nMurray\",Navy,,\r\n"
             ",Nobody,,,,\r\n",
    "fr-FR": "Adresse e-mail;Prénom;Nom;Société;Étiquettes;Pointure\r\n"
             "ada@engines.example;Ada;Lovelace;Engines Ltd;vip;38\r\n"
             "pas une adresse;Mauvaise;Ligne;;;\r\n"
             "grace@navy.example;Grace;\"Hopper\r\nMurray\";Navy;;\r\n"
             ";Personne;;;;\r\n",
}


class Import:
    """The page of an import."""

    def __init__(self, inbox):
        self.page = inbox.page
        self.text = inbox.text

    def choose(self, name, content):
        self.page.locator("input[type=file]").set_input_files(
            {"name": name, "mimeType": "text/csv", "buffer": content if isinstance(content, bytes) else content.encode()})

    def button(self, key, **values):
        return self.page.get_by_role("button", name=self.text(key, **values), exact=True)

    def heading(self, key, **values):
        return self.page.get_by_role("heading", name=self.text(key, **values), exact=True)

    def column(self, name):
        return self.page.get_by_label(self.text("import.column.is", name=name), exact=True)

    def count(self, key):
        return self.page.get_by_text(self.text(key), exact=True).locator("xpath=following-sibling::dd")

    @property
    def faults(self):
        return self.page.get_by_role("table").get_by_role("row")


def open_menu(page, text):
    page.get_by_role("button", name=text("csv.menu"), exact=True).click()
    return page.get_by_role("menu", name=text("csv.menu"), exact=True)


def download(page, link):
    with page.expect_download() as begun:
        link.click()
    return begun.value.suggested_filename, begun.value.path().read_bytes().decode("utf-8-sig")


@LANGUAGES
def test_contacts_with_bad_rows_are_imported_and_taken_back(people, demo, locale):
    inbox = people.agent(locale=locale)
    other = people.agent(1)
    contacts, watching = Records(inbox, "contacts").open(), Records(other, "contacts").open()
    watching.search.fill("engines.example")
    expect(watching.rows).to_have_count(0)
    before = database.rows(demo.database, "SELECT * FROM contacts ORDER BY id")
    open_menu(inbox.page, inbox.text).get_by_role("menuitem", name=inbox.text("csv.import")).click()
    importing = Import(inbox)
    expect(importing.heading("import.title")).to_be_visible()
    axe.check(inbox.page)
    importing.choose("people.csv", TABLES[locale])

    expect(importing.heading("import.columns")).to_be_visible()
    header = TABLES[locale].splitlines()[0].split("," if locale == "en-US" else ";")
    for name, field in zip(header, ["email", "firstName", "lastName", "account", "tags", ""]):
        expect(importing.column(name)).to_have_value(field)
    axe.check(inbox.page)
    # Without the address there is nothing to know a contact by.
    importing.column(header[0]).select_option("")
    importing.button("import.check").click()
    expect(inbox.page.get_by_text(inbox.text("error.import.columns.required.contacts"))).to_be_visible()
    axe.check(inbox.page)
    importing.column(header[0]).select_option("email")
    inbox.page.get_by_label(inbox.text("import.tag"), exact=True).fill("Fair")
    # What was chosen stays through a reload.
    inbox.page.reload()
    expect(inbox.page.get_by_label(inbox.text("import.tag"), exact=True)).to_have_value("Fair")
    importing.button("import.check").click()

    expect(importing.heading("import.checked.bad", count=2).or_(importing.heading("import.checked.bad", count="2"))).to_be_visible()
    expect(importing.count("import.plan.created")).to_have_text("2")
    expect(importing.count("import.plan.accounts")).to_have_text("2")
    expect(importing.faults).to_have_count(3)
    expect(importing.faults.nth(1)).to_contain_text("3")
    expect(importing.faults.nth(1)).to_contain_text(inbox.text("import.fault.contact.email.invalid"))
    expect(importing.faults.nth(2)).to_contain_text("6")
    expect(importing.faults.nth(2)).to_contain_text(inbox.text("import.fault.contact.email.required"))
    axe.check(inbox.page)
    name, faulty = download(inbox.page, inbox.page.get_by_role("link", name=inbox.text("import.faults.download")))
    assert name == "people-errors.csv"
    rows = list(csv.reader(io.StringIO(faulty)))
    assert [row[0] for row in rows[1:]] == ["3", "6"] and rows[0][2:] == header
    assert database.rows(demo.database, "SELECT * FROM contacts ORDER BY id") == before

    importing.button("import.run", count="2").click()
    expect(importing.heading("import.report.done")).to_be_visible()
    expect(importing.count("import.result.created")).to_have_text("2")
    expect(importing.count("import.result.bad")).to_have_text("2")
    axe.check(inbox.page)
    # The others' lists show them without being asked.
    expect(watching.rows).to_have_count(1)
    [grace] = database.rows(demo.database, "SELECT * FROM contacts WHERE email = 'grace@navy.example'")
    assert grace["last_name"] == "Hopper Murray"

    importing.button("import.undo").click()
    axe.check(inbox.page)
    importing.button("import.undo.confirm").click()
    expect(importing.heading("import.report.undone")).to_be_visible()
    assert database.rows(demo.database, "SELECT * FROM contacts ORDER BY id") == before
    expect(watching.rows).to_have_count(0)
    inbox.page.goto(f"{inbox.url}/#/import")
    expect(inbox.page.get_by_role("link", name="people.csv")).to_contain_text(inbox.text("import.state.undone"))
    axe.check(inbox.page)


@LANGUAGES
def test_deals_are_imported_from_a_spreadsheet_of_the_country(people, demo, locale):
    inbox = people.agent(locale=locale)
    importing = Import(inbox)
    inbox.page.goto(f"{inbox.url}/#/import?kind=deals")
    expect(importing.heading("import.title")).to_be_visible()
    text = (
        "Titre;Montant;Devise;Date de clôture;E-mail du contact;Société\r\n"
        "Dix machines;1\u202f234,50;EUR;30/11/2026;ada@engines.example;Engines\r\n"
        "Yens;1234,5;JPY;01/12/2026;ada@engines.example;\r\n"
        "Dinars;1,234;KWD;31/02/2026;ada@engines.example;\r\n")
    # As Excel in western Europe writes it, but for the narrow space that it does not know.
    importing.choose("affaires.csv", text.replace("\u202f", " ").encode("cp1252"))
    expect(importing.heading("import.columns")).to_be_visible()
    expect(inbox.page.get_by_label(inbox.text("import.decimals"), exact=True)).to_have_value("comma")
    expect(inbox.page.get_by_label(inbox.text("import.dates"), exact=True)).to_have_value("dmy")
    importing.button("import.check").click()
    expect(importing.faults).to_have_count(3)
    expect(importing.faults.nth(1)).to_contain_text(inbox.text("import.fault.import.value.invalid"))
    expect(importing.faults.nth(2)).to_contain_text(inbox.text("import.fault.import.date.invalid"))
    importing.button("import.run", count=1).click()
    expect(importing.heading("import.report.done")).to_be_visible()
    [deal] = database.rows(demo.database, "SELECT * FROM deals WHERE title = 'Dix machines'")
    assert (deal["value_minor"], deal["currency"], deal["forecasted_close_on"]) == (123450, "EUR", "2026-11-30")


def test_an_upload_that_broke_off_goes_on_after_a_reload(people, network):
    inbox = people.agent()
    importing = Import(inbox)
    inbox.page.goto(f"{inbox.url}/#/import")
    expect(importing.heading("import.title")).to_be_visible()
    sent = []

    def second_part_fails(route):
        sent.append(route.request.url)
        if len(sent) == 2:
            route.abort()
        else:
            route.continue_()

    inbox.page.route("**/parts?**", second_part_fails)
    text = "Email,First name\n" + "".join(f"p{n}@parts.example,{'x' * 90}\n" for n in range(12_000))
    importing.choose("large.csv", text)
    expect(inbox.page.get_by_role("alert").filter(has_text=inbox.text("error.network.unreachable"))).to_be_visible()
    axe.check(inbox.page)
    inbox.page.reload()
    expect(inbox.page.get_by_text(inbox.text("import.upload.again", name="large.csv"))).to_be_visible()
    importing.choose("other.csv", "Email\na@b.example\n")
    expect(inbox.page.get_by_text(inbox.text("import.upload.other", name="large.csv"))).to_be_visible()
    importing.choose("large.csv", text)
    expect(importing.heading("import.columns")).to_be_visible()
    # The first part was not sent again.
    assert [url.split("start=")[1] for url in sent].count("0") == 1


@LANGUAGES
def test_what_a_filtered_list_shows_is_exported_and_can_be_imported_again(people, demo, locale):
    inbox = people.agent(locale=locale)
    contacts = Records(inbox, "contacts").open()
    known = database.rows(demo.database, "SELECT * FROM contacts ORDER BY id")
    contacts.search.fill(known[0]["last_name"])
    expect(contacts.rows).to_have_count(1)
    shown = 1
    menu = open_menu(inbox.page, inbox.text)
    axe.check(inbox.page)
    name, text = download(inbox.page, menu.get_by_role("menuitem", name=inbox.text("csv.export")))
    assert name.startswith("contacts-20") and name.endswith(".csv")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == shown
    assert known[0]["email"] in [row["Email" if locale == "en-US" else "E-mail"] for row in rows]

    before = database.rows(demo.database, "SELECT * FROM contacts ORDER BY id")
    importing = Import(inbox)
    inbox.page.goto(f"{inbox.url}/#/import?kind=contacts")
    expect(importing.heading("import.title")).to_be_visible()
    importing.choose(name, text)
    inbox.page.get_by_label(inbox.text("import.existing"), exact=True).select_option("update")
    importing.button("import.check").click()
    expect(importing.heading("import.checked.good")).to_be_visible()
    importing.button("import.run", count=shown if shown == 1 else str(shown)).click()
    expect(importing.heading("import.report.done")).to_be_visible()
    assert database.rows(demo.database, "SELECT * FROM contacts ORDER BY id") == before


def test_deals_are_exported_as_filtered_and_a_phone_can_import(people, demo):
    inbox = people.agent(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    [pipeline] = database.rows(demo.database, "SELECT * FROM pipelines ORDER BY position LIMIT 1")
    inbox.page.goto(f"{inbox.url}/#/pipelines/{pipeline['id']}?status=all")
    name, text = download(
        inbox.page, open_menu(inbox.page, inbox.text).get_by_role("menuitem", name=inbox.text("csv.export")))
    deals = database.rows(demo.database, "SELECT * FROM deals WHERE pipeline_id = ?", pipeline["id"])
    assert sorted(row["Deal ID"] for row in csv.DictReader(io.StringIO(text))) == sorted(str(deal["id"]) for deal in deals)
    importing = Import(inbox)
    inbox.page.goto(f"{inbox.url}/#/import?kind=deals")
    importing.choose(name, text)
    expect(importing.heading("import.columns")).to_be_visible()
    axe.check(inbox.page)
    assert inbox.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    importing.button("import.check").click()
    expect(importing.heading("import.checked.good")).to_be_visible()
    expect(importing.count("import.plan.skipped")).to_have_text(str(len(deals)))


def test_what_is_open_shows_what_an_import_brought_and_what_was_taken_back(people, demo, program):
    [known] = database.rows(
        demo.database, "SELECT d.pipeline_id, c.id, c.email, c.account_id FROM deals d JOIN contacts c ON c.id = d.contact_id"
        " WHERE d.status = 'open' AND c.account_id ORDER BY d.id LIMIT 1")
    places = [
        f"pipelines/{known['pipeline_id']}?search=imported", f"pipelines/{known['pipeline_id']}?search=imported&view=table",
        f"contacts/{known['id']}/deals", f"accounts/{known['account_id']}"]
    mains = []
    for place in places:
        inbox = people.agent(1)
        inbox.page.goto(f"{inbox.url}/#/{place}")
        mains.append(inbox.page.get_by_role("main"))
    account = database.rows(demo.database, "SELECT name FROM accounts WHERE id = ?", known["account_id"])[0]["name"]
    importing = Importing(
        program, "deals", f"title,value,currency,contact email,account\nImported deal,12,EUR,{known['email']},{account}\n")
    importing.check()
    importing.act("run")
    for main in mains:
        expect(main.get_by_text("Imported deal").first).to_be_visible()
    importing.until("done")
    importing.act("undo")
    for main in mains:
        expect(main.get_by_text("Imported deal")).to_have_count(0)
    # A file of contacts renames whom a card names.
    renamed = people.agent(1)
    renamed.page.goto(f"{renamed.url}/#/pipelines/{known['pipeline_id']}")
    expect(renamed.page.get_by_role("main").get_by_role("listitem").first).to_be_visible()
    importing = Importing(program, "contacts", f"email,last name\n{known['email']},Imported-Name\n")
    importing.check(existing="update")
    importing.act("run")
    expect(renamed.page.get_by_role("main").get_by_text("Imported-Name").first).to_be_visible()


@LANGUAGES
def test_the_menu_of_the_accounts_imports_and_exports_them_by_keyboard(people, demo, locale):
    inbox = people.agent(locale=locale)
    accounts = Records(inbox, "accounts").open()
    known = database.rows(demo.database, "SELECT * FROM accounts ORDER BY id")
    accounts.search.fill(known[0]["name"])
    expect(accounts.rows).to_have_count(1)
    button = inbox.page.get_by_role("button", name=inbox.text("csv.menu"), exact=True)
    button.press("Enter")
    menu = inbox.page.get_by_role("menu", name=inbox.text("csv.menu"), exact=True)
    expect(menu.get_by_role("menuitem", name=inbox.text("csv.import"))).to_be_focused()
    axe.check(inbox.page)
    inbox.page.keyboard.press("ArrowDown")
    export = menu.get_by_role("menuitem", name=inbox.text("csv.export"))
    expect(export).to_be_focused()
    with inbox.page.expect_download() as begun:
        inbox.page.keyboard.press("Enter")
    expect(menu).to_be_hidden()
    assert begun.value.suggested_filename.startswith("accounts-20")
    text = begun.value.path().read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 2 and known[0]["name"] in rows[1]
    button.press("Enter")
    expect(menu.get_by_role("menuitem", name=inbox.text("csv.import"))).to_be_focused()
    inbox.page.keyboard.press("Enter")
    expect(inbox.page.get_by_role("heading", name=inbox.text("import.title"), exact=True)).to_be_visible()
    expect(inbox.page.locator("input[value=accounts]")).to_be_checked()
