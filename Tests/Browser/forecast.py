"""The page of the deal forecast, as an agent finds things on it."""

from playwright.sync_api import expect


class Forecast:
    def __init__(self, inbox):
        self.page = inbox.page
        self.text = inbox.text
        self.url = inbox.url

    def open(self, query=""):
        """By the rail; with a query, by its address."""
        if query:
            self.page.goto(f"{self.url}/#/reports/forecast?{query}")
        else:
            self.page.get_by_role("link", name=self.text("nav.reports")).click()
        expect(self.page.get_by_role("heading", name=self.text("forecast.title"))).to_be_visible()
        return self

    @property
    def chart(self):
        return self.page.get_by_role("group", name=self.text.pattern("forecast.figure"))

    @property
    def columns(self):
        return self.chart.get_by_role("button")

    def column(self, period):
        return self.chart.get_by_role("button", name=f"{period}:")

    @property
    def tip(self):
        return self.page.locator(".chart-tip")

    @property
    def table(self):
        return self.page.get_by_role("table", name=self.text.pattern("forecast.figure"))

    def row(self, period):
        return self.table.get_by_role("row").filter(has=self.page.get_by_role("rowheader", name=period))

    def show_as(self, way):
        self.page.get_by_role("button", name=self.text(f"report.{way}"), exact=True).click()

    def choose_unit(self, unit):
        self.page.get_by_role("radio", name=self.text(f"report.by.{unit}")).check(force=True)

    @property
    def owner(self):
        return self.page.get_by_role("combobox", name=self.text("report.owner"))

    @property
    def preset(self):
        return self.page.get_by_role("combobox", name=self.text("report.preset"))

    def choose_currency(self, code):
        self.page.get_by_role("button", name=code).click()

    def figure(self, name):
        """One of the figures at a glance, by its term."""
        return self.page.locator(".glance-figure").filter(has=self.page.get_by_role("term").filter(has_text=self.text(f"forecast.{name}")))

    @property
    def dialog(self):
        return self.page.get_by_role("dialog")

    def export(self):
        with self.page.expect_download() as download:
            self.page.get_by_role("link", name=self.text("report.export")).click()
        return download.value
