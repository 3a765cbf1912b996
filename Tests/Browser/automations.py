"""The builder of automations, as an owner finds things on it."""

import re

from playwright.sync_api import expect


class Automations:
    def __init__(self, agent):
        self.page = agent.page
        self.text = agent.text
        self.url = agent.url

    # The list

    def open(self):
        self.page.goto(f"{self.url}/#/automations")
        expect(self.page.get_by_role("heading", level=1, name=self.text("nav.automations"), exact=True)).to_be_visible()
        expect(self.recipe("won")).to_be_visible()
        return self

    def recipe(self, name):
        words = self.text(f"automation.recipe.{name}").split()
        return self.page.get_by_role("button", name=re.compile("^" + r"\s".join(map(re.escape, words))))

    def begin(self, recipe=None):
        """Makes an automation, from scratch or by a recipe, and opens it."""
        if recipe:
            self.recipe(recipe).click()
        else:
            self.page.get_by_role("button", name=self.text("automation.add"), exact=True).click()
        expect(self.flow).to_be_visible()
        return self

    def row(self, name):
        return self.page.get_by_role("list", name=self.text("nav.automations")).get_by_role("listitem").filter(has_text=name)

    # The flow

    @property
    def flow(self):
        return self.page.get_by_role("group", name=self.text("automation.flow"), exact=True)

    @property
    def name(self):
        return self.page.get_by_role("textbox", name=self.text("automation.name"), exact=True)

    def kind(self, kind):
        return self.text(f"automation.kind.{kind}")

    def card(self, kind):
        """The cards of a kind: what opens each."""
        return self.flow.locator(f'.flow-card[data-kind="{kind}"]').get_by_role("button").first

    @property
    def kinds(self):
        """The kinds of the steps, in reading order."""
        return self.flow.locator(".flow-card[data-step]").evaluate_all("cards => cards.map(card => card.dataset.kind)")

    def place(self, where):
        """The plus at a place, which a key of the texts tells: `first`, `after`, `yes`, `no`."""
        return self.flow.get_by_role("button", name=self.text.pattern("automation.place", where=where))

    @property
    def last_place(self):
        return self.flow.locator(".flow-plus").last

    @property
    def side(self):
        return self.page.get_by_role("dialog", name=self.text("automation.side"))

    def action(self, kind):
        return self.side.locator(f'.palette-item[data-kind="{kind}"]')

    def setting(self, key):
        return self.side.get_by_label(self.text(key), exact=True)

    def add_trigger(self, kind):
        self.flow.get_by_role("button", name=self.text("automation.trigger.add")).click()
        self.action(kind).click()
        expect(self.card(kind)).to_be_visible()

    def insert(self, kind):
        """Inserts a step at the end, by the menu."""
        self.last_place.click()
        self.action(kind).click()

    @property
    def deal_dialog(self):
        return self.page.get_by_role("dialog", name=self.text("automation.dialog.deal.add"), exact=True)

    def deal_setting(self, key):
        return self.deal_dialog.get_by_label(self.text(key), exact=True)

    def save_deal(self):
        self.deal_dialog.get_by_role("button", name=self.text("action.save"), exact=True).click()
        expect(self.deal_dialog).to_be_hidden()

    # The head

    def button(self, key):
        return self.page.get_by_role("button", name=self.text(key), exact=True)

    def saved(self, state="saved"):
        expect(self.page.locator(".builder-saved")).to_have_attribute("data-state", state)

    @property
    def problems(self):
        return self.page.locator(".builder-problem-list").get_by_role("button")

    @property
    def switch(self):
        return self.page.locator(".builder-switch").get_by_role("switch")

    def turn(self, on):
        self.switch.click()
        self.page.get_by_role("button", name=self.text("automation.switch.on.do" if on else "automation.switch.off.do"), exact=True).click()
        (expect(self.switch).to_be_checked if on else expect(self.switch).not_to_be_checked)()

    # The runs

    def show_runs(self):
        self.page.get_by_role("link", name=self.text("automation.runs"), exact=True).first.click()
        return self

    @property
    def runs(self):
        return self.page.get_by_role("list", name=self.text("automation.runs"), exact=True).get_by_role("link")

    @property
    def run_steps(self):
        return self.page.get_by_role("list", name=self.text("run.steps"), exact=True).get_by_role("listitem")
