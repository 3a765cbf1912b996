"""The page of a deal, as an agent finds things on it."""

from playwright.sync_api import expect


class DealPage:
    def __init__(self, agent):
        self.page = agent.page
        self.text = agent.text
        self.url = agent.url

    def open(self, deal_id):
        self.page.goto(f"{self.url}/#/deals/{deal_id}")
        expect(self.root).to_be_visible()
        return self

    @property
    def root(self):
        return self.page.locator("article.deal-details")

    def edit(self, key, value):
        """Edits what stands in the page under a label."""
        label = self.text(key)
        self.root.get_by_role("button", name=self.text.pattern("panel.edit", label=label)).click()
        box = self.root.get_by_role("textbox", name=label, exact=True)
        box.fill(value)
        box.press("Enter")
        return box

    def field(self, key):
        return self.root.get_by_label(self.text(key), exact=True)

    def button(self, key, **values):
        return self.root.get_by_role("button", name=self.text(key, **values), exact=True)

    def part(self, key):
        return self.root.get_by_role("region", name=self.text(key), exact=True)

    @property
    def history(self):
        return self.part("change.history").get_by_role("listitem")

    def add_task(self, title, on):
        self.part("task.tasks").get_by_role("button", name=self.text("task.add"), exact=True).click()
        form = self.root.get_by_role("form", name=self.text("task.add"))
        form.get_by_label(self.text("task.title"), exact=True).fill(title)
        form.get_by_label(self.text("task.on"), exact=True).fill(on)
        form.get_by_role("button", name=self.text("task.add"), exact=True).click()
        expect(self.task(title)).to_be_visible()

    def task(self, title):
        return self.part("task.tasks").get_by_role("listitem").filter(has_text=title)
