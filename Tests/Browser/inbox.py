"""The agents' page, as an agent finds things on it: by what they are and what they are called."""

from deal_dialog import DealDialog
from playwright.sync_api import expect
from texts import Texts


class Inbox:
    def __init__(self, page, url, person, language="en"):
        self.page = page
        self.url = url
        self.person = person
        self.text = Texts(language)

    # Signing in

    def enter(self):
        """Opens the inbox of somebody who is signed in already."""
        self.page.goto(self.url)
        expect(self.conversations.first).to_be_visible()
        return self

    def sign_in(self, password):
        self.page.goto(self.url)
        self.page.get_by_label(self.text("signIn.email"), exact=True).fill(self.person["email"])
        self.page.get_by_label(self.text("signIn.password"), exact=True).fill(password)
        self.page.get_by_role("button", name=self.text("signIn.submit"), exact=True).click()
        expect(self.conversations.first).to_be_visible()

    def sign_out(self):
        self.page.get_by_role("button", name=self.text("menu.open", name=self.person["name"])).click()
        self.page.get_by_role("button", name=self.text("menu.signOut")).click()

    def open_site(self, name):
        """Opens the settings of a website."""
        self.page.goto(f"{self.url}/#/settings/sites")
        self.page.get_by_role("link", name=name).click()
        expect(self.page.get_by_role("heading", name=name)).to_be_visible()

    def greet(self, **greetings):
        """Changes the greetings of the website whose settings are open, by language."""
        for language, greeting in greetings.items():
            self.page.get_by_label(self.text(f"site.greeting.{language}")).fill(greeting)
        self.page.get_by_role("button", name=self.text("action.save"), exact=True).click()
        expect(self.page.get_by_text(self.text("settings.saved"))).to_be_visible()

    @property
    def site_preview(self):
        return self.page.get_by_role("region", name=self.text("site.preview"))

    # The list

    @property
    def rows(self):
        return self.page.get_by_role("list", name=self.text("inbox.list"), exact=True)

    @property
    def conversations(self):
        return self.rows.get_by_role("listitem")

    def conversation(self, text):
        """The row that shows a name or a last line."""
        return self.conversations.filter(has_text=text)

    def filter(self, which):
        """One of the filters: `mine`, `unassigned`, `all`, `open`, `completed`."""
        pane = self.page.get_by_role("region", name=self.text("inbox.list"), exact=True)
        return pane.get_by_role("button", name=self.text.beginning(f"list.{which}"))

    def show(self, which):
        self.filter(which).click()

    def open(self, text):
        """Opens the conversation whose row shows the text, among all."""
        self.show("all")
        self.conversation(text).get_by_role("link").click()
        expect(self.log).to_be_visible()

    @property
    def search(self):
        return self.page.get_by_role("searchbox", name=self.text("search.label"))

    # The thread

    @property
    def thread(self):
        return self.page.get_by_role("region", name=self.text("inbox.thread"), exact=True)

    @property
    def log(self):
        return self.page.get_by_role("log", name=self.text("thread.log"))

    def message(self, text):
        return self.log.get_by_role("article").filter(has_text=text)

    @property
    def connection_bar(self):
        return self.page.get_by_role("button", name=self.text("connection.tryNow"))

    @property
    def composer(self):
        return self.thread.get_by_role("textbox")

    def write(self, text, note=False):
        self.thread.get_by_role("button", name=self.text("composer.note" if note else "composer.reply"), exact=True).click()
        self.composer.fill(text)
        self.composer.press("Enter")
        expect(self.composer).to_have_value("")

    @property
    def typing(self):
        return self.log.get_by_text(self.text.pattern("thread.typing"))

    @property
    def assignee(self):
        return self.thread.get_by_label(self.text("thread.assignee"))

    def complete(self):
        self.thread.get_by_role("button", name=self.text("thread.complete"), exact=True).click()

    # The panel

    @property
    def panel(self):
        return self.page.get_by_role("region", name=self.text("inbox.panel"), exact=True)

    def edit_person(self, field, value):
        """Edits one of `name`, `email` and `phone` where it stands."""
        label = self.text(f"person.{field}")
        button = self.panel.get_by_role("button", name=self.text(f"person.{field}.add")).or_(
            self.panel.get_by_role("button", name=self.text.pattern("panel.edit", label=label)))
        button.click()
        box = self.panel.get_by_role("textbox", name=label, exact=True)
        box.fill(value)
        box.press("Enter")
        expect(box).to_be_hidden()

    def deal(self, title):
        return self.panel.get_by_role("listitem").filter(has_text=title)

    def show_panel(self):
        self.thread.get_by_role("button", name=self.text("thread.panel")).click()
        expect(self.panel).to_be_visible()

    @property
    def deal_dialog(self):
        return DealDialog(self.page, self.text)

    @property
    def open_deals(self):
        """The open deals of the person that are offered before a new one is begun."""
        return self.page.get_by_role("dialog", name=self.text("deal.choose.title"), exact=True)

    def press_add_deal(self):
        self.panel.get_by_role("button", name=self.text("deal.add"), exact=True).click()

    def add_deal(self):
        self.press_add_deal()
        expect(self.deal_dialog.root.or_(self.open_deals)).to_be_visible()
        if self.open_deals.is_visible():
            self.open_deals.get_by_role("button", name=self.text("deal.choose.new"), exact=True).click()
        expect(self.deal_dialog.root).to_be_visible()
        return self.deal_dialog

    def open_deal(self, title):
        """Opens a deal from the panel, and returns its page."""
        self.deal(title).get_by_role("link").click()
        page = self.page.get_by_role("article", name=title)
        expect(page).to_be_visible()
        return page

    def back_to_conversation(self):
        self.page.get_by_role("link", name=self.text("deal.toConversation")).click()
        expect(self.log).to_be_visible()
