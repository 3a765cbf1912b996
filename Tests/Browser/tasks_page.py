"""The page of tasks, as an agent finds things on it."""

from playwright.sync_api import expect


class TasksPage:
    def __init__(self, agent):
        self.page = agent.page
        self.text = agent.text

    def open(self):
        self.page.get_by_role("navigation").get_by_role("link", name=self.text.beginning("nav.tasks")).click()
        expect(self.page.get_by_role("heading", level=1, name=self.text("nav.tasks"), exact=True)).to_be_visible()
        expect(self.page.locator(".tasks-skeletons")).to_be_hidden()
        return self

    def group(self, name):
        """One of `overdue`, `today`, `week`, `later`, `undated` and `done`."""
        return self.page.get_by_role("region", name=self.text(f"tasks.group.{name}"), exact=True)

    def task(self, title):
        return self.page.get_by_role("main").get_by_role("listitem").filter(has_text=title)

    @property
    def assignee(self):
        return self.page.locator(".tasks-filter").get_by_role("combobox")

    @property
    def form(self):
        return self.page.get_by_role("form", name=self.text("task.add"), exact=True)

    def begin(self):
        self.page.get_by_role("button", name=self.text("task.add"), exact=True).first.click()
        expect(self.form).to_be_visible()
        return self.form

    def add(self, title, about, on="", kind=None, assignee=None):
        """Adds a task about a deal, by the beginning of the deal's title."""
        form = self.begin()
        form.get_by_label(self.text("task.title"), exact=True).fill(title)
        record = form.get_by_role("combobox", name=self.text("tasks.about.deal"), exact=True)
        with self.page.expect_response(lambda answer: "/api/deals?" in answer.url and "search=" in answer.url):
            record.fill(about)
        option = form.locator(".suggest-field option").first
        record.fill(option.get_attribute("value"))
        form.get_by_label(self.text("task.on"), exact=True).fill(on)
        if kind:
            form.get_by_label(self.text("task.kind"), exact=True).fill(kind)
        if assignee:
            form.get_by_label(self.text("task.assignee"), exact=True).select_option(label=assignee)
        form.get_by_role("button", name=self.text("task.add"), exact=True).click()
        expect(form).to_be_hidden()

    def finish(self, title, outcome):
        self.task(title).get_by_role("checkbox").click()
        box = self.task(title).get_by_role("textbox", name=self.text("task.outcome"))
        box.fill(outcome)
        box.press("Enter")
        expect(self.group("done").get_by_role("listitem").filter(has_text=outcome)).to_be_visible()

    @property
    def overdue(self):
        """The number at the link in the navigation."""
        return self.page.locator("[data-part=overdueCount]")
