"""The right-hand panel: the person edited where they stand, in every open inbox."""

import re

import axe
from harness import database
from playwright.sync_api import expect


def talk(people, text="Who am I?"):
    agent = people.agent()
    visitor = people.visitor()
    visitor.open()
    visitor.write(text)
    agent.open(text)
    return agent


def test_an_edit_in_place_is_seen_by_the_other_agent_at_once(people):
    agent = talk(people)
    other = people.agent(1)
    other.open("Who am I?")
    agent.edit_person("name", "Nora Fjell")
    agent.edit_person("phone", "+47 22 11 22 33")
    expect(other.panel).to_contain_text("Nora Fjell")
    expect(other.panel).to_contain_text("+47 22 11 22 33")


def test_escape_takes_an_edit_back_and_the_focus_returns(people):
    agent = talk(people)
    add = agent.panel.get_by_role("button", name=agent.text("person.name.add"))
    saves = []
    agent.page.on("request", lambda request: saves.append(request.url) if request.method == "PATCH" else None)
    add.focus()
    agent.page.keyboard.press("Enter")
    agent.page.keyboard.type("Nobody")
    agent.page.keyboard.press("Escape")
    expect(add).to_be_focused()
    assert saves == []


def test_an_address_of_another_contact_says_whose_it_is_and_loses_nothing(people, demo):
    first, second = database.rows(demo.database, "SELECT * FROM contacts ORDER BY id LIMIT 2")
    agent = talk(people)
    # The address of a contact makes the visitor that contact; then it is the contact's that is edited.
    agent.edit_person("email", first["email"])
    expect(agent.panel).to_contain_text(f"{first['first_name']} {first['last_name']}")
    agent.panel.get_by_role("button", name=re.compile(re.escape(first["email"]))).click()
    box = agent.panel.get_by_role("textbox", name=agent.text("person.email"), exact=True)
    box.fill(second["email"])
    box.press("Enter")
    expect(agent.panel).to_contain_text(agent.text(
        "contact.existing", email=second["email"], name=f"{second['first_name']} {second['last_name']}"))
    expect(box).to_have_value(second["email"])
    expect(box).to_have_attribute("aria-invalid", "true")
    # Nothing is asked twice when the field is left, and the offer beside it makes the visitor that contact instead.
    name = f"{second['first_name']} {second['last_name']}"
    use = agent.panel.get_by_role("button", name=agent.text("contact.existing.use", name=name), exact=True)
    axe.check(agent.page)
    box.press("Tab")
    agent.page.keyboard.press("Tab")
    expect(use).to_be_focused()
    agent.page.keyboard.press("Enter")
    expect(agent.panel.get_by_role("link", name=name, exact=True)).to_be_visible()
    expect(box).to_be_hidden()
    expect(agent.panel.get_by_role("button", name=re.compile(re.escape(second["email"])))).to_be_visible()
    # Nobody else has changed.
    assert database.rows(demo.database, "SELECT email FROM contacts ORDER BY id LIMIT 2") == [
        {"email": first["email"]}, {"email": second["email"]}]


def test_an_amount_is_typed_in_the_style_of_the_page(people):
    agent = people.agent(locale="fr-FR")
    visitor = people.visitor()
    visitor.open()
    visitor.write("Combien ?")
    agent.open("Combien ?")
    dialog = agent.add_deal()
    for typed, read in [("1 250,5", "1\u202f250,50\u00a0$US"), ("1.250,50", "1\u202f250,50\u00a0$US"), ("80", "80\u00a0$US")]:
        dialog.value.fill(typed)
        expect(dialog.value).to_have_accessible_description(f"= {read}")
    # Twelve hundred and fifty, or one and a quarter: it is asked, not guessed.
    dialog.value.fill("1.250")
    dialog.submit.click()
    expect(dialog.value).to_have_attribute("aria-invalid", "true")
    expect(dialog.root).to_contain_text(agent.text("error.deal.value.ambiguous"))


def test_a_visitor_keeps_their_name_when_their_contact_has_none(people):
    agent = talk(people)
    agent.edit_person("name", "Bernadette Soubirous")
    dialog = agent.add_deal()
    dialog.title.fill("Without a name")
    # Begun anew by the address alone.
    dialog.root.get_by_role("button", name=agent.text("action.clear")).first.click()
    dialog.create(dialog.contact, "bernadette@example.com")
    dialog.value.fill("1")
    dialog.save()
    expect(agent.deal("Without a name")).to_be_visible()
    expect(agent.panel).to_contain_text("bernadette@example.com")
    expect(agent.panel.get_by_role("button", name=agent.text.pattern("panel.edit", label=agent.text("person.name")))).to_contain_text(
        "Bernadette Soubirous")


def test_who_bears_the_address_already_becomes_its_contact_by_a_merge(people, demo, program):
    # A visitor of one contact who left the address of another.
    first, second = database.rows(demo.database, "SELECT * FROM contacts WHERE first_name <> '' ORDER BY id LIMIT 2")
    agent = talk(people)
    agent.edit_person("email", first["email"])
    expect(agent.panel).to_contain_text(f"{first['first_name']} {first['last_name']}")
    [visitor] = database.rows(demo.database, "SELECT * FROM visitors ORDER BY id DESC LIMIT 1")
    moved = f"moved-{first['email']}"
    program.patch(f"/api/contacts/{first['id']}", {"email": moved})
    program.post("/api/contacts", {"email": first["email"], "firstName": "Second", "lastName": "Self"}, **{"Idempotency-Key": "second-self"})
    expect(agent.panel.get_by_role("button", name=re.compile(re.escape(moved)))).to_be_visible()
    agent.panel.get_by_role("button", name=re.compile(re.escape(moved))).click()
    box = agent.panel.get_by_role("textbox", name=agent.text("person.email"), exact=True)
    box.fill(first["email"])
    box.press("Enter")
    # The visitor bears that address as it is: to use it again would change nothing, so the two are made one.
    merge = agent.panel.get_by_role("button", name=agent.text("records.existing.merge", name="Second Self"), exact=True)
    expect(merge).to_be_visible()
    expect(agent.panel.get_by_role("button", name=agent.text("contact.existing.use", name="Second Self"), exact=True)).to_have_count(0)
    axe.check(agent.page)
    merge.click()
    dialog = agent.page.get_by_role("dialog").filter(has_text=agent.text("merge.submit"))
    dialog.get_by_role("button", name=agent.text("merge.submit"), exact=True).click()
    expect(dialog).to_be_hidden()
    expect(box).to_be_hidden()
    assert database.rows(demo.database, "SELECT contact_id FROM visitors WHERE id = ?", visitor["id"]) == [{"contact_id": first["id"]}]
    assert database.value(demo.database, "SELECT count(*) FROM contacts WHERE first_name = 'Second'") == 0
