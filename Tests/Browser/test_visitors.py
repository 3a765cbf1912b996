"""The visitor's side: tabs, days, languages, screens."""

import re

from playwright.sync_api import expect
from widget import Widget


def second_tab(widget, path=None):
    page = widget.page.context.new_page()
    page.goto(widget.page.url if path is None else path)
    return Widget(page, widget.text.language)


def test_two_tabs_of_a_visitor_agree(people):
    agent = people.agent()
    first = people.visitor()
    first.open()
    first.write("From the first tab")
    second = second_tab(first)
    second.open()
    expect(second.message("From the first tab")).to_be_visible()
    second.write("From the second tab")
    expect(first.message("From the second tab")).to_be_visible()
    agent.open("From the second tab")
    agent.write("To both of you")
    for tab in (first, second):
        expect(tab.message("To both of you")).to_have_count(1)
        expect(tab.message("To both of you")).to_be_visible()
    # One person, one conversation.
    expect(agent.conversation("To both of you")).to_have_count(1)


def test_a_conversation_goes_on_across_pages_and_reloads(people, demo):
    visitor = people.visitor()
    visitor.open()
    visitor.write("Remember me")
    expect(visitor.message("Remember me")).to_be_visible()
    visitor.page.goto(demo.website + "/prices.html")
    # Within a visit the conversation stays open from page to page.
    expect(visitor.message("Remember me")).to_be_visible()
    visitor.page.reload()
    expect(visitor.message("Remember me")).to_be_visible()


def test_an_answer_to_a_closed_widget_is_counted_on_it(people):
    agent = people.agent()
    visitor = people.visitor()
    visitor.open()
    visitor.write("I will be away for a moment")
    visitor.close()
    agent.open("I will be away for a moment")
    agent.write("Take your time")
    expect(visitor.launcher).to_have_accessible_name(re.compile("1 unread"))
    expect(visitor.page).to_have_title(re.compile(r"^\(1\) "))
    visitor.open()
    expect(visitor.message("Take your time")).to_be_visible()
    expect(visitor.page).not_to_have_title(re.compile(r"^\("))


def test_both_see_when_the_other_types_and_has_seen(people):
    agent = people.agent()
    visitor = people.visitor()
    visitor.open()
    visitor.write("Hello")
    agent.open("Hello")
    visitor.composer.press_sequentially("I wond")
    expect(agent.typing).to_be_visible()
    agent.composer.press_sequentially("Let me")
    expect(visitor.typing).to_be_visible()


def test_links_become_links_and_everything_else_is_text(people):
    agent = people.agent()
    visitor = people.visitor()
    visitor.open()
    hostile = "<img src=x onerror=alert(1)> https://example.com/a?b=c javascript:alert(1)"
    visitor.write(hostile)
    agent.open("onerror")
    for link in (agent.log.get_by_role("link"), visitor.log.get_by_role("link")):
        expect(link).to_have_count(1)
        expect(link).to_have_attribute("href", "https://example.com/a?b=c")
        expect(link).to_have_attribute("rel", re.compile("noopener"))
    expect(agent.message(hostile)).to_be_visible()


def test_who_they_are_is_asked_without_blocking_the_conversation(people):
    agent = people.agent()
    visitor = people.visitor()
    visitor.open()
    visitor.write("A question")
    visitor.tell_email("nora@example.com")
    agent.open("A question")
    expect(agent.panel).to_contain_text("nora@example.com")


def test_everything_speaks_french(people):
    agent = people.agent(locale="fr-FR")
    visitor = people.visitor(locale="fr-FR")
    visitor.open()
    expect(visitor.greeting).to_have_text(people.greetings["fr"])
    visitor.write("Bonjour, livrez-vous en Norvège ?")
    # It heads the conversation that begins.
    expect(visitor.message(people.greetings["fr"])).to_be_visible()
    agent.open("Bonjour, livrez-vous")
    # What was typed with a space that breaks is shown with one that does not.
    for log in (agent.log, visitor.log):
        expect(log.get_by_text("Bonjour, livrez-vous")).to_be_visible()
        assert "Norvège\u00a0?" in log.text_content()
    agent.write("Oui, en cinq jours.")
    expect(visitor.message("Oui, en cinq jours.")).to_be_visible()
    dialog = agent.add_deal()
    dialog.title.fill("Deux machines")
    dialog.create(dialog.contact, "nora@fjellkaffe.example")
    # The page's own decimal style: a comma.
    dialog.value.fill("12 500,50")
    dialog.close_date.fill("2031-05-17")
    dialog.save()
    expect(agent.deal("Deux machines")).to_contain_text(re.compile(r"12\s500,50\s\$"))
    expect(agent.deal("Deux machines")).to_contain_text("17 mai 2031")
    assert agent.page.evaluate("document.documentElement.lang") == "fr"
    assert visitor.frame.locator("html").get_attribute("lang") == "fr"


def test_a_phone_shows_one_pane_at_a_time_and_all_of_it(people):
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 3}
    agent = people.agent(**phone)
    visitor = people.visitor(**phone)
    visitor.open()
    visitor.write("From my phone")
    box = visitor.page.locator("iframe[src*='/widget/frame']").bounding_box()
    assert (box["x"], box["width"]) == (0, 390)
    agent.open("From my phone")
    expect(agent.rows).to_be_hidden()
    agent.write("To your phone")
    expect(visitor.message("To your phone")).to_be_visible()
    agent.show_panel()
    dialog = agent.add_deal()
    dialog.title.fill("On the way")
    dialog.create(dialog.contact, "ada@example.com")
    dialog.value.fill("5")
    dialog.save()
    expect(agent.deal("On the way")).to_be_visible()
    for page in (agent.page, visitor.page):
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
