"""What automations ask about fields of one's own and what they set in them: entered as each field's type is, and done for real."""

import datetime

import axe
import pytest
from automations import Automations
from harness import database
from harness.automations import key, until
from playwright.sync_api import expect

LANGUAGES = pytest.mark.parametrize("locale, number", [("en-US", "92.5"), ("fr-FR", "92,5")])


@pytest.fixture
def fields(program):
    """The demo's fields, by kind and name."""
    return {(each["kind"], each["name"]): each for each in program.get("/api/session")["fields"]}


def choice(field, name):
    return next(each["id"] for each in field["choices"] if each["name"] == name)


def add_deal(program, title, fields=None):
    pipeline = program.get("/api/session")["pipelines"][0]
    return program.post("/api/deals", {
        "title": title, "value": {"minor": 100, "currency": "USD"}, "pipelineID": pipeline["id"],
        "stageID": pipeline["stages"][0]["id"], "contact": {"new": {"name": "Ada Lovelace", "email": "ada@example.com"}},
        "fields": fields or {}}, **key())["deal"]["id"]


def choose_subject(page, test, field):
    label = page.text("automation.summary.field", field=field["name"], record=page.text(f"automation.record.{field['kind']}"))
    test.get_by_label(page.text("automation.test.subject"), exact=True).select_option(label=label)


@LANGUAGES
def test_a_condition_asks_about_each_type_of_field(people, demo, program, fields, locale, number):
    agent = people.agent(locale=locale)
    page = Automations(agent).open().begin()
    page.name.fill("Which ones")
    page.add_trigger("deal.created")
    page.insert("condition")
    machine, extras = fields["deal", "Machine"], fields["deal", "Extras"]
    soon = page.text("automation.day.way.in")
    # What to ask about, how, and with what; and how it is stored.
    cases = [
        (fields["deal", "On loan"], page.text("automation.is.equals"), page.text("automation.checkbox.true"), ("equals", "true")),
        (fields["deal", "Cups a day"], page.text("automation.is.at-least"), number, ("at-least", "92.5")),
        (fields["deal", "Deposit"], page.text("automation.is.less-than"), "300", ("less-than", {"minor": 30_000, "currency": "USD"})),
        (fields["deal", "Installation"], page.text("automation.is.date.less-than"), (soon, "7"), ("less-than", "%TODAY+7%")),
        (machine, page.text("automation.is.equals-not"), "Trio", ("equals-not", choice(machine, "Trio"))),
        (extras, page.text("automation.is.choices.equals"), "Training", ("equals", choice(extras, "Training"))),
        (fields["contact", "Takes their coffee"], page.text("automation.is.exists-not"), None, ("exists-not", None)),
    ]
    for index, (field, how, value, _) in enumerate(cases):
        if index > 0:
            page.button("automation.test.add").click()
        test = page.side.get_by_role("group", name=page.text("automation.test.number", number=index + 1))
        choose_subject(page, test, field)
        test.get_by_label(page.text("automation.test.is"), exact=True).select_option(label=how)
        box = test.get_by_label(page.text("automation.test.value"), exact=True)
        if value is None:
            expect(box).to_have_count(0)
        elif isinstance(value, tuple):
            box.select_option(label=value[0])
            test.get_by_label(page.text("automation.day.days"), exact=True).fill(value[1])
        elif field["type"] in ("choice", "choices", "checkbox"):
            box.select_option(label=value)
        else:
            box.fill(value)
    axe.check(agent.page)
    agent.page.keyboard.press("Escape")
    expect(page.card("condition")).to_contain_text(page.text("automation.checkbox.true"))
    expect(page.card("condition")).to_contain_text(number)
    expect(page.card("condition")).to_contain_text(page.text("automation.day.in", count=7))
    yes = page.flow.get_by_role("group", name=page.text.pattern("automation.place.yes"))
    yes.locator(".flow-plus").click()
    page.action("tag.add").click()
    page.setting("automation.on").select_option(label=page.text("automation.record.deal"))
    page.setting("automation.tag").fill("chosen")
    page.saved()
    expect(page.problems).to_have_count(0)
    page.turn(on=True)
    stored = next(each for each in program.get("/api/automations")["automations"] if each["name"] == "Which ones")
    tests = stored["definition"]["steps"][0]["tests"]
    assert [(test["is"], test.get("value")) for test in tests] == [case[3] for case in cases]
    # One deal that everything holds for, and one for which all but the checkbox does.
    day = (datetime.date.today() + datetime.timedelta(days=3)).isoformat()
    fitting = {str(field["id"]): value for field, value in [
        (fields["deal", "On loan"], True), (fields["deal", "Cups a day"], "100"),
        (fields["deal", "Deposit"], {"minor": 29_999, "currency": "USD"}), (fields["deal", "Installation"], day),
        (machine, choice(machine, "Duo")), (extras, [choice(extras, "Training"), choice(extras, "Trade-in")])]}
    chosen = add_deal(program, "Fits", fitting)
    other = add_deal(program, "Bought", {**fitting, str(fields["deal", "On loan"]["id"]): False})
    until(lambda: program.get(f"/api/deals/{chosen}")["tags"] == ["chosen"])
    page.show_runs()
    expect(page.runs).to_have_count(2)
    answers = []
    for index in range(2):
        page.runs.nth(index).click()
        expect(page.page.get_by_role("link", name=["Bought", "Fits"][index], exact=True)).to_be_visible()
        answers.append(page.run_steps.first.text_content())
    assert page.text("run.outcome.no") in answers[0] and page.text("run.outcome.yes") in answers[1]
    # Each step says what it asked, as long as nothing else was saved since.
    assert all(page.text("automation.checkbox.true") in answer for answer in answers)
    assert program.get(f"/api/deals/{other}")["tags"] == []


def test_a_test_that_lacks_its_value_says_so_beside_it(people):
    agent = people.agent()
    page = Automations(agent).open().begin()
    page.add_trigger("contact.created")
    page.insert("condition")
    page.setting("automation.test.value").fill("VIP")
    page.button("automation.test.add").click()
    agent.page.keyboard.press("Escape")
    expect(page.card("condition")).to_contain_text(page.text("error.automation.value.required"))
    page.problems.filter(has_text=page.text("error.automation.value.required")).click()
    second = page.side.get_by_role("group", name=page.text("automation.test.number", number=2))
    value = second.get_by_label(page.text("automation.test.value"), exact=True)
    expect(value).to_be_focused()
    expect(value).to_have_attribute("aria-invalid", "true")
    first = page.side.get_by_role("group", name=page.text("automation.test.number", number=1))
    expect(first.get_by_label(page.text("automation.test.value"), exact=True)).not_to_have_attribute("aria-invalid", "true")


def test_a_field_is_set_as_its_type_is_entered(people, demo, program, fields):
    agent = people.agent()
    page = Automations(agent).open().begin()
    page.name.fill("Fill it in")
    page.add_trigger("deal.created")
    machine, extras = fields["deal", "Machine"], fields["deal", "Extras"]
    new = page.text("automation.newValue")

    def begin(field):
        page.insert("field.set")
        page.setting("automation.on").select_option(label=page.text("automation.record.deal"))
        page.setting("automation.field").select_option(label=field)

    begin("Machine")
    page.side.get_by_label(new, exact=True).select_option(label="Duo")
    begin("Extras")
    group = page.side.get_by_role("group", name=new, exact=True)
    group.get_by_label("Training", exact=True).check()
    group.get_by_label("Travel frame", exact=True).check()
    begin("Installation")
    page.side.get_by_label(new, exact=True).select_option(label=page.text("automation.day.way.in"))
    page.side.get_by_label(page.text("automation.day.days"), exact=True).fill("3")
    axe.check(agent.page)
    begin("On loan")
    begin("Deposit")
    page.side.get_by_label(new, exact=True).fill("250")
    begin("Cups a day")
    page.side.get_by_label(new, exact=True).fill("eighty")
    # Words are no number, and that is told here, not when it is too late.
    expect(page.side.get_by_label(new, exact=True)).to_have_attribute("aria-invalid", "true")
    page.side.get_by_label(new, exact=True).fill("80")
    begin(page.text("automation.field.description"))
    page.side.get_by_label(new, exact=True).fill("For %FIRSTNAME%")
    page.saved()
    page.turn(on=True)
    deal = add_deal(program, "Filled in")
    wanted = {
        str(machine["id"]): choice(machine, "Duo"), str(extras["id"]): [choice(extras, "Training"), choice(extras, "Travel frame")],
        str(fields["deal", "On loan"]["id"]): True, str(fields["deal", "Deposit"]["id"]): {"minor": 25_000, "currency": "USD"},
        str(fields["deal", "Cups a day"]["id"]): "80"}
    until(lambda: program.get(f"/api/deals/{deal}")["description"] == "For Ada")
    values = program.get(f"/api/deals/{deal}")["fields"]
    day = values.pop(str(fields["deal", "Installation"]["id"]))
    assert values == wanted
    # The workspace is in London, as is the clock of whoever runs this at midnight.
    assert abs((datetime.date.fromisoformat(day) - datetime.date.today()).days - 3) <= 1
    assert database.value(demo.database, "SELECT count(*) FROM automation_runs WHERE status = 'failed' AND deal_id = ?", deal) == 0


def test_which_tag_cannot_stand_there_is_told_by_its_name(people):
    agent = people.agent(locale="fr-FR")
    page = Automations(agent).open().begin()
    page.add_trigger("contact.created")
    page.insert("agent.notify")
    # There is no deal where a contact is created.
    page.setting("automation.text").fill("%FULLNAME% et %DEAL_TITLE%, %PRENOM%")
    page.saved()
    fault = page.text("automation.fault.unknown-tag", tags="%DEAL_TITLE% et %PRENOM%")
    expect(page.side.get_by_text(fault)).to_be_visible()
    expect(page.problems.first).to_contain_text(fault)


def test_tasks_of_a_kind_of_ones_own_are_added_and_waited_for(people, program):
    agent = people.agent()
    page = Automations(agent).open().begin()
    page.name.fill("Measure it")
    page.add_trigger("deal.created")
    page.insert("task.add")
    page.setting("deal.title").fill("Measure the counter")
    kind = page.setting("automation.taskKind")
    expect(kind).to_have_value(page.text("task.kind.call"))
    kind.fill("Site visit")
    page.saved()
    page.turn(on=True)
    add_deal(program, "With a counter")
    until(lambda: "Site visit" in program.get("/api/tasks/kinds")["kinds"])
    # From then on it can be waited for.
    page.open().begin()
    page.add_trigger("task.done")
    page.setting("automation.taskKind").select_option(label="Site visit")
    page.saved()
    agent.page.keyboard.press("Escape")
    expect(page.card("task.done")).to_contain_text("Site visit")
