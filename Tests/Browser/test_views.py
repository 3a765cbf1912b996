"""Filters saved as views, for contacts, accounts and deals, alone and with the team."""

import axe
import pytest
from playwright.sync_api import expect
from records import Records

LANGUAGES = pytest.mark.parametrize("locale", ["en-US", "fr-FR"])


class Views:
    """The views of the page that is open."""

    def __init__(self, inbox):
        self.page = inbox.page
        self.text = inbox.text

    def button(self, key):
        return self.page.get_by_role("button", name=self.text(key), exact=True)

    @property
    def picker(self):
        return self.page.locator(".view-open")

    def open(self):
        self.picker.click()
        menu = self.page.get_by_role("dialog", name=self.text("view.views"), exact=True)
        expect(menu).to_be_visible()
        return menu

    def choose(self, name):
        self.open().get_by_role("button", name=name).click()
        expect(self.picker).to_contain_text(name)

    def save_as(self, name, shared=False):
        dialog = self.page.get_by_role("dialog", name=self.text("view.saveAs.title"), exact=True)
        dialog.get_by_label(self.text("view.name"), exact=True).fill(name)
        if shared:
            dialog.get_by_label(self.text("view.share"), exact=True).check()
        axe.check(self.page)
        dialog.get_by_role("button", name=self.text("action.save"), exact=True).click()
        expect(dialog).to_be_hidden()
        expect(self.picker).to_contain_text(name)


@LANGUAGES
def test_a_view_is_saved_changed_reset_and_begun_with(people, demo, locale):
    inbox = people.agent(locale=locale)
    contacts = Records(inbox, "contacts").open()
    views = Views(inbox)
    contacts.search.fill("a")
    views.button("view.saveAs").click()
    dialog = inbox.page.get_by_role("dialog", name=inbox.text("view.saveAs.title"), exact=True)
    dialog.get_by_role("button", name=inbox.text("action.save"), exact=True).click()
    expect(dialog.get_by_role("alert")).to_have_text(inbox.text("error.view.name.required"))
    views.save_as("Newest of a")
    changed = inbox.page.get_by_text(inbox.text("view.changed"), exact=True)
    expect(changed).to_be_hidden()
    inbox.page.locator(".record-sort select").select_option("newest")
    expect(changed).to_be_visible()
    views.button("view.save").click()
    expect(changed).to_be_hidden()
    inbox.page.locator(".record-sort select").select_option("name")
    views.button("view.reset").click()
    expect(inbox.page.locator(".record-sort select")).to_have_value("newest")
    menu = views.open()
    axe.check(inbox.page)
    menu.get_by_role("button", name=inbox.text("view.begin"), exact=True).click()
    expect(inbox.page.get_by_text(inbox.text("view.begin.on", name="Newest of a")).first).to_be_visible()

    # The page begins with it, also after a restart.
    assert demo.stop() == 0
    demo.start()
    inbox.page.goto(f"{inbox.url}/#/accounts")
    inbox.page.reload()
    contacts.open()
    expect(views.picker).to_contain_text("Newest of a")
    expect(contacts.search).to_have_value("a")
    # All of them are a step away.
    views.choose(inbox.text("view.all.contacts"))
    expect(contacts.search).to_have_value("")


def test_a_shared_view_is_the_teams_and_only_its_author_or_an_owner_changes_it(people):
    owner, agent = people.agent(), people.agent(1)
    mine, theirs = Views(owner), Views(agent)
    Records(owner, "accounts").open()
    Records(agent, "accounts").open()
    owner.page.locator(".record-sort select").select_option("newest")
    mine.button("view.saveAs").click()
    mine.save_as("Latest accounts", shared=True)
    theirs.choose("Latest accounts")
    expect(agent.page.locator(".record-sort select")).to_have_value("newest")
    menu = theirs.open()
    expect(menu.get_by_role("button", name=agent.text("view.rename"), exact=True)).to_be_hidden()
    agent.page.keyboard.press("Escape")
    # Changed, it can be saved as one's own only.
    agent.page.locator(".record-sort select").select_option("name")
    expect(theirs.button("view.save")).to_be_hidden()
    expect(theirs.button("view.saveAs").first).to_be_visible()
    theirs.button("view.reset").click()

    mine.open().get_by_role("button", name=owner.text("view.rename"), exact=True).click()
    dialog = owner.page.get_by_role("dialog", name=owner.text("view.rename.title"), exact=True)
    dialog.get_by_label(owner.text("view.name"), exact=True).fill("Newcomers")
    dialog.get_by_role("button", name=owner.text("action.save"), exact=True).click()
    expect(theirs.picker).to_contain_text("Newcomers")
    mine.open().get_by_role("button", name=owner.text("view.delete"), exact=True).click()
    owner.page.get_by_role("alertdialog").get_by_role("button", name=owner.text("action.delete"), exact=True).click()
    expect(theirs.picker).to_contain_text(agent.text("view.all.accounts"))
    expect(mine.picker).to_contain_text(owner.text("view.all.accounts"))


@LANGUAGES
def test_a_view_of_deals_holds_filters_table_and_columns(people, locale):
    inbox = people.agent(locale=locale)
    page = inbox.page
    views = Views(inbox)
    page.goto(f"{inbox.url}/#/pipelines")
    page.get_by_role("button", name=inbox.text("pipelines.view.table"), exact=True).click()
    page.get_by_role("button", name=inbox.text("table.columns"), exact=True).click()
    columns = page.get_by_role("group", name=inbox.text("table.columns"), exact=True)
    columns.get_by_label(inbox.text("deal.created"), exact=True).check()
    page.keyboard.press("Escape")
    page.get_by_role("searchbox", name=inbox.text("filter.search"), exact=True).fill("e")
    page.wait_for_url("**search=e**")
    views.button("view.saveAs").click()
    views.save_as("All with e")
    page.get_by_role("button", name=inbox.text("pipelines.view.board"), exact=True).click()
    expect(page.get_by_text(inbox.text("view.changed"), exact=True)).to_be_visible()
    axe.check(page)
    views.button("view.reset").click()
    expect(page.get_by_role("columnheader", name=inbox.text("deal.created"), exact=True)).to_be_visible()
    views.choose(inbox.text("view.all.deals"))
    expect(page.get_by_role("columnheader", name=inbox.text("deal.created"), exact=True)).to_be_hidden()
    views.choose("All with e")
    expect(page.get_by_role("columnheader", name=inbox.text("deal.created"), exact=True)).to_be_visible()


def page_view(inbox, kind):
    """A view of one's own, as the page would save it."""
    inbox.page.goto(inbox.url)
    return inbox.page.evaluate(
        """async (kind) => (await fetch('/api/views', {
          method: 'POST', body: JSON.stringify({kind, query: 'search=a', columns: [], name: 'With a', isShared: true}),
          headers: {'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID()},
        })).json()""", kind)

@pytest.mark.parametrize("kind", ["contacts", "deals"])
def test_a_link_to_a_view_shows_it_while_its_page_is_open_already(people, kind):
    inbox = people.agent()
    page = inbox.page
    views = Views(inbox)
    path = {"contacts": "/contacts", "deals": "/pipelines/1"}[kind]
    view = page_view(inbox, kind)
    page.goto(f"{inbox.url}/#{path}")
    search = page.get_by_role("searchbox").first
    expect(views.picker).to_contain_text(inbox.text(f"view.all.{kind}"))
    search.fill("zzz")
    page.wait_for_url("**search=zzz**")
    page.evaluate("hash => { location.hash = hash }", f"{path}?saved={view['id']}")
    expect(views.picker).to_contain_text("With a")
    expect(search).to_have_value("a")
    expect(page.get_by_text(inbox.text("view.changed"), exact=True)).to_be_hidden()
    # Who takes the filter off by hand changes what is shown, and is not led back.
    search.fill("")
    expect(page.get_by_text(inbox.text("view.changed"), exact=True)).to_be_visible()
    expect(search).to_have_value("")

