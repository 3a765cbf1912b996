"""The widget on somebody's website, as a visitor finds things in it."""

import re

from playwright.sync_api import expect
from texts import Texts


class Widget:
    def __init__(self, page, language="en"):
        self.page = page
        self.text = Texts(language, "web/widget/locales")
        self.frame = page.frame_locator("iframe[src*='/widget/frame']")

    # The loader speaks for itself: it has no room for files of texts.
    OPEN = {"en": "Open the conversation", "fr": "Ouvrir la conversation"}
    CLOSE = {"en": "Close the conversation", "fr": "Fermer la conversation"}

    @property
    def launcher(self):
        return self.page.get_by_role("button", name=self.OPEN[self.text.language])

    def open(self):
        self.launcher.click()
        expect(self.composer).to_be_visible()

    def close(self):
        self.page.get_by_role("button", name=self.CLOSE[self.text.language]).click()

    @property
    def composer(self):
        return self.frame.get_by_role("textbox", name=self.text("composer.label"))

    @property
    def greeting(self):
        """What the site says to who has written nothing yet."""
        return self.frame.get_by_role("banner").locator(".greeting")

    @property
    def log(self):
        return self.frame.get_by_role("log", name=self.text("thread.label"))

    def message(self, text):
        return self.log.get_by_role("article").filter(has_text=text)

    def write(self, text):
        self.composer.fill(text)
        self.composer.press("Enter")
        expect(self.composer).to_have_value("")

    def sent(self, text):
        """The message, stored: the server has said so."""
        return self.message(text).filter(has_text=re.compile("|".join(map(self.text, ("message.sent", "message.seen")))))

    @property
    def typing(self):
        return self.log.get_by_text(self.text.pattern("thread.typing"))

    @property
    def offline_notice(self):
        return self.frame.get_by_role("status").filter(
            has_text=re.compile("|".join(map(self.text, ("connection.offline", "connection.lost")))))

    def tell_email(self, email):
        """Answers the card that asks how the visitor can be reached."""
        self.frame.get_by_label(self.text("introduction.email"), exact=True).fill(email)
        self.frame.get_by_role("button", name=self.text("introduction.save"), exact=True).click()
