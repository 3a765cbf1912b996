"""The funnel of a pipeline and the time in its stages: read by eye, by ear and by keyboard, opened to the deals, taken away as a file."""

import csv
import io
import re

import axe
import pytest
from harness.interface import Interface
from playwright.sync_api import expect


class StageReports:
    def __init__(self, agent):
        self.page = agent.page
        self.text = agent.text
        self.url = agent.url

    def open(self, report, **query):
        """By the rail and the tabs."""
        self.page.get_by_role("link", name=self.text("nav.reports")).click()
        self.page.get_by_role("navigation", name=self.text("nav.reports")).get_by_role("link", name=self.text(f"report.{report}"), exact=True).click()
        expect(self.page.get_by_role("heading", name=self.text(f"{report}.title"))).to_be_visible()
        return self

    @property
    def chart(self):
        return self.page.get_by_role("group", name=self.text.pattern("funnel.figure"))

    def stage(self, name):
        return self.chart.get_by_role("button", name=f"{name}:")

    def row(self, name):
        return self.page.get_by_role("row").filter(has=self.page.get_by_role("rowheader", name=name))

    @property
    def dialog(self):
        return self.page.get_by_role("dialog")

    def export(self):
        with self.page.expect_download() as download:
            self.page.get_by_role("link", name=self.text("report.export")).click()
        with open(download.value.path(), newline="") as file:
            return download.value.suggested_filename, list(csv.DictReader(io.StringIO(file.read())))


@pytest.fixture
def pipeline(demo):
    """A pipeline with four deals: one won after its second stage, one moved on, one lost, one that stays."""
    owner = Interface(demo.url)
    owner.cookie = demo.cookies[0]
    pipeline = owner.post("/api/pipelines", {"name": "Rentals", "currency": "USD"})
    deals = [
        owner.post("/api/deals", {
            "title": f"Rental {number}", "value": {"minor": 100_000 * number, "currency": "USD"}, "ownerID": 1,
            "pipelineID": pipeline["id"], "stageID": pipeline["stages"][0]["id"], "origin": "account",
            "account": {"new": {"name": f"Renter {number}"}}}, **{"Idempotency-Key": f"rental-{number:06}"})["deal"]["id"]
        for number in range(1, 5)]
    second, third = (stage["id"] for stage in pipeline["stages"][1:])
    owner.patch(f"/api/deals/{deals[0]}", {"stageID": second})
    owner.patch(f"/api/deals/{deals[0]}", {"status": "won"})
    owner.patch(f"/api/deals/{deals[1]}", {"stageID": third})
    owner.patch(f"/api/deals/{deals[2]}", {"status": "lost", "lostReason": "Too dear"})
    return pipeline


def choose(reports, pipeline):
    reports.page.get_by_role("combobox", name=reports.text("report.pipeline")).select_option(label=pipeline["name"])
    expect(reports.page).to_have_url(re.compile(f"pipeline={pipeline['id']}"))


@pytest.mark.parametrize("language, entered, onward", [
    ("en-US", "4 deals entered, worth $10,000.", "Conversion 50%."), ("fr-FR", "4 affaires entrées, pour", "Conversion : 50 %.")])
def test_the_funnel_stands_in_the_chart_and_in_the_table(people, pipeline, language, entered, onward):
    agent = people.agent(locale=language)
    reports = StageReports(agent).open("funnel")
    choose(reports, pipeline)
    first = reports.chart.get_by_role("button").first
    expect(first).to_have_accessible_name(re.compile(f"{re.escape(entered)}.*{loosely(onward)}"))
    expect(reports.row("To Contact")).to_contain_text("4")
    reports.page.get_by_role("button", name=reports.text("report.table"), exact=True).click()
    expect(reports.row("In Contact").get_by_role("cell").nth(3)).to_have_text("1")
    axe.check(agent.page)
    reports.page.get_by_role("button", name=reports.text("report.chart"), exact=True).click()
    expect(reports.chart).to_be_visible()
    axe.check(agent.page)


def loosely(text):
    """Whatever space there is between words."""
    return r"\s*".join(re.escape(word) for word in text.split())


def test_one_walks_the_funnel_by_keyboard_and_opens_its_deals(people, pipeline):
    agent = people.agent()
    reports = StageReports(agent).open("funnel")
    choose(reports, pipeline)
    tip, keys = agent.page.locator(".funnel-tip"), agent.page.keyboard
    expect(reports.stage("To Contact")).to_have_accessible_name(re.compile("4 deals"))
    reports.stage("To Contact").focus()
    keys.press("ArrowDown")
    expect(reports.stage("In Contact")).to_be_focused()
    expect(tip).to_contain_text("Won")
    expect(tip).to_contain_text("1 · $1,000")
    keys.press("Home")
    expect(tip).to_contain_text("2 · $3,000")
    keys.press("Enter")
    expect(reports.dialog.get_by_role("listitem")).to_have_count(4)
    axe.check(agent.page)
    reports.dialog.get_by_role("button", name="Lost · 1").click()
    expect(reports.dialog.get_by_role("listitem")).to_contain_text("Rental 3")
    keys.press("Escape")
    expect(reports.stage("To Contact")).to_be_focused()
    reports.stage("Follow Up").hover()
    expect(tip).to_contain_text("Still there")
    reports.stage("Follow Up").click()
    reports.dialog.get_by_role("link", name=re.compile("Rental 2")).click()
    expect(agent.page).to_have_url(re.compile(r"#/deals/\d+"))


def test_a_move_elsewhere_shows_in_the_funnel(people, pipeline, demo):
    reports = StageReports(people.agent()).open("funnel")
    choose(reports, pipeline)
    expect(reports.stage("Follow Up")).to_have_accessible_name(re.compile("1 deal entered"))
    other = Interface(demo.url)
    other.cookie = demo.cookies[1]
    last = other.get(f"/api/deals?pipeline={pipeline['id']}&stage={pipeline['stages'][0]['id']}")["deals"][0]
    other.post(f"/api/deals/{last['id']}/move", {"stageID": pipeline["stages"][2]["id"], "after": None})
    expect(reports.stage("Follow Up")).to_have_accessible_name(re.compile("2 deals entered"))


def test_the_files_hold_what_is_shown(people, pipeline):
    reports = StageReports(people.agent()).open("funnel")
    choose(reports, pipeline)
    expect(reports.stage("To Contact")).to_have_accessible_name(re.compile("4 deals"))
    name, rows = reports.export()
    assert name.startswith("funnel-")
    assert [(row["stage"], row["entered_deals"], row["onward_deals"], row["won_value"], row["lost_deals"]) for row in rows] == [
        ("To Contact", "4", "2", "0.00", "1"), ("In Contact", "1", "0", "1000.00", "0"), ("Follow Up", "1", "0", "0.00", "0")]
    reports.page.get_by_role("link", name=reports.text("report.times")).click()
    expect(reports.row("To Contact")).to_be_visible()
    name, rows = reports.export()
    assert name.startswith("stage-times-")
    assert [(row["stage"], row["left_deals"], row["there_deals"]) for row in rows] == [
        ("To Contact", "3", "1"), ("In Contact", "1", "0"), ("Follow Up", "0", "1")]


@pytest.mark.parametrize("language", ["en-US", "fr-FR"])
def test_the_time_in_each_stage(people, pipeline, language):
    agent = people.agent(locale=language)
    reports = StageReports(agent).open("times")
    choose(reports, pipeline)
    cells = reports.row("To Contact").get_by_role("cell")
    expect(cells.nth(2)).to_have_text("3")
    expect(cells.nth(0)).to_contain_text("0 minute")
    axe.check(agent.page)
    cells.nth(3).get_by_role("button").click()
    expect(reports.dialog.get_by_role("listitem")).to_contain_text("Rental 4")
    axe.check(agent.page)


def test_a_range_in_which_nothing_moved_is_told(people, pipeline):
    agent = people.agent()
    reports = StageReports(agent).open("funnel")
    agent.page.goto(f"{agent.url}/#/reports/funnel?from=2019-01-01&to=2019-01-31")
    expect(agent.page.get_by_text(reports.text("funnel.empty"), exact=True)).to_be_visible()
    axe.check(agent.page)


@pytest.mark.parametrize("width, scheme", [(1440, "light"), (1024, "dark"), (390, "light")])
@pytest.mark.parametrize("report", ["funnel", "times"])
def test_every_size_is_accessible(people, report, scheme, width):
    agent = people.agent(color_scheme=scheme, viewport={"width": width, "height": 844})
    reports = StageReports(agent).open(report)
    expect(reports.page.get_by_role("rowheader", name="To Contact")).to_be_attached()
    axe.check(agent.page)
    assert agent.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert agent.page.locator(".report").evaluate("each => each.scrollWidth <= each.clientWidth")
