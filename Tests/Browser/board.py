"""The deals of a pipeline, as an agent finds things on them."""

from deal_dialog import DealDialog
from playwright.sync_api import expect


class Board:
    def __init__(self, inbox):
        self.page = inbox.page
        self.text = inbox.text

    def open(self):
        """By the rail: to the pipeline of last time."""
        self.page.get_by_role("link", name=self.text("nav.deals"), exact=True).click()
        expect(self.column("To Contact")).to_be_visible()
        expect(self.cards("To Contact").first).to_be_visible()
        return self

    @property
    def pipeline(self):
        return self.page.get_by_role("combobox", name=self.text("deal.pipeline"), exact=True)

    def column(self, stage):
        return self.page.get_by_role("region", name=stage, exact=True)

    def cards(self, stage):
        return self.column(stage).get_by_role("listitem")

    def card(self, title):
        return self.page.locator(".board-columns").get_by_role("listitem").filter(has_text=title)

    def link(self, title):
        return self.card(title).get_by_role("link")

    def titles(self, stage):
        return self.cards(stage).get_by_role("link").all_text_contents()

    # Adding

    def add_deal(self, stage=None):
        """At the top, or below a stage."""
        if stage is None:
            self.page.get_by_role("button", name=self.text("deal.add"), exact=True).first.click()
        else:
            self.column(stage).get_by_role("button", name=self.text("board.addTo", stage=stage)).click()
        dialog = DealDialog(self.page, self.text)
        expect(dialog.root).to_be_visible()
        return dialog

    # Moving

    def lift(self, title):
        """Presses the mouse on a card and draws it from its place; it stays lifted."""
        box = self.card(title).bounding_box()
        self.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        self.page.mouse.down()
        self.page.mouse.move(box["x"] + box["width"] / 2 + 12, box["y"] + box["height"] / 2 + 12, steps=3)
        expect(self.zone("won")).to_be_visible()

    def carry_before(self, title):
        """Carries the lifted card to the upper half of another, and waits until its place is made there."""
        box = self.card(title).bounding_box()
        self.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 8, steps=6)

    def drop(self):
        self.page.mouse.up()

    def zone(self, status):
        return self.page.locator(f".board-zone-{status}")

    def carry_to(self, status):
        box = self.zone(status).bounding_box()
        self.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=6)

    @property
    def said(self):
        """What a screen reader was told."""
        return self.page.locator("#alarm")

    def toast(self, text):
        return self.page.locator("#toasts").get_by_text(text)

    # Filtering

    @property
    def search(self):
        return self.page.get_by_role("searchbox", name=self.text("filter.search"))

    @property
    def chips(self):
        return self.page.get_by_role("list", name=self.text("filter.active")).get_by_role("listitem")

    def filter_owner(self, name):
        self.page.get_by_role("button", name=self.text.beginning("filter.button")).click()
        panel = self.page.get_by_role("dialog", name=self.text("filter.title"))
        panel.get_by_label(self.text("deal.owner"), exact=True).select_option(label=name)
        self.page.keyboard.press("Escape")
        expect(panel).to_be_hidden()

    def filter_tag(self, tag):
        """Adds a tag to those that are asked for."""
        self.page.get_by_role("button", name=self.text.beginning("filter.button")).click()
        panel = self.page.get_by_role("dialog", name=self.text("filter.title"))
        panel.get_by_label(self.text("filter.tag"), exact=True).fill(tag)
        self.page.keyboard.press("Tab")
        self.page.keyboard.press("Escape")
        expect(panel).to_be_hidden()

    def show_table(self):
        self.page.get_by_role("button", name=self.text("pipelines.view.table")).click()
        expect(self.page.get_by_role("table")).to_be_visible()

    @property
    def rows(self):
        return self.page.get_by_role("table").get_by_role("row").filter(has=self.page.get_by_role("link"))


class Finger:
    """One finger on a page, as the browser feels it."""

    def __init__(self, page):
        self.session = page.context.new_cdp_session(page)

    def _send(self, kind, points):
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def press(self, x, y):
        self._send("touchStart", [{"x": x, "y": y}])

    def move(self, x, y):
        self._send("touchMove", [{"x": x, "y": y}])

    def lift(self):
        self._send("touchEnd", [])
