"""A conversation is added to an open deal of the same contact, instead of a second deal."""

import axe
from deal_page import DealPage
from harness import database
from playwright.sync_api import expect

CONTACT = """
    SELECT contacts.*, deals.id AS deal, deals.title, deals.conversation_id FROM deals JOIN contacts ON contacts.id = contact_id
    WHERE status = 'open' AND conversation_id IS NOT NULL AND first_name <> ''
    AND 1 = (SELECT count(*) FROM deals AS own WHERE own.contact_id = contacts.id) ORDER BY deals.id"""


def write_as(people, agent, contact, text="It is me again"):
    """Somebody writes whom the contact's address tells."""
    visitor = people.visitor()
    visitor.open()
    visitor.write(text)
    agent.open(text)
    agent.edit_person("email", contact["email"])
    expect(agent.deal(contact["title"])).to_be_visible()
    return visitor


def test_a_deal_shows_one_of_its_conversations_and_lets_one_go(people, demo):
    contact = database.rows(demo.database, CONTACT)[0]
    agent = people.agent()
    visitor = write_as(people, agent, contact)
    agent.press_add_deal()
    agent.open_deals.get_by_role("button", name=agent.text("deal.choose.add.to", title=contact["title"]), exact=True).click()
    expect(agent.open_deals).to_be_hidden()
    DealPage(agent).open(contact["deal"])
    log = agent.page.get_by_role("log", name=agent.text("thread.log"))
    expect(log).to_contain_text("It is me again")
    choice = agent.page.get_by_role("combobox", name=agent.text("deal.conversations.count", count=2))
    axe.check(agent.page)
    choice.select_option(value=str(contact["conversation_id"]))
    expect(log).not_to_contain_text("It is me again")
    remove = agent.page.get_by_role("button", name=agent.text("deal.conversations.remove"), exact=True)
    expect(remove).to_be_hidden()
    choice.select_option(index=1)
    expect(log).to_contain_text("It is me again")
    before = database.value(demo.database, "SELECT last_activity_at FROM deals WHERE id = ?", contact["deal"])
    visitor.write("Activity of the deal")
    expect(log).to_contain_text("Activity of the deal")
    assert database.value(demo.database, "SELECT last_activity_at FROM deals WHERE id = ?", contact["deal"]) > before
    remove.click()
    expect(choice).to_be_hidden()
    # What was said when it was added may still stand there, with a way back of its own.
    removed = agent.page.locator("#toasts .toast").filter(has_text=agent.text("deal.unlinked", title=contact["title"]))
    removed.get_by_role("button", name=agent.text("action.undo"), exact=True).click()
    expect(choice).to_be_visible()
    assert database.value(demo.database, "SELECT count(*) FROM deal_conversations") == 1


def test_what_was_added_can_be_undone_and_a_new_deal_begun_instead(people, demo):
    contact = database.rows(demo.database, CONTACT)[0]
    agent = people.agent()
    other = people.agent(1)
    write_as(people, agent, contact)
    other.open("It is me again")
    expect(other.deal(contact["title"])).to_be_visible()
    agent.press_add_deal()
    agent.page.keyboard.press("Tab")
    add = agent.open_deals.get_by_role("button", name=agent.text("deal.choose.add.to", title=contact["title"]), exact=True)
    add.focus()
    agent.page.keyboard.press("Enter")
    linked = other.text("status.dealLinked.agent", name=people.agents[0]["name"], title=contact["title"])
    expect(other.log).to_contain_text(linked)
    agent.page.get_by_role("button", name=agent.text("action.undo"), exact=True).click()
    expect(other.log).to_contain_text(
        other.text("status.dealUnlinked.agent", name=people.agents[0]["name"], title=contact["title"]))
    dialog = agent.add_deal()
    dialog.title.fill("Quite another one")
    dialog.value.fill("12")
    dialog.save()
    expect(other.deal("Quite another one")).to_be_visible()
    assert database.value(demo.database, "SELECT count(*) FROM deal_conversations") == 0


def test_a_refusal_says_what_is_wrong_and_leaves_the_choice_open(people, demo, network):
    contact = database.rows(demo.database, CONTACT)[0]
    agent = people.agent()
    write_as(people, agent, contact)
    agent.press_add_deal()
    add = agent.open_deals.get_by_role("button", name=agent.text("deal.choose.add.to", title=contact["title"]), exact=True)
    expect(add).to_be_visible()
    network.cut()
    add.click()
    expect(agent.open_deals.get_by_role("alert")).to_be_visible()
    network.restore()
    add.click()
    expect(agent.open_deals).to_be_hidden()
    expect(agent.log).to_contain_text(agent.text("status.dealLinked.you", title=contact["title"]))
