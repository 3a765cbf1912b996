"""Accessibility by axe-core: WCAG 2.2, levels A and AA."""

import pathlib

import axe_playwright_python

SCRIPT = (pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """
  async (rules) => {
    const settled = document.getAnimations().filter((each) => each.effect.getComputedTiming().iterations !== Infinity)
    await Promise.allSettled(settled.map((each) => each.finished))
    return (await axe.run(document, {runOnly: {type: 'tag', values: rules}, iframes: false, resultTypes: ['violations']})).violations
  }
"""


def violations(page):
    """What axe has to say against a page and every frame in it, once nothing moves in them any more."""
    found = []
    for frame in page.frames:
        frame.evaluate(SCRIPT)
        for violation in frame.evaluate(RUN, RULES):
            for node in violation["nodes"]:
                found.append(f"{violation['id']}: {node['target']} {node['html'][:160]} ({node['failureSummary']})")
    return found


def check(page):
    found = violations(page)
    assert not found, "\n".join(found)
