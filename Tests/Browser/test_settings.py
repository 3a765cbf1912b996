"""The settings: what an owner changes takes effect, and for others it is to read only."""

import re

import pytest
from harness.website import Website
from inbox import Inbox
from playwright.sync_api import expect
from widget import Widget


@pytest.fixture
def website():
    website = Website()
    yield website
    website.stop()


def test_a_new_site_gives_the_line_of_html_that_its_website_needs(people, website):
    owner = people.agent()
    page, text = owner.page, owner.text
    page.goto(f"{owner.url}/#/settings/sites")
    page.get_by_role("link", name=text("site.add")).click()
    page.get_by_label(text("site.name"), exact=True).fill("The new shop")
    page.get_by_label(text("site.greeting.en"), exact=True).fill("What may it be?")
    page.get_by_label(text("site.color"), exact=True).fill("#5b21b6")
    page.get_by_label(text("site.position.left")).check(force=True)
    page.get_by_label(text("site.origins"), exact=True).fill(website.origin)
    page.get_by_role("button", name=text("site.add")).click()
    line = page.get_by_role("region", name=text("site.install")).get_by_text("<script").inner_text()

    website.page = f"<!doctype html><html lang='en'><title>The new shop</title><link rel='icon' href='data:,'>{line}</html>"
    page_of_visitor = people.window().new_page()
    page_of_visitor.goto(website.origin)
    visitor = Widget(page_of_visitor)
    visitor.open()
    expect(visitor.frame.get_by_role("heading", name="The new shop")).to_be_visible()
    expect(visitor.frame.get_by_text("What may it be?")).to_be_visible()
    assert visitor.page.get_by_role("button", name=Widget.CLOSE["en"]).bounding_box()["x"] < 200
    visitor.write("A question from the new shop")
    owner.enter()
    owner.open("A question from the new shop")


def test_each_visitor_is_greeted_in_their_language(people):
    owner = people.agent()
    owner.open_site("Brasswick")
    english, french = people.visitor(), people.visitor(locale="fr-FR")

    def expect_greetings(en, fr):
        for visitor, greeting in ((english, en), (french, fr)):
            visitor.page.reload()
            expect(visitor.greeting).to_have_text(greeting)

    english.open()
    french.open()
    expect_greetings(**people.greetings)
    # A greeting that is not there is the other's, and without any the widget has one of its own.
    owner.greet(fr="")
    expect(owner.site_preview).to_contain_text(people.greetings["en"])
    expect_greetings(people.greetings["en"], people.greetings["en"])
    owner.greet(en="", fr="Salut\u202f!")
    expect(owner.site_preview).to_contain_text("Salut\u202f!")
    expect_greetings("Salut\u202f!", "Salut\u202f!")
    owner.greet(fr="")
    expect(owner.site_preview).to_contain_text(french.text("header.greeting"))
    expect_greetings(english.text("header.greeting"), french.text("header.greeting"))
    # A new site begins with the texts that the widget has.
    owner.page.goto(f"{owner.url}/#/settings/sites/new")
    for visitor in (english, french):
        field = owner.page.get_by_label(owner.text(f"site.greeting.{visitor.text.language}"))
        expect(field).to_have_value(visitor.text("header.greeting"))


def test_who_is_no_owner_may_read_the_settings_and_not_change_them(people):
    agent = people.agent(1)
    for section in ("workspace", "sites", "team"):
        agent.page.goto(f"{agent.url}/#/settings/{section}")
        expect(agent.page.get_by_role("heading", name=agent.text(f"settings.{section}"))).to_be_visible()
        expect(agent.page.get_by_role("button", name=re.compile("save|add", re.I))).to_have_count(0)


def test_an_agent_who_is_added_can_sign_in_at_once(people, network):
    owner = people.agent()
    page, text = owner.page, owner.text
    page.goto(f"{owner.url}/#/settings/team")
    page.get_by_label(text("team.name"), exact=True).fill("Nils Holm")
    page.get_by_label(text("signIn.email"), exact=True).fill("nils@parley.example")
    page.get_by_label(text("team.password"), exact=True).fill("a long password")
    page.get_by_role("button", name=text("team.add.submit")).click()
    expect(page.get_by_role("listitem").filter(has_text="nils@parley.example")).to_be_visible()
    added = Inbox(people.window().new_page(), network.url, {"name": "Nils Holm", "email": "nils@parley.example"})
    added.sign_in("a long password")


def test_language_and_theme_change_at_once_and_stay(people):
    agent = people.agent()
    menu = lambda: agent.page.get_by_role("button", name=agent.person["name"]).first.click()
    menu()
    agent.page.get_by_label(agent.text("menu.theme.dark")).check(force=True)
    agent.page.get_by_role("combobox", name=agent.text("menu.language")).select_option("fr")
    expect(agent.page.get_by_role("searchbox", name=re.compile("Chercher|Rechercher"))).to_be_visible()
    agent.page.reload()
    expect(agent.page.get_by_role("searchbox", name=re.compile("Chercher|Rechercher"))).to_be_visible()
    assert agent.page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
