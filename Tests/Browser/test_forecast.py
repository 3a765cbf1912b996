"""The deal forecast: read by eye, by ear and by keyboard, opened to its deals, taken away as a file, and kept true."""

import contextlib
import csv
import datetime
import io
import re
import sqlite3

import axe
import pytest
from forecast import Forecast
from playwright.sync_api import expect

# A range of its own, far from what the demo holds, so that only these deals are in it.
RANGE = "from=2031-01-01&to=2031-03-31&by=month"


def plant(demo, *deals):
    """Adds deals of (title, minor units, currency, status, close date, moment of closing) as if they had come to be so: no
    interface lets one win a deal in a year that has not come."""
    with contextlib.closing(sqlite3.connect(demo.database, timeout=10)) as connection, connection:
        connection.execute("UPDATE stages SET probability = 25")
        for title, minor, currency, status, close_on, closed_at in deals:
            connection.execute(
                """
                INSERT INTO deals (title, description, value_minor, currency, owner_id, pipeline_id, stage_id, status,
                    forecasted_close_on, closed_at, contact_id, created_by, created_at)
                  SELECT ?, '', ?, ?, 2, pipeline_id, id, ?, ?, ?, 1, 1, 1795000000000 FROM stages ORDER BY id LIMIT 1
                """, (title, minor, currency, status, close_on, closed_at and int(closed_at.timestamp() * 1000)))


@pytest.fixture
def planted(demo):
    """Tom's deals of early 2031: one open in January, one in February, one that was won then; and a great one in euros."""
    plant(
        demo, ("January", 100_000, "USD", "open", "2031-01-31", None), ("February", 240_050, "USD", "open", "2031-02-01", None),
        ("Leap", 900_719_925_474_099, "EUR", "open", "2031-02-28", None),
        ("Taken", 50_000, "USD", "won", "2031-02-10", datetime.datetime(2031, 2, 10, 12, tzinfo=datetime.timezone.utc)))


@pytest.mark.parametrize("language, january, february, amount", [
    ("en-US", "January 2031", "February 2031", r"\$2,400\.50"), ("fr-FR", "Janvier 2031", "Février 2031", r"2\s400,50")])
def test_the_figures_stand_in_the_chart_and_in_the_table(people, planted, language, january, february, amount):
    agent = people.agent(locale=language)
    forecast = Forecast(agent).open(RANGE)
    expect(forecast.columns).to_have_count(3)
    expect(forecast.figure("open")).to_contain_text(re.compile(r"3\D400[.,]50"))
    # A quarter of 3,400.50 is 850.125: a half is rounded up.
    expect(forecast.figure("weighted")).to_contain_text(re.compile("850[.,]13"))
    # Heard: the column says its figures, and the same stand in a table that is not seen.
    expect(forecast.column(february)).to_have_accessible_name(re.compile(amount))
    expect(forecast.row(january)).to_contain_text(re.compile(r"1\D000"))
    forecast.show_as("table")
    expect(forecast.table).to_be_visible()
    expect(forecast.row(february)).to_contain_text(re.compile(amount))
    axe.check(agent.page)
    forecast.show_as("chart")
    expect(forecast.columns.first).to_be_visible()
    # Without a floating-point number on the way.
    forecast.choose_currency("EUR")
    expect(forecast.figure("open")).to_contain_text(re.compile(r"9\D007\D199\D254\D740[.,]99"))


def test_one_walks_the_chart_by_keyboard_and_opens_its_deals(people, planted):
    agent = people.agent()
    forecast = Forecast(agent).open(RANGE)
    keys = agent.page.keyboard
    forecast.columns.first.focus()
    expect(forecast.tip).to_contain_text("January 2031")
    keys.press("ArrowRight")
    expect(forecast.columns.nth(1)).to_be_focused()
    expect(forecast.tip).to_contain_text("$2,400.50")
    keys.press("End")
    expect(forecast.columns.nth(2)).to_be_focused()
    keys.press("ArrowRight")
    expect(forecast.columns.nth(2)).to_be_focused()
    keys.press("ArrowLeft")
    keys.press("Enter")
    expect(forecast.dialog).to_be_visible()
    expect(forecast.dialog.get_by_role("listitem")).to_contain_text("February")
    axe.check(agent.page)
    forecast.dialog.get_by_role("button", name="Won · 1").click()
    expect(forecast.dialog.get_by_role("listitem")).to_contain_text("Taken")
    keys.press("Escape")
    expect(forecast.columns.nth(1)).to_be_focused()
    keys.press("Enter")
    forecast.dialog.get_by_role("link").click()
    expect(agent.page).to_have_url(re.compile(r"#/deals/\d+"))


def test_the_pointer_shows_the_figures_of_a_period(people, planted):
    forecast = Forecast(people.agent()).open(RANGE)
    forecast.column("January 2031").hover()
    expect(forecast.tip).to_contain_text("$1,000")
    expect(forecast.tip).to_contain_text("$250")
    forecast.page.mouse.move(0, 0)
    expect(forecast.tip).to_be_hidden()


def test_the_filter_stands_in_the_address(people, planted):
    forecast = Forecast(people.agent()).open(RANGE)
    forecast.choose_unit("week")
    expect(forecast.columns).to_have_count(14)
    expect(forecast.page).to_have_url(re.compile("by=week"))
    forecast.owner.select_option(label="Maya Lindqvist")
    expect(forecast.page.get_by_text("No deals in this range")).to_be_visible()
    forecast.page.reload()
    expect(forecast.page.get_by_text("No deals in this range")).to_be_visible()
    forecast.owner.select_option(label="Tom Okafor")
    expect(forecast.columns).to_have_count(14)
    forecast.preset.select_option("year")
    forecast.choose_unit("month")
    expect(forecast.columns).to_have_count(12)


def test_the_unit_is_chosen_by_arrows_and_its_button_alone_shows_the_focus(people, planted):
    agent = people.agent()
    forecast = Forecast(agent).open(RANGE)
    month = agent.page.get_by_role("radio", name=agent.text("report.by.month"))
    month.focus()
    agent.page.keyboard.press("ArrowLeft")
    week = agent.page.get_by_role("radio", name=agent.text("report.by.week"))
    expect(week).to_be_focused()
    expect(forecast.columns).to_have_count(14)
    # The circle that a browser draws stays hidden, also while it has the focus.
    assert week.bounding_box()["width"] <= 1
    # Where weeks stand close, the name of the first month is not cut off by the edge.
    label = forecast.chart.get_by_text("Jan 2031", exact=True).bounding_box()
    assert label["x"] >= forecast.chart.bounding_box()["x"]


@pytest.mark.parametrize("language, monday, sunday", [
    ("en-US", r"^Jan 6\D+12, 2031:", r"^Jan 5\D+11, 2031:"), ("fr-FR", r"^6\D12 janv\. 2031\s?:", r"^5\D11 janv\. 2031\s?:")])
def test_weeks_begin_where_the_workspace_says_at_once(people, planted, program, language, monday, sunday):
    agent = people.agent(locale=language)
    forecast = Forecast(agent).open("from=2031-01-01&to=2031-01-31&by=week")
    expect(forecast.chart.get_by_role("button", name=re.compile(monday))).to_be_visible()
    program.patch("/api/workspace", {"weekStartsOn": "sunday"})
    expect(forecast.chart.get_by_role("button", name=re.compile(sunday))).to_be_visible()
    expect(forecast.chart.get_by_role("button", name=re.compile(monday))).to_have_count(0)


def test_a_pipeline_that_is_closed_leaves_the_report_to_the_others(people, planted, program):
    agent = people.agent(1)
    first = program.get("/api/session")["pipelines"][0]
    forecast = Forecast(agent).open(f"{RANGE}&pipeline={first['id']}")
    expect(forecast.figure("open")).to_contain_text("3,400.50")
    everyone = next(each for each in program.get("/api/groups")["groups"] if each["isEveryone"])
    program.call("PUT", f"/api/groups/{everyone['id']}/pipelines/{first['id']}", {"rights": []})
    failure = agent.page.get_by_text(agent.text("report.failed"))
    # What they see now is nothing of it, and no error; so it is for who follows an old link.
    expect(agent.page.get_by_text(agent.text("forecast.empty"), exact=True)).to_be_visible()
    expect(failure).to_be_hidden()
    assert "pipeline" not in agent.page.url
    for report in ("forecast", "funnel"):
        agent.page.goto(f"{agent.url}/#/reports/{report}?{RANGE}&pipeline={first['id']}")
        expect(agent.page.get_by_text(agent.text(f"{report}.empty"), exact=True)).to_be_visible()
        expect(failure).to_be_hidden()
    assert f"pipeline={first['id']}" not in agent.page.url


def test_a_range_of_too_many_days_is_told(people):
    forecast = Forecast(people.agent()).open("from=2026-01-01&to=2028-12-31&by=day")
    expect(forecast.page.get_by_role("alert")).to_contain_text("too many periods")
    axe.check(forecast.page)


def test_what_is_shown_is_had_as_a_file(people, planted):
    forecast = Forecast(people.agent()).open(RANGE)
    expect(forecast.columns).to_have_count(3)
    download = forecast.export()
    assert download.suggested_filename == "forecast-2031-01-01-2031-03-31.csv"
    with open(download.path(), newline="") as file:
        text = file.read()
    assert text.endswith("\r\n")
    rows = list(csv.DictReader(io.StringIO(text)))
    # Of what is still to come there is no accuracy.
    assert [(row["from"], row["currency"], row["open_value"], row["won_value"], row["accuracy"]) for row in rows] == [
        ("2031-01-01", "USD", "1000.00", "0.00", ""), ("2031-02-01", "USD", "2400.50", "500.00", "")]


def test_a_deal_that_is_added_elsewhere_appears(people, planted):
    forecast = Forecast(people.agent()).open(RANGE)
    expect(forecast.figure("open")).to_contain_text("2 deals")
    other = people.agent(1)
    visitor = people.visitor()
    visitor.open()
    visitor.write("One more, please")
    other.open("One more, please")
    dialog = other.add_deal()
    dialog.title.fill("One more")
    dialog.create(dialog.contact, "ada@example.com")
    dialog.value.fill("75")
    dialog.close_date.fill("2031-03-31")
    dialog.save()
    expect(forecast.figure("open")).to_contain_text("3 deals")
    expect(forecast.column("March 2031")).to_have_accessible_name(re.compile(r"\$75 open in 1 deal"))


def test_what_was_won_and_lost_stands_by_owner_and_by_reason(people, planted, demo):
    with contextlib.closing(sqlite3.connect(demo.database, timeout=10)) as connection, connection:
        connection.execute("UPDATE deals SET status = 'lost', lost_reason = 'Too dear', closed_at = ? WHERE title = 'January'",
                           (int(datetime.datetime(2031, 1, 5, 12, tzinfo=datetime.timezone.utc).timestamp() * 1000),))
    agent = people.agent()
    forecast = Forecast(agent).open(RANGE)
    agent.page.get_by_role("link", name="Won and lost").click()
    expect(agent.page.get_by_role("heading", name="Won and lost")).to_be_visible()
    row = agent.page.get_by_role("row").filter(has_text="Tom Okafor")
    expect(row).to_contain_text("$500")
    expect(row).to_contain_text("$1,000")
    expect(row).to_contain_text("50%")
    expect(agent.page.get_by_role("listitem").filter(has_text="Too dear")).to_contain_text("1 deal")
    axe.check(agent.page)
    # An owner and a reason lead to their deals.
    row.get_by_role("button", name="Tom Okafor").press("Enter")
    dialog = forecast.dialog
    expect(dialog.get_by_role("heading", name="Tom Okafor")).to_be_visible()
    expect(dialog.get_by_role("link")).to_contain_text(["Taken"])
    dialog.get_by_role("button", name="Lost · 1").click()
    expect(dialog.get_by_role("link")).to_contain_text(["January"])
    axe.check(agent.page)
    agent.page.keyboard.press("Escape")
    agent.page.get_by_role("button", name="Too dear").click()
    expect(dialog.get_by_role("link")).to_contain_text(["January"])
    agent.page.keyboard.press("Escape")
    with agent.page.expect_download() as download:
        agent.page.get_by_role("link", name="Export reasons").click()
    with open(download.value.path(), newline="") as file:
        assert list(csv.reader(file)) == [["reason", "currency", "lost_deals", "lost_value"], ["Too dear", "USD", "1", "1000.00"]]
    agent.page.get_by_role("link", name="Forecast", exact=True).click()
    expect(forecast.columns).to_have_count(3)


@pytest.mark.parametrize("width, scheme", [(1440, "light"), (1024, "dark"), (390, "light")])
def test_every_size_is_accessible(people, planted, scheme, width):
    agent = people.agent(color_scheme=scheme, viewport={"width": width, "height": 844})
    forecast = Forecast(agent).open()
    expect(forecast.columns.first).to_be_visible()
    axe.check(agent.page)
    assert agent.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert forecast.page.locator(".report").evaluate("each => each.scrollWidth <= each.clientWidth")
