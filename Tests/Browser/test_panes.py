"""The three panes: resized by pointer and keyboard, and never at the cost of the thread."""

import pytest


def widths(agent):
    return {name: pane.bounding_box()["width"] for name, pane in
            (("list", agent.page.get_by_role("region", name=agent.text("inbox.list"), exact=True)),
             ("thread", agent.thread), ("panel", agent.panel))}


def splitter(agent, which):
    return agent.page.get_by_role("separator", name=agent.text(f"inbox.resize{which}"))


@pytest.fixture
def agent(people):
    agent = people.agent()
    agent.open("Gwen Abernathy")
    return agent


def test_a_pane_follows_the_pointer_and_keeps_its_width_through_a_reload(agent):
    line = splitter(agent, "List")
    box = line.bounding_box()
    agent.page.mouse.move(box["x"], box["y"] + 200)
    agent.page.mouse.down()
    agent.page.mouse.move(box["x"] + 60, box["y"] + 200, steps=4)
    agent.page.mouse.up()
    width = widths(agent)["list"]
    assert width == float(line.get_attribute("aria-valuenow"))
    agent.page.reload()
    agent.log.wait_for()
    assert widths(agent)["list"] == width


def test_the_widest_panes_leave_the_thread_its_room_in_any_window_and_are_as_wide_again_in_a_large_one(agent):
    for which in ("List", "Panel"):
        splitter(agent, which).press("End")
    chosen = widths(agent)
    for width in (1440, 1280, 1130):
        agent.page.set_viewport_size({"width": width, "height": 900})
        assert widths(agent)["thread"] >= 370
    agent.page.set_viewport_size({"width": 1440, "height": 900})
    assert widths(agent) == chosen
