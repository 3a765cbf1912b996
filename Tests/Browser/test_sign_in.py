"""The way in and out, as the browser's own console tells of it."""

from inbox import Inbox
from people import WINDOW
from playwright.sync_api import expect


def test_the_first_look_signing_in_and_signing_out_leave_the_console_without_errors(people):
    context = people.chromium.new_context(**WINDOW)
    complaints = []

    def note(message):
        if message.type in ("error", "warning"):
            complaints.append(f"{message.text} ({message.location.get('url')})")
    context.on("console", note)
    try:
        agent = Inbox(context.new_page(), people.network.url, people.agents[0])
        submit = agent.page.get_by_role("button", name=agent.text("signIn.submit"), exact=True)
        agent.page.goto(agent.url)
        expect(submit).to_be_visible()
        agent.sign_in(people.password)
        agent.page.reload()
        expect(agent.conversations.first).to_be_visible()
        agent.sign_out()
        expect(submit).to_be_visible()
        agent.page.reload()
        expect(submit).to_be_visible()
    finally:
        context.close()
    assert complaints == []
