"""The settings of fields of one's own, as an owner finds things on them."""

from playwright.sync_api import expect


class FieldSettings:
    def __init__(self, inbox):
        self.page = inbox.page
        self.text = inbox.text
        self.url = inbox.url

    def open(self):
        self.page.goto(f"{self.url}/#/settings/fields")
        expect(self.page.get_by_role("heading", name=self.text("settings.fields"), exact=True)).to_be_visible()
        return self

    def rows(self, kind):
        return self.page.get_by_role("list", name=self.text(f"fields.kind.{kind}"), exact=True).get_by_role("listitem")

    def begin(self, kind, name, type, choices=()):
        """Fills in a new field, and does not save it."""
        self.page.get_by_role("link", name=self.text(f"fields.add.{kind}"), exact=True).click()
        self.box("fields.name").fill(name)
        self.box("fields.type").select_option(type)
        for choice in choices:
            self.box("fields.choice.new").fill(choice)
            self.box("fields.choice.new").press("Enter")

    def add(self, kind, name, type, choices=()):
        self.begin(kind, name, type, choices)
        self.press("fields.add")
        expect(self.rows(kind).filter(has_text=name)).to_be_visible()

    def box(self, key, **values):
        return self.page.get_by_label(self.text(key, **values), exact=True)

    def press(self, key):
        self.page.get_by_role("button", name=self.text(key), exact=True).click()

    def names(self, kind):
        return [row.get_by_role("link").locator(".field-row-name").text_content() for row in self.rows(kind).all()]
