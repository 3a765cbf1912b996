"""The settings of groups, as an owner finds things on them."""

from playwright.sync_api import expect


class Groups:
    def __init__(self, agent):
        self.page = agent.page
        self.text = agent.text
        self.url = agent.url

    def open(self):
        self.page.goto(f"{self.url}/#/settings/groups")
        expect(self.page.get_by_role("heading", name=self.text("groups.title"), exact=True)).to_be_visible()
        expect(self.row(self.text("group.everyone"))).to_be_visible()
        return self

    def row(self, name):
        return self.page.get_by_role("main").get_by_role("listitem").filter(has_text=name)

    def add(self, name):
        self.page.get_by_role("link", name=self.text("group.add"), exact=True).click()
        self.page.get_by_label(self.text("group.name"), exact=True).fill(name)
        self.page.get_by_role("button", name=self.text("group.add"), exact=True).click()
        expect(self.page.get_by_role("heading", name=name, exact=True)).to_be_visible()

    def show(self, name):
        self.open()
        self.row(name).get_by_role("link").click()
        expect(self.page.get_by_role("heading", name=name, exact=True)).to_be_visible()

    def member(self, name):
        return self.page.get_by_role("region", name=self.text("group.members"), exact=True).get_by_label(name)

    def right(self, right, name):
        """The box of a right in a pipeline; from the pipeline's side, of a group."""
        return self.page.get_by_label(self.text("right.of", right=self.text(f"right.{right}"), name=name), exact=True)

    def tick(self, box, isChecked=True):
        """Ticks or unticks a box, and waits until it is saved."""
        with self.page.expect_response(lambda answer: answer.request.method in ("PUT", "PATCH")) as answer:
            box.set_checked(isChecked)
        assert answer.value.ok

    def open_pipeline(self, name):
        self.page.goto(f"{self.url}/#/settings/pipelines")
        self.page.get_by_role("main").get_by_role("link", name=name).click()
        expect(self.page.get_by_role("region", name=self.text("pipeline.rights"))).to_be_visible()
