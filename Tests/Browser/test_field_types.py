"""Each of the eight types of fields of one's own, from the form by the table and its filters into a file."""

import csv
import io
import pathlib
import re

import axe
import pytest
from board import Board
from playwright.sync_api import expect
from test_fields import make

# What is typed and shown in each language; how it stands in a file; a filter that it passes, and one that it does not.
TYPES = {
    "text": ({"en": ("Oat milk", "Oat milk"), "fr": ("Oat milk", "Oat milk")}, "Oat milk", {"": "oat"}, {"": "soy"}),
    "long-text": ({"en": ("By the door", "By the door"), "fr": ("By the door", "By the door")}, "By the door", {"": "door"}, {"": "window"}),
    "number": ({"en": ("1,250.5", r"1,250\.5"), "fr": ("1 250,5", r"1\s250,5")}, "1250.5", {".from": "1250.5"}, {".to": "1250.4"}),
    "currency": ({"en": ("1,250.50", r"\$1,250\.50"), "fr": ("1250,50", r"1\s250,50\s\$US")}, "1250.50 USD", {".from": "125050", ".to": "125050"}, {".from": "125051"}),
    "date": ({"en": ("2027-03-01", r"Mar 1, 2027"), "fr": ("2027-03-01", r"1 mars 2027")}, "2027-03-01", {".to": "2027-03-01"}, {".from": "2027-03-02"}),
    "choice": ({"en": ("Gold", "Gold"), "fr": ("Gold", "Gold")}, "Gold", {"": "Gold"}, {"": "Tin"}),
    "choices": ({"en": ("Gold", "Gold"), "fr": ("Gold", "Gold")}, "Gold", {"": "Gold"}, {"": "Tin"}),
    "checkbox": ({"en": (True, "Checked|Yes"), "fr": (True, "Coch|Oui")}, "true", {"": "true"}, None),
}


@pytest.mark.parametrize("locale", ["en-US", "fr-FR"])
def test_each_type_is_entered_shown_filtered_and_exported(people, program, locale):
    for field in program.get("/api/fields")["fields"]:
        program.call("DELETE", f"/api/fields/{field['id']}?removeValues=true")
    agent = people.agent(locale=locale)
    text, language = agent.text, locale[:2]
    fields = {}
    for type in TYPES:
        choices = ["Gold", "Tin"] if type in ("choice", "choices") else []
        fields[type] = make(agent.page, "deal", type, f"Our {type}", choices)
    agent.page.reload()
    dialog = Board(agent).open().add_deal()
    dialog.title.fill("All of them")
    dialog.value.fill("10")
    dialog.create(dialog.contact, "ada@example.com")
    for type, (typed, *_) in TYPES.items():
        value = typed[language][0]
        if type == "choices":
            dialog.root.get_by_role("group", name="Our choices").get_by_label(value, exact=True).check()
        elif type == "checkbox":
            dialog.root.get_by_label("Our checkbox", exact=True).check()
        elif type == "choice":
            dialog.root.get_by_label("Our choice", exact=True).select_option(label=value)
        else:
            dialog.root.get_by_label(f"Our {type}", exact=True).fill(value)
    axe.check(agent.page)
    dialog.save()
    pipeline = program.get("/api/session")["pipelines"][0]["id"]

    def show(query):
        agent.page.evaluate("(hash) => { location.hash = hash }", f"#/pipelines/{pipeline}?view=table{query}")

    show("")
    agent.page.get_by_role("button", name=text("table.columns")).click()
    for type in TYPES:
        agent.page.get_by_role("checkbox", name=f"Our {type}", exact=True).check()
    agent.page.keyboard.press("Escape")
    row = agent.page.locator("tr[data-deal]").filter(has_text="All of them")
    for type, (typed, *_) in TYPES.items():
        expect(row).to_contain_text(re.compile(typed[language][1]))
    axe.check(agent.page)

    def query(type, condition):
        field = fields[type]
        names = {choice["name"]: choice["id"] for choice in field["choices"]}
        return "".join(f"&field.{field['id']}{end}={names.get(value, value)}" for end, value in condition.items())

    for type, (_, _, passed, failed) in TYPES.items():
        show(query(type, passed))
        expect(agent.page.locator("tr[data-deal]")).to_have_count(1)
        expect(row).to_be_visible()
        if failed:
            show(query(type, failed))
            expect(row).to_have_count(0)
    # What all of the filters leave, as a file.
    show("".join(query(type, passed) for type, (_, _, passed, _) in TYPES.items()))
    expect(row).to_be_visible()
    agent.page.get_by_role("button", name=text("csv.menu")).click()
    with agent.page.expect_download() as begun:
        agent.page.get_by_role("menuitem", name=text("csv.export")).click()
    file = pathlib.Path(begun.value.path()).read_text(encoding="utf-8-sig")
    [exported] = csv.DictReader(io.StringIO(file))
    assert {type: exported[f"Our {type}"] for type in TYPES} == {type: cell for type, (_, cell, _, _) in TYPES.items()}
