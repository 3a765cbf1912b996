"""The widget is a guest on other people's websites."""

import pytest
from harness.interface import Interface
from harness.website import Website
from playwright.sync_api import expect
from widget import Widget

PAGE = """<!doctype html>
<html lang="en">
<title>A website</title>
<link rel="icon" href="data:,">
<h1>A website</h1>
<button>A button of the website</button>
{before}
<script async src="{inbox}/widget.js" data-site="{site}"></script>
</html>
"""
STUB = "<script>window.Parley ||= function () { (Parley.q ||= []).push(arguments) }; %s</script>"


@pytest.fixture
def website(network, demo, people):
    """A website with the widget on it, that the site allows."""
    owner = Interface(network.url).sign_in(people.agents[0]["email"], people.password)
    (site, *_) = owner.get("/api/sites")["sites"]
    website = Website()
    website.embed = lambda before="": PAGE.format(inbox=network.url, site=site["key"], before=before)
    website.page = website.embed()
    website.allow = lambda: owner.patch(
        f"/api/sites/{site['id']}", {"origins": [*site["origins"], website.origin]})
    yield website
    website.stop()


def visit(people, website, **options):
    page = people.window(**options).new_page()
    page.goto(website.origin)
    return Widget(page)


def test_the_widget_opens_where_the_site_allows_it(people, website):
    website.allow()
    widget = visit(people, website)
    widget.open()
    widget.write("Hello from a website")
    expect(widget.message("Hello from a website")).to_be_visible()


def test_the_widget_does_not_open_elsewhere(people, network, website):
    page = people.window().new_page()
    # The refusal lets no other origin read it, so that for the page the request failed.
    with page.expect_event("requestfailed", lambda request: "/widget/site" in request.url):
        page.goto(website.origin)
    expect(page.get_by_role("button")).to_have_count(1)
    # Nor when the page goes around the loader: the browser does not draw the frame.
    website.page = f'<iframe title="stolen" src="{network.url}/widget/frame?site=demo"></iframe>'
    page.goto(website.origin)
    expect(page.frame_locator("iframe").get_by_role("textbox")).to_have_count(0)
    people.errors.clear()  # the browser's own words on what it refused


def test_a_strict_policy_of_the_website_is_enough_room(people, network, website):
    website.allow()
    inbox = network.url
    website.fields["Content-Security-Policy"] = (
        f"default-src 'none'; img-src data:; script-src {inbox}; frame-src {inbox}; "
        f"connect-src {inbox} {inbox.replace('http', 'ws')}")
    widget = visit(people, website)
    widget.open()
    widget.write("Strict, but fair")
    expect(widget.message("Strict, but fair")).to_be_visible()
    assert people.errors == []


def test_commands_given_before_the_loader_came_are_carried_out(people, website):
    website.allow()
    website.page = website.embed(STUB % "Parley('open'); Parley('on', 'close', () => { document.title = 'closed' })")
    widget = visit(people, website)
    expect(widget.composer).to_be_visible()
    widget.close()
    expect(widget.page).to_have_title("closed")


def test_the_page_does_not_move_and_gets_one_name(people, website):
    website.allow()
    website.page = website.embed(
        "<script>window.names = new Set(Object.getOwnPropertyNames(window)); window.shift = 0;"
        "new PerformanceObserver((list) => { for (const each of list.getEntries()) window.shift += each.value })"
        ".observe({type: 'layout-shift', buffered: true})</script>")
    widget = visit(people, website)
    widget.open()
    expect(widget.composer).to_be_visible()
    added = widget.page.evaluate(
        "Object.getOwnPropertyNames(window).filter((name) => !names.has(name) && name !== 'names' && name !== 'shift')")
    assert [name for name in added if not name.isdigit()] == ["Parley"]
    assert widget.page.evaluate("window.shift") == 0
    assert widget.page.evaluate("document.styleSheets.length") == 0


def test_who_signs_out_of_the_website_leaves_nothing_to_the_next(people, website):
    website.allow()
    widget = visit(people, website)
    widget.open()
    widget.write("My secret")
    expect(widget.message("My secret")).to_be_visible()
    widget.page.evaluate("Parley('reset')")
    widget.open()
    expect(widget.composer).to_be_visible()
    expect(widget.message("My secret")).to_have_count(0)
    widget.page.reload()  # it stays open
    expect(widget.composer).to_be_visible()
    expect(widget.message("My secret")).to_have_count(0)
