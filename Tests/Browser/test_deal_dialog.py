"""Adding a deal: mistakes cost nothing, and saving twice is saving once."""

import re

from harness import database
from playwright.sync_api import expect


def talk(people, text="I would like to order"):
    agent = people.agent()
    visitor = people.visitor()
    visitor.open()
    visitor.write(text)
    agent.open(text)
    return agent


def count(demo, table):
    return database.value(demo.database, f"SELECT count(*) FROM {table}")


def test_mistakes_are_told_beside_their_fields_all_at_once_and_lose_nothing(people, demo):
    before = count(demo, "deals")
    agent = talk(people)
    dialog = agent.add_deal()
    dialog.title.fill("For %NOBODY%")
    dialog.value.fill("minus one")
    dialog.description.fill("Kept as it is")
    dialog.submit.click()
    for field in (dialog.title, dialog.contact, dialog.value):
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_accessible_description(re.compile(r"\S"))
    expect(dialog.title).to_have_value("For %NOBODY%")
    expect(dialog.value).to_have_value("minus one")
    expect(dialog.description).to_have_value("Kept as it is")
    assert count(demo, "deals") == before

    dialog.title.fill("For somebody")
    dialog.create(dialog.contact, "ada@example.com")
    dialog.value.fill("1,000")
    dialog.save()
    expect(agent.deal("For somebody")).to_contain_text("$1,000")
    assert count(demo, "deals") == before + 1


def test_a_double_click_saves_one_deal(people, demo):
    before = count(demo, "deals")
    agent = talk(people)
    dialog = agent.add_deal()
    dialog.title.fill("Once")
    dialog.create(dialog.contact, "ada@example.com")
    dialog.value.fill("5")
    dialog.submit.dblclick(no_wait_after=True)
    expect(dialog.root).to_be_hidden()
    expect(agent.deal("Once")).to_have_count(1)
    assert count(demo, "deals") == before + 1


def test_a_save_whose_reply_is_lost_is_saved_once(people, demo):
    before = count(demo, "deals")
    agent = talk(people)
    dialog = agent.add_deal()
    dialog.title.fill("Sent twice")
    dialog.create(dialog.contact, "ada@example.com")
    dialog.value.fill("5")

    lost = []
    def lose(route):
        # The server saves and answers; the answer never arrives.
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)
            route.abort("connectionreset")
        else:
            route.continue_()
    agent.page.route("**/api/deals", lose)
    dialog.submit.click()
    expect(dialog.root.get_by_role("button", name=agent.text("action.retry"))).to_be_visible()
    assert lost == [201]
    dialog.root.get_by_role("button", name=agent.text("action.retry")).click()
    expect(dialog.root).to_be_hidden()
    expect(agent.deal("Sent twice")).to_have_count(1)
    assert count(demo, "deals") == before + 1


def test_a_tag_is_inserted_from_the_menu_and_shown_as_it_will_read(people, demo):
    agent = talk(people)
    dialog = agent.add_deal()
    dialog.create(dialog.contact, "Ada Lovelace")
    dialog.new_contact_email.fill("ada@example.com")
    dialog.title.fill("For ")
    dialog.title.press("End")
    dialog.root.get_by_role("button", name=agent.text("deal.tags")).click()
    agent.page.get_by_role("menuitem").filter(has_text="%FIRSTNAME%").or_(
        agent.page.get_by_role("menuitem").filter(has_text="Ada")).first.click()
    expect(dialog.title).to_have_value("For %FIRSTNAME%")
    expect(dialog.root).to_contain_text("For Ada")


def test_the_stage_follows_the_pipeline_and_the_owner_is_oneself(people, demo):
    agent = talk(people)
    dialog = agent.add_deal()
    expect(dialog.owner.locator("option:checked")).to_contain_text(agent.person["name"])
    expect(dialog.currency).to_have_value("USD")
    stages = database.rows(
        demo.database, "SELECT name FROM stages WHERE pipeline_id = (SELECT min(id) FROM pipelines) ORDER BY position")
    expect(dialog.stage.locator("option")).to_have_text([row["name"] for row in stages])
    expect(dialog.stage.locator("option:checked")).to_have_text("To Contact")


def test_what_was_begun_is_there_again_after_a_reload(people, demo):
    agent = talk(people)
    dialog = agent.add_deal()
    dialog.title.fill("Half a deal")
    dialog.value.fill("77")
    agent.page.reload()
    dialog = agent.add_deal()
    expect(dialog.title).to_have_value("Half a deal")
    expect(dialog.value).to_have_value("77")
