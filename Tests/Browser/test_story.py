"""The main job: a visitor and an agent talk, and the agent adds a deal."""

from harness import database
from playwright.sync_api import expect


def snapshot(demo):
    """The rows of the tables that saving a deal writes to, by their ids."""
    return {
        table: {row["id"]: row for row in database.rows(demo.database, f"SELECT * FROM {table}")}
        for table in ("deals", "contacts", "accounts", "visitors", "conversations")}


def added(before, after):
    return {table: [after[table][id] for id in after[table].keys() - before[table].keys()] for table in after}


def test_a_visitor_writes_and_the_agent_answers_and_adds_a_deal(people, demo):
    before = snapshot(demo)
    agent = people.agent()
    visitor = people.visitor("/prices.html")
    visitor.open()
    visitor.write("Do you ship to Norway?")
    expect(visitor.message("Do you ship to Norway?")).to_be_visible()

    agent.open("Do you ship to Norway?")
    expect(agent.message("Do you ship to Norway?")).to_be_visible()
    agent.write("We do, within five days.")
    expect(visitor.message("We do, within five days.")).to_be_visible()
    # Who answers first becomes the owner.
    expect(agent.assignee.locator("option:checked")).to_contain_text(agent.person["name"])
    agent.write("Sounds like a big one", note=True)
    expect(agent.message("Sounds like a big one")).to_be_visible()

    dialog = agent.add_deal()
    dialog.title.fill("Two machines for %FIRSTNAME%")
    dialog.create(dialog.contact, "Nora Fjell")
    dialog.new_contact_email.fill("nora@fjellkaffe.example")
    dialog.create(dialog.account, "Fjell Kaffe AS")
    dialog.value.fill("12,500.50")
    dialog.currency.select_option("EUR")
    dialog.close_date.fill("2031-05-17")
    dialog.description.fill("Wants both by the summer.")
    assert added(before, snapshot(demo))["contacts"] == [], "nothing is created before the deal is saved"
    dialog.save()
    card = agent.deal("Two machines for Nora")
    expect(card).to_contain_text("€12,500.50")
    expect(card).to_contain_text("To Contact")
    expect(card).to_contain_text("May 17, 2031")

    new = added(before, snapshot(demo))
    (deal,), (contact,), (account,) = new["deals"], new["contacts"], new["accounts"]
    (visitor_row,), (conversation,) = new["visitors"], new["conversations"]
    assert (deal["title"], deal["value_minor"], deal["currency"]) == ("Two machines for Nora", 1250050, "EUR")
    assert (deal["forecasted_close_on"], deal["status"]) == ("2031-05-17", "open")
    assert deal["description"] == "Wants both by the summer."
    assert (deal["contact_id"], deal["account_id"]) == (contact["id"], account["id"])
    assert deal["conversation_id"] == conversation["id"]
    assert (contact["first_name"], contact["last_name"]) == ("Nora", "Fjell")
    assert (contact["email"], contact["account_id"]) == ("nora@fjellkaffe.example", account["id"])
    assert account["name"] == "Fjell Kaffe AS"
    assert visitor_row["contact_id"] == contact["id"]

    # The server is stopped and started: both pages go on where they were, nobody reloads.
    assert demo.stop() == 0
    visitor.write("Are you still there?")
    agent.write("One moment, please.")
    demo.start()
    for text in ("Are you still there?", "One moment, please."):
        expect(visitor.message(text)).to_be_visible(timeout=30_000)
        expect(agent.message(text)).to_be_visible(timeout=30_000)
    expect(visitor.message("Sounds like a big one")).to_have_count(0)
    texts = database.rows(
        demo.database, "SELECT text FROM messages WHERE conversation_id = ? AND kind = 'text' ORDER BY number",
        conversation["id"])
    assert sorted(row["text"] for row in texts) == sorted([
        "Do you ship to Norway?", "We do, within five days.", "Are you still there?", "One moment, please."])

    # The deal opened from the panel, and the way back.
    view = agent.open_deal("Two machines for Nora")
    expect(view).to_contain_text("Wants both by the summer.")
    expect(view).to_contain_text("nora@fjellkaffe.example")
    expect(view).to_contain_text("Fjell Kaffe AS")
    agent.back_to_conversation()
    expect(agent.message("We do, within five days.")).to_be_visible()


def test_a_visitor_who_is_known_fills_the_dialog(people, demo):
    before = snapshot(demo)
    agent = people.agent()
    visitor = people.visitor()
    visitor.open()
    visitor.page.evaluate("Parley('identify', {email: 'Nora@Fjellkaffe.example', name: 'Nora Fjell'})")
    visitor.write("I would like to order")
    agent.open("I would like to order")
    expect(agent.panel).to_contain_text("Nora@Fjellkaffe.example")

    dialog = agent.add_deal()
    expect(dialog.root).to_contain_text("Nora Fjell")
    dialog.title.fill("An order by %FULLNAME%")
    dialog.value.fill("100")
    dialog.save()
    expect(agent.deal("An order by Nora Fjell")).to_contain_text("$100")

    # The contact exists now: the next deal is hers, and makes no second one.
    dialog = agent.add_deal()
    dialog.title.fill("Another order")
    dialog.value.fill("250.5")
    dialog.save()
    expect(agent.deal("Another order")).to_be_visible()
    new = added(before, snapshot(demo))
    assert len(new["contacts"]) == 1
    assert {deal["contact_id"] for deal in new["deals"]} == {new["contacts"][0]["id"]}
    assert len(new["deals"]) == 2


def test_an_existing_contact_and_account_are_suggested_as_one_types(people, demo):
    before = snapshot(demo)
    known = database.rows(
        demo.database,
        "SELECT contacts.*, accounts.name AS account FROM contacts JOIN accounts ON accounts.id = account_id LIMIT 1")[0]
    agent = people.agent()
    visitor = people.visitor()
    visitor.open()
    visitor.write("It is me again")
    agent.open("It is me again")
    dialog = agent.add_deal()
    dialog.contact.press_sequentially(known["email"][:6])
    dialog.suggestion(known["email"]).click()
    dialog.title.fill("For somebody we know")
    dialog.value.fill("1")
    dialog.save()
    expect(agent.deal("For somebody we know")).to_be_visible()
    new = added(before, snapshot(demo))
    assert new["contacts"] == [] and new["accounts"] == []
    assert (new["deals"][0]["contact_id"], new["deals"][0]["account_id"]) == (known["id"], known["account_id"])
