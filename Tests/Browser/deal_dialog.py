"""The dialog *Add a New Deal*, by the labels that it must have."""

from playwright.sync_api import expect


class DealDialog:
    def __init__(self, page, text):
        self.page = page
        self.text = text
        self.root = page.get_by_role("dialog", name=text("deal.addNew"))

    def _field(self, key):
        return self.root.get_by_label(self.text(key), exact=True).filter(visible=True)

    @property
    def title(self):
        return self._field("deal.title")

    @property
    def contact(self):
        return self._field("deal.contact")

    @property
    def account(self):
        return self._field("deal.account")

    @property
    def value(self):
        return self._field("deal.value")

    @property
    def currency(self):
        return self._field("deal.currency")

    @property
    def owner(self):
        return self._field("deal.owner")

    @property
    def close_date(self):
        return self._field("deal.forecastedCloseOn")

    @property
    def pipeline(self):
        return self._field("deal.pipeline")

    @property
    def stage(self):
        return self._field("deal.stage")

    @property
    def description(self):
        return self._field("deal.description")

    @property
    def new_contact_email(self):
        return self._field("deal.contact.email")

    def create(self, field, text):
        """Types what nothing matches, and presses *Create "…"*."""
        field.fill(text)
        self.root.get_by_role("button", name=self.text.naming("deal.create", text)).click()

    def suggestion(self, text):
        return self.root.get_by_role("option").filter(has_text=text)

    @property
    def submit(self):
        return self.root.get_by_role("button", name=self.text("deal.add"), exact=True)

    def save(self):
        self.submit.click()
        expect(self.root).to_be_hidden()
