"""Every page and state by axe-core, in light and dark; and the main job by keyboard alone."""

import itertools
import re
import threading

import axe
import pytest
from harness.parley import ROOT
from playwright.sync_api import expect

SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])
GO = """
  (hash) => new Promise((done) => {
    if (location.hash === hash) done()
    addEventListener('hashchange', done, { once: true })
    location.hash = hash
  })
"""
LINKS = """
  () => [...document.querySelectorAll('a[href^="#/"]')].filter((each) => each.checkVisibility()).map((each) => each.getAttribute('href'))
"""


def test_every_page_of_the_router_and_behind_a_link(people):
    """Also those that are made one day: whoever adds a page adds it there, or a link to it."""
    agent = people.agent(locale="fr-FR")
    page = agent.page
    # One address of each shape, and `#/deals/7` stands for all deals. Where the router begins, links lead on.
    shapes = {f"#/{name}" for name in re.findall(r"^  (\w+): async \(\) =>", (ROOT / "web/app/frame.js").read_text(), re.MULTILINE)}
    waiting = sorted(shapes)
    assert len(waiting) > 8
    schemes = itertools.cycle(["light", "dark"])
    while waiting:
        address = waiting.pop(0)
        page.evaluate(GO, address)
        expect(page.locator("main > *").first).to_be_visible()
        expect(page.locator("main").locator("[aria-busy=true], .skeleton").filter(visible=True)).to_have_count(0)
        page.emulate_media(color_scheme=next(schemes))
        axe.check(page)
        for link in page.evaluate(LINKS):
            shape = re.sub(r"\d+", "N", link.partition("?")[0])
            if shape not in shapes:
                shapes.add(shape)
                waiting.append(link)
        # A phone is as wide as what it shows.
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        page.set_viewport_size({"width": 1440, "height": 900})


@SCHEMES
def test_the_agents_pages(people, scheme):
    agent = people.agent(color_scheme=scheme)
    axe.check(agent.page)
    visitor = people.visitor(color_scheme=scheme)
    visitor.open()
    visitor.write("Hello, see https://example.com")
    agent.open("Hello, see")
    agent.write("An answer")
    agent.write("A note", note=True)
    expect(visitor.message("An answer")).to_be_visible()
    axe.check(agent.page)

    dialog = agent.add_deal()
    axe.check(agent.page)
    dialog.submit.click()
    expect(dialog.title).to_have_attribute("aria-invalid", "true")
    axe.check(agent.page)
    dialog.title.fill("A deal")
    dialog.create(dialog.contact, "Ada Lovelace")
    axe.check(agent.page)
    dialog.new_contact_email.fill("ada@example.com")
    dialog.account.fill("a")
    expect(dialog.root.get_by_role("option").first).to_be_visible()
    axe.check(agent.page)
    dialog.account.fill("")
    dialog.value.fill("10")
    dialog.close_date.fill("2020-01-01")
    dialog.save()
    expect(agent.deal("A deal")).to_be_visible()
    axe.check(agent.page)
    agent.open_deal("A deal")
    axe.check(agent.page)
    agent.back_to_conversation()

    agent.show("completed")
    axe.check(agent.page)
    agent.search.fill("nothing at all like this")
    axe.check(agent.page)


@SCHEMES
@pytest.mark.parametrize("place", ["settings/sites", "deals/1", "conversations/1"])
def test_what_is_still_loading_and_what_could_not_be_loaded(people, scheme, place):
    agent = people.agent(color_scheme=scheme)
    waiting, gone = [], threading.Event()
    # First the server keeps everybody waiting, then it is gone.
    agent.page.route("**/api/**", lambda route: route.abort() if gone.is_set() else waiting.append(route))
    with agent.page.expect_request("**/api/**"):
        agent.page.evaluate("(place) => { location.hash = `#/${place}` }", place)
    axe.check(agent.page)
    gone.set()
    for route in waiting:
        route.abort()
    expect(agent.page.get_by_role("button", name=agent.text("action.retry")).first).to_be_visible()
    axe.check(agent.page)


@SCHEMES
def test_the_way_in(people, network, scheme):
    page = people.window(color_scheme=scheme).new_page()
    page.goto(network.url)
    expect(page.get_by_role("button").first).to_be_visible()
    axe.check(page)


@SCHEMES
def test_the_website_with_the_widget(people, scheme):
    visitor = people.visitor(color_scheme=scheme)
    expect(visitor.launcher).to_be_visible()
    axe.check(visitor.page)
    visitor.open()
    axe.check(visitor.page)
    visitor.write("Hello, see https://example.com")
    expect(visitor.message("Hello, see https://example.com")).to_be_visible()
    axe.check(visitor.page)


@SCHEMES
def test_a_phone(people, scheme):
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "color_scheme": scheme}
    agent = people.agent(**phone)
    visitor = people.visitor(**phone)
    visitor.open()
    visitor.write("From my phone")
    axe.check(visitor.page)
    axe.check(agent.page)
    agent.open("From my phone")
    axe.check(agent.page)
    agent.show_panel()
    axe.check(agent.page)


def focus_on(page, locator, limit=80):
    """Presses Tab until the element has the focus: what cannot be reached so, cannot be reached."""
    expect(locator).to_be_visible()
    for _ in range(limit):
        if locator.evaluate("each => each === each.getRootNode().activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{locator} was not reached by {limit} presses of Tab")


def test_the_main_job_by_keyboard_alone(people):
    agent = people.agent()
    keys = agent.page.keyboard
    visitor = people.visitor()
    page = visitor.page
    focus_on(page, visitor.launcher)
    page.keyboard.press("Enter")
    expect(visitor.composer).to_be_focused()
    page.keyboard.type("Only with keys")
    page.keyboard.press("Enter")
    expect(visitor.message("Only with keys")).to_be_visible()

    focus_on(agent.page, agent.filter("all"))
    keys.press("Enter")
    row = agent.conversation("Only with keys").get_by_role("link")
    expect(row).to_be_visible()
    focus_on(agent.page, agent.rows.get_by_role("link").first)
    keys.press("Enter")
    expect(agent.message("Only with keys")).to_be_visible()
    focus_on(agent.page, agent.composer)
    keys.type("Answered with keys")
    keys.press("Enter")
    expect(visitor.message("Answered with keys")).to_be_visible()

    add = agent.panel.get_by_role("button", name="Add Deal", exact=True)
    focus_on(agent.page, add)
    keys.press("Enter")
    dialog = agent.deal_dialog
    expect(dialog.title).to_be_focused()
    keys.type("By keyboard")
    focus_on(agent.page, dialog.contact)
    keys.type("ada@example.com")
    create = dialog.root.get_by_role("button", name='Create "ada@example.com"')
    expect(create.first).to_be_visible()
    focus_on(agent.page, create.first)
    keys.press("Enter")
    focus_on(agent.page, dialog.value)
    keys.type("42")
    focus_on(agent.page, dialog.submit)
    keys.press("Enter")
    expect(dialog.root).to_be_hidden()
    expect(agent.deal("By keyboard")).to_be_visible()
    # The focus returns to where it was.
    expect(add).to_be_focused()
    page.keyboard.press("Escape")
    expect(visitor.launcher).to_be_focused()
