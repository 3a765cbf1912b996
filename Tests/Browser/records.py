"""The pages of contacts and accounts: their lists, a contact's profile, an account's page."""

from deal_dialog import DealDialog
from playwright.sync_api import expect


class Records:
    """A list, and what it opens. `kind` is `contacts` or `accounts`."""

    def __init__(self, inbox, kind):
        self.page = inbox.page
        self.text = inbox.text
        self.kind = kind

    def open(self):
        self.page.get_by_role("navigation").get_by_role("link", name=self.text(f"nav.{self.kind}"), exact=True).click()
        expect(self.rows.first).to_be_visible()
        return self

    @property
    def rows(self):
        return self.page.get_by_role("list", name=self.text(f"records.{self.kind}.title"), exact=True).get_by_role("listitem")

    def row(self, text):
        return self.rows.filter(has_text=text)

    @property
    def search(self):
        return self.page.get_by_role("searchbox", name=self.text(f"records.{self.kind}.search"))

    def filter(self, which):
        """One of `tag` and `account`."""
        return self.page.get_by_role("combobox", name=self.text(f"records.filter.{which}"), exact=True)

    def find(self, text, name=None):
        """Searches, and opens what is found."""
        with self.page.expect_response(lambda answer: f"/api/{self.kind}/list?" in answer.url and "search=" in answer.url):
            self.search.fill(text)
        expect(self.page.locator("[aria-busy=true]")).to_have_count(0)
        self.row(name or text).first.get_by_role("link").click()
        expect(self.heading).to_have_text(name or text)

    @property
    def heading(self):
        return self.page.get_by_role("heading", level=1)

    def tab(self, key):
        return self.page.get_by_role("tab", name=self.text(key), exact=True)

    def region(self, key):
        return self.page.get_by_role("region", name=self.text(key), exact=True)

    def deal(self, title):
        return self.region("deal.deals").get_by_role("listitem").filter(has_text=title)

    def add_deal(self):
        self.region("deal.deals").get_by_role("button", name=self.text("deal.add"), exact=True).click()
        dialog = DealDialog(self.page, self.text)
        expect(dialog.root).to_be_visible()
        return dialog

    def begin(self):
        """Opens the dialog that adds one."""
        self.page.get_by_role("button", name=self.text(f"records.{self.kind}.add"), exact=True).first.click()
        dialog = self.page.get_by_role("dialog", name=self.text(f"records.{self.kind}.add"), exact=True)
        expect(dialog).to_be_visible()
        return dialog

    def field(self, scope, key):
        return scope.get_by_label(self.text(key), exact=True)

    def submit(self, dialog):
        dialog.get_by_role("button", name=self.text(f"records.{self.kind}.add"), exact=True).click()

    def edit(self, key, value):
        """Edits a value where it stands."""
        label = self.text(key)
        button = self.page.get_by_role("button", name=self.text(f"{key}.add"), exact=True).or_(
            self.page.get_by_role("button", name=self.text.pattern("panel.edit", label=label)))
        button.click()
        box = self.page.get_by_role("textbox", name=label, exact=True)
        box.fill(value)
        box.press("Enter")
        return box
