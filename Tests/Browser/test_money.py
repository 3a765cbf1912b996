"""Money in every shape: without decimals, with three, and as much as there may be, typed as each language writes it."""

import re

import pytest
from board import Board
from deal_page import DealPage
from forecast import Forecast
from harness import database
from playwright.sync_api import expect

# What is typed, its currency, and what it comes to in minor units.
TYPED = {
    "en-US": [("1,234.56", "USD", 123_456), ("1,250", "JPY", 1_250), ("1,234.567", "BHD", 1_234_567)],
    "fr-FR": [("1 234,56", "USD", 123_456), ("1 250", "JPY", 1_250), ("1 234,567", "BHD", 1_234_567)],
}
# One unit below the greatest, so that no digit of it can be rounded away unseen.
MOST = 999_999_999_999_999
TYPED_MOST = {"en-US": "999,999,999,999.999", "fr-FR": "999 999 999 999,999"}
TOO_FINE = {"en-US": "12.5", "fr-FR": "12,5"}


def digits(minor):
    """Whatever stands between the digits of an amount, none of them may be missing."""
    return re.compile(r"(?<!\d)" + r"[^\d]?".join(str(minor)) + r"(?!\d)")


def add(board, title, typed, currency):
    dialog = board.add_deal("Follow Up")
    dialog.title.fill(title)
    dialog.create(dialog.contact, f"{title.split()[-1].lower()}@example.com")
    dialog.currency.select_option(currency)
    dialog.value.fill(typed)
    return dialog


def minor(demo, title):
    return database.value(demo.database, f"SELECT value_minor FROM deals WHERE title = '{title}'")


@pytest.mark.parametrize("locale", ["en-US", "fr-FR"])
def test_amounts_are_read_as_they_are_written_and_shown_to_the_last_digit(people, demo, locale):
    agent = people.agent(locale=locale)
    board = Board(agent).open()
    for typed, currency, expected in TYPED[locale]:
        title = f"Priced in {currency}"
        add(board, title, typed, currency).save()
        expect(board.card(title)).to_contain_text(digits(expected))
        assert minor(demo, title) == expected

    dialog = add(board, "Half a yen", TOO_FINE[locale], "JPY")
    dialog.submit.click()
    expect(dialog.value).to_have_attribute("aria-invalid", "true")
    expect(dialog.value).to_have_accessible_description(re.compile(r"\S"))
    expect(dialog.value).to_have_value(TOO_FINE[locale])
    dialog.currency.select_option("KWD")
    dialog.value.fill(TYPED_MOST[locale])
    dialog.close_date.fill("2031-07-15")
    dialog.title.fill("All of it")
    dialog.save()
    assert minor(demo, "All of it") == MOST

    expect(board.card("All of it")).to_contain_text(digits(MOST))
    board.card("All of it").get_by_role("link").click()
    page = DealPage(agent)
    expect(page.root).to_contain_text(digits(MOST))
    forecast = Forecast(agent).open("from=2031-07-01&to=2031-07-31&by=month&currency=KWD")
    expect(forecast.figure("open").get_by_text(digits(MOST))).to_be_visible()
