"""The first-run page of a production start: it makes the owner, for who holds the token."""

import re

import axe
import pytest
from harness.parley import Parley
from people import window
from playwright.sync_api import expect
from texts import Texts


@pytest.fixture
def server(tmp_path):
    with Parley(tmp_path / "data") as server:
        yield server


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_owner_is_made_and_is_in_the_inbox_at_once(chromium, server, scheme):
    text = Texts()
    address = re.search(r"http://\S*token=[\w-]+", server.output).group(0)
    with window(chromium, color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(address)
        submit = page.get_by_role("button", name=text("setup.submit"))
        expect(submit).to_be_visible()
        axe.check(page)
        submit.click()
        expect(page.get_by_label(text("signIn.email"))).to_have_attribute("aria-invalid", "true")
        axe.check(page)
        page.get_by_label(text("setup.workspaceName")).fill("Acme")
        page.get_by_label(text("setup.name"), exact=True).fill("Olive Owner")
        page.get_by_label(text("signIn.email")).fill("olive@example.com")
        page.get_by_label(text("signIn.password"), exact=True).fill("correct horse battery")
        submit.click()
        expect(page.get_by_role("heading", name=text("nav.inbox"))).to_be_visible()
        # Nothing has come in yet, and the page says what to do about it.
        begin = page.get_by_role("button", name=text("list.emptyAction.first"))
        expect(begin).to_be_visible()
        axe.check(page)
        begin.click()
        expect(page.get_by_role("heading", name=text("settings.sites"), exact=True)).to_be_visible()
