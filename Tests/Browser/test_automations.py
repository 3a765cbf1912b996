"""Automations: built by mouse and by keyboard, saved as one edits, and done for real."""

import json

import axe
import pytest
from automations import Automations
from board import Finger
from harness import database
from playwright.sync_api import expect

SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def definition(demo, name):
    return json.loads(database.value(demo.database, "SELECT definition FROM automations WHERE name = ?", name))


def test_a_flow_is_built_by_keyboard_alone(people, demo):
    agent = people.agent()
    page = Automations(agent).open()
    keys = agent.page.keyboard
    page.button("automation.add").focus()
    keys.press("Enter")
    expect(page.flow).to_be_visible()
    page.flow.get_by_role("button", name=page.text("automation.trigger.add")).focus()
    keys.press("Enter")
    keys.type("contact created")
    keys.press("Enter")
    expect(page.card("contact.created")).to_be_visible()
    keys.press("Escape")
    expect(page.card("contact.created")).to_be_focused()
    # From card to place by arrows, and a step inserted there.
    for kind in ("wait", "end"):
        page.last_place.focus()
        keys.press("Enter")
        keys.type(page.kind(kind))
        keys.press("Enter")
        expect(page.card(kind)).to_be_visible()
        keys.press("Escape")
        expect(page.card(kind)).to_be_focused()
    page.card("wait").focus()
    keys.press("Control+d")
    expect(page.flow.locator('[data-kind="wait"]')).to_have_count(2)
    keys.press("Escape")
    keys.press("Space")
    expect(agent.page.locator("#alarm")).to_contain_text(page.text("automation.lifted.keys"))
    keys.press("ArrowUp")
    expect(agent.page.locator("#alarm")).to_contain_text(page.text("automation.place.first"))
    keys.press("Escape")
    expect(agent.page.locator("#alarm")).to_have_text(page.text("automation.lifted.cancelled"))
    assert page.kinds == ["wait", "wait", "end"]
    page.card("end").focus()
    keys.press("Space")
    keys.press("ArrowUp")
    keys.press("ArrowUp")
    keys.press("Space")
    assert page.kinds == ["end", "wait", "wait"]
    expect(page.card("end")).to_be_focused()
    keys.press("Control+z")
    assert page.kinds == ["wait", "wait", "end"]
    keys.press("Control+Shift+z")
    assert page.kinds == ["end", "wait", "wait"]
    keys.press("Delete")
    assert page.kinds == ["wait", "wait"]
    agent.page.get_by_role("button", name=page.text("action.undo"), exact=True).click()
    assert page.kinds == ["end", "wait", "wait"]
    page.saved()
    assert [step["kind"] for step in definition(demo, page.text("automation.untitled"))["steps"]] == ["end", "wait", "wait"]


def drag(page, source, target):
    source.scroll_into_view_if_needed()
    start, end = source.bounding_box(), target.bounding_box()
    page.mouse.move(start["x"] + 40, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(start["x"] + 60, start["y"] + start["height"] / 2 + 12, steps=3)
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=8)
    page.mouse.up()


def test_steps_are_dragged_from_the_menu_and_within_the_flow(people):
    agent = people.agent()
    page = Automations(agent).open().begin()
    drag(agent.page, page.action("condition"), page.last_place)
    expect(page.card("condition")).to_be_visible()
    agent.page.keyboard.press("Escape")
    yes = page.flow.get_by_role("group", name=page.text.pattern("automation.place.yes"))
    no = page.flow.get_by_role("group", name=page.text.pattern("automation.place.no"))
    drag(agent.page, page.action("conversation.complete"), no.locator(".flow-plus"))
    expect(no.locator('[data-kind="conversation.complete"]')).to_be_visible()
    agent.page.keyboard.press("Escape")
    drag(agent.page, page.card("conversation.complete"), yes.locator(".flow-plus"))
    expect(yes.locator('[data-kind="conversation.complete"]')).to_be_visible()
    expect(no.locator(".flow-card")).to_have_count(0)
    # What is let go of beside the flow, or taken back, stays where it was.
    box = page.card("conversation.complete").bounding_box()
    agent.page.mouse.move(box["x"] + 40, box["y"] + 20)
    agent.page.mouse.down()
    agent.page.mouse.move(box["x"] + 40, box["y"] + 120, steps=5)
    agent.page.keyboard.press("Escape")
    agent.page.mouse.up()
    expect(yes.locator('[data-kind="conversation.complete"]')).to_be_visible()
    page.saved()


def test_a_long_press_drags_a_step_on_a_phone(people, demo):
    agent = people.agent(**PHONE)
    page = Automations(agent).open().begin()
    for kind in ("wait", "conversation.complete"):
        page.insert(kind)
        page.side.get_by_role("button", name=page.text("action.close")).click()
        expect(page.side).to_be_hidden()
    page.saved()
    card = page.flow.locator('.flow-card[data-kind="conversation.complete"]')
    # By its name: what others hear of the save may draw it anew just then.
    agent.page.evaluate("document.querySelector('.flow-card[data-kind=\"conversation.complete\"]').scrollIntoView({block: 'nearest'})")
    start, end = card.bounding_box(), page.place(page.text("automation.place.first")).bounding_box()
    finger = Finger(agent.page)
    finger.press(start["x"] + 60, start["y"] + 20)
    expect(agent.page.locator(".flow-ghost")).to_be_visible()
    finger.move(start["x"] + 60, start["y"] - 20)
    finger.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2)
    expect(page.flow.locator(".is-target")).to_have_count(1)
    finger.lift()
    expect(agent.page.locator(".flow-ghost")).to_have_count(0)
    assert page.kinds == ["conversation.complete", "wait"]
    # The finger has dragged, and pressed nothing.
    expect(page.side).to_be_hidden()
    page.saved()
    steps = definition(demo, page.text("automation.untitled"))["steps"]
    assert [step["kind"] for step in steps] == ["conversation.complete", "wait"]


def test_what_is_wrong_is_shown_at_the_step_and_keeps_it_off(people):
    agent = people.agent()
    page = Automations(agent).open().begin()
    expect(page.problems).to_have_count(2)
    page.add_trigger("tag.added")
    page.insert("agent.notify")
    agent.page.keyboard.press("Escape")
    expect(page.problems).to_have_count(2)
    expect(page.card("agent.notify")).to_contain_text(page.text("error.automation.text.required"))
    axe.check(agent.page)
    page.switch.click()
    expect(agent.page.get_by_text(page.text("automation.on.invalid")).first).to_be_visible()
    expect(page.switch).not_to_be_checked()
    # It goes to the first of them.
    expect(page.setting("automation.tag")).to_be_visible()
    page.setting("automation.tag").fill("vip")
    expect(page.problems).to_have_count(1)
    page.problems.first.click()
    expect(page.setting("automation.text")).to_be_focused()
    page.setting("automation.text").fill("Look at %NOBODY%")
    expect(page.setting("automation.text")).to_have_attribute("aria-invalid", "true")
    page.setting("automation.text").fill("Look at %FULLNAME%")
    expect(page.problems).to_have_count(0)
    page.turn(on=True)
    page.turn(on=False)


def test_a_draft_survives_a_lost_network_and_a_reload(people, demo, network):
    agent = people.agent()
    page = Automations(agent).open().begin("unanswered")
    page.saved()
    network.cut()
    page.card("conversation.unanswered").click()
    page.setting("automation.minutes").fill("30")
    page.saved("offline")
    page.name.fill("Written offline")
    network.restore()
    agent.page.reload()
    page.saved()
    expect(page.name).to_have_value("Written offline")
    expect(page.card("conversation.unanswered")).to_contain_text("30")
    assert definition(demo, "Written offline")["triggers"][0]["minutes"] == 30


def test_what_is_typed_in_the_dialog_of_a_deal_survives_a_reload(people):
    agent = people.agent()
    page = Automations(agent).open().begin()
    page.insert("deal.add")
    page.deal_setting("deal.title").fill("Half a deal")
    page.deal_setting("deal.value").fill("a lot")
    agent.page.reload()
    expect(page.deal_setting("deal.title")).to_have_value("Half a deal")
    expect(page.deal_setting("deal.value")).to_have_value("a lot")
    page.save_deal()
    expect(page.card("deal.add")).to_contain_text("Half a deal")
    expect(page.problems.filter(has_text=page.text("error.automation.unreadable"))).to_be_visible()
    page.card("deal.add").click()
    expect(page.deal_setting("deal.value")).to_have_attribute("aria-invalid", "true")
    page.deal_setting("deal.value").fill("12")
    page.deal_dialog.get_by_role("button", name=page.text("action.cancel"), exact=True).click()
    agent.page.get_by_role("button", name=page.text("action.undo"), exact=True).click()
    expect(page.deal_setting("deal.value")).to_have_value("12")


def test_two_who_edit_the_same_decide_whose_stays(people, demo, network):
    first = Automations(people.agent()).open().begin("won")
    second = Automations(people.agent())
    second.page.goto(first.page.url)
    expect(second.card("tag.add")).to_be_visible()
    # Whoever has changed nothing sees what the other does.
    first.name.fill("Seen by both")
    expect(second.name).to_have_value("Seen by both")
    # Whoever has, is asked.
    second.page.context.set_offline(True)
    second.card("tag.add").click()
    second.setting("automation.tag").fill("mine")
    second.saved("offline")
    first.card("tag.add").click()
    first.setting("automation.tag").fill("theirs")
    first.saved()
    second.page.context.set_offline(False)
    second.saved("conflict")
    axe.check(second.page)
    second.button("automation.conflict.mine").click()
    second.saved()
    expect(first.setting("automation.tag")).to_have_value("mine")
    assert definition(demo, "Seen by both")["steps"][0]["tag"] == "mine"


def test_an_automation_is_duplicated_and_deleted(people, demo):
    agent = people.agent()
    page = Automations(agent).open().begin("followUp")
    page.saved()
    name = page.text("automation.recipe.followUp")
    page.open()
    page.row(name).get_by_role("button").click()
    agent.page.get_by_role("menuitem", name=page.text("automation.duplicate")).click()
    expect(page.name).to_have_value(page.text("automation.copyOf", name=name))
    page.open()
    page.row(page.text("automation.copyOf", name=name)).get_by_role("button").click()
    agent.page.get_by_role("menuitem", name=page.text("action.delete")).click()
    agent.page.get_by_role("button", name=page.text("action.delete"), exact=True).click()
    expect(page.row(page.text("automation.copyOf", name=name))).to_have_count(0)
    expect(page.row(name)).to_have_count(1)


def test_an_agent_is_notified_and_finds_it_behind_the_bell(people):
    owner = people.agent()
    page = Automations(owner).open().begin()
    page.add_trigger("visitor.wrote")
    page.insert("agent.notify")
    page.setting("automation.notify.whom").select_option(label=people.agents[1]["name"])
    page.setting("automation.text").fill("Somebody wrote")
    page.saved()
    page.turn(on=True)
    other = people.agent(1)
    bell = other.page.get_by_role("button", name=other.text("notifications.title"))
    expect(bell).to_be_visible()
    visitor = people.visitor()
    visitor.open()
    visitor.write("Anybody there?")
    expect(other.page.locator("#toasts")).to_contain_text("Somebody wrote")
    bell = other.page.get_by_role("button", name=other.text("notifications.unread", count=1))
    bell.click()
    panel = other.page.get_by_role("dialog", name=other.text("notifications.title"))
    expect(panel).to_contain_text("Somebody wrote")
    axe.check(other.page)
    # Whoever goes elsewhere leaves it behind.
    other.page.evaluate("location.hash = '#/tasks'")
    expect(panel).to_be_hidden()
    bell = other.page.get_by_role("button", name=other.text("notifications.title"))
    bell.click()
    panel.get_by_role("link", name="Somebody wrote").click()
    expect(other.message("Anybody there?")).to_be_visible()
    expect(other.page.get_by_role("button", name=other.text("notifications.title"))).to_be_visible()


def test_a_run_waits_is_stopped_and_stands_on_the_contact(people, demo):
    owner = people.agent()
    page = Automations(owner).open().begin()
    page.name.fill("Slowly")
    page.add_trigger("deal.created")
    page.insert("wait")
    page.saved()
    page.turn(on=True)
    contact = database.rows(demo.database, "SELECT id FROM contacts ORDER BY id LIMIT 1")[0]["id"]
    owner.page.goto(f"{owner.url}/#/contacts/{contact}/deals")
    owner.page.get_by_role("region", name=owner.text("deal.deals")).get_by_role("button", name=owner.text("deal.add"), exact=True).click()
    owner.deal_dialog.title.fill("A slow one")
    owner.deal_dialog.value.fill("10")
    owner.deal_dialog.save()
    owner.page.goto(f"{owner.url}/#/contacts/{contact}/activity")
    owner.page.get_by_role("link", name="Slowly").click()
    # Behind the wait there is nothing more: it stands there alone.
    expect(page.run_steps).to_have_count(1)
    expect(page.run_steps.first).to_contain_text(page.kind("wait"))
    expect(page.page.get_by_role("link", name="A slow one")).to_be_visible()
    page.button("run.stop").click()
    expect(page.button("run.stop")).to_be_hidden()
    expect(page.runs.first).to_contain_text(page.text("run.status.stopped"))


def test_a_failed_run_is_tried_again_from_its_page(people, demo):
    owner = people.agent()
    page = Automations(owner).open()
    page.row("Looked at the prices").get_by_role("link").click()
    page.show_runs()
    failed = page.text("run.filter", status=page.text("run.filter.failed"), count=1)
    owner.page.get_by_role("button", name=failed, exact=True).click()
    expect(page.runs).to_have_count(1)
    page.runs.first.click()
    shown = owner.page.get_by_role("region", name=page.text("run.run"), exact=True)
    expect(shown.get_by_text(page.text("error.deal.stage.unknown")).first).to_be_visible()
    page.button("run.retry").click()
    expect(page.button("run.retry")).to_be_hidden()
    # It goes on with the step that failed, and does what comes behind it.
    expect(page.run_steps.last).to_contain_text(page.kind("task.add"))
    assert page.run_steps.filter(has_text=page.kind("deal.add")).count() == 2
    expect(owner.page.get_by_role("link", name=page.text("run.deal"))).to_be_visible()
    expect(shown.get_by_text(page.text("run.status.done"), exact=True).first).to_be_visible()
    # It is none of the failed ones any more.
    expect(page.runs).to_have_count(0)
    assert database.value(demo.database, "SELECT count(*) FROM deals WHERE title = 'Nora Fitzgerald looks at prices'") == 1


@SCHEMES
def test_every_state_of_the_builder_is_accessible(people, scheme):
    agent = people.agent(color_scheme=scheme)
    page = Automations(agent).open()
    axe.check(agent.page)
    page.begin("followUp")
    axe.check(agent.page)
    page.card("condition").click()
    axe.check(agent.page)
    page.insert("deal.add")
    axe.check(agent.page)
    agent.page.keyboard.press("Escape")
    page.show_runs()
    expect(agent.page.get_by_text(page.text("run.none"))).to_be_visible()
    axe.check(agent.page)


def test_a_phone_builds_in_a_sheet(people):
    agent = people.agent(**PHONE)
    page = Automations(agent).open().begin()
    axe.check(agent.page)
    page.add_trigger("contact.created")
    page.side.get_by_role("button", name=page.text("action.close")).click()
    page.last_place.click()
    # The menu is whole: no keyboard comes up unasked.
    expect(page.side.get_by_role("heading", name=page.text("automation.palette.steps"))).to_be_focused()
    page.action("condition").click()
    expect(page.side).to_be_visible()
    axe.check(agent.page)
    page.side.get_by_role("button", name=page.text("action.close")).click()
    expect(page.side).to_be_hidden()
    expect(page.card("condition")).to_be_focused()
    assert agent.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_who_is_no_owner_is_told_so(people):
    agent = people.agent(1)
    agent.page.goto(f"{agent.url}/#/automations")
    expect(agent.page.get_by_role("heading", name=agent.text("automation.denied"))).to_be_visible()


# Steps put anywhere and taken anywhere, as a hand at play would: none is lost, none is doubled, and nothing changes what was.
MOVES = """async () => {
  const { duplicateStep, insertStep, moveStep, placesOf, removeStep, stepsOf } = await import('/app/automations/flow.js');
  let seed = 7;
  const any = (list) => list[(seed = (seed * 48271) % 2147483647) % list.length];
  const ids = (flow) => [...stepsOf(flow)].map(({ step }) => step.id).sort().join();
  let flow = { triggers: [], steps: [] };
  for (let round = 0; round < 3000; round += 1) {
    const before = JSON.stringify(flow);
    const steps = [...stepsOf(flow)].map(({ step }) => step);
    let next = flow;
    if (steps.length < 3) {
      next = insertStep(flow, any(placesOf(flow)), any([
        { id: `w${round}`, kind: 'wait' }, { id: `c${round}`, kind: 'condition', yes: [], no: [] }]));
    } else if (round % 50 === 0 && steps.length < 25) {
      next = duplicateStep(flow, any(steps).id).flow;
      if (new Set(ids(next).split(',')).size !== [...stepsOf(next)].length) return `doubled: ${before}`;
    } else if (round % 170 === 0) {
      next = removeStep(flow, any(steps).id);
    } else {
      const { id } = any(steps);
      next = moveStep(flow, id, any(placesOf(flow, id)));
      if (ids(next) !== ids(flow)) return `lost: ${before}`;
    }
    if (JSON.stringify(flow) !== before) return `changed: ${before}`;
    flow = next;
  }
  return '';
}"""


def test_no_move_loses_or_doubles_a_step(people):
    assert people.agent().page.evaluate(MOVES) == ""
