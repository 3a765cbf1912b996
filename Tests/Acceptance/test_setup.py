"""The first run: the owner is made by who can read the server's output, and only once."""

import pytest
from harness.interface import OWNER, Interface, Refused


def refused(call, *arguments, **options):
    with pytest.raises(Refused) as refusal:
        call(*arguments, **options)
    return refusal.value


def test_a_server_without_a_workspace_asks_to_be_set_up(server):
    assert Interface(server.url).get("/api/setup") == {"needed": True}


def test_set_up_makes_a_workspace_that_can_be_used_at_once(server):
    owner = Interface(server.url)
    owner.set_up(server.setup_token())
    session = owner.session()
    assert session["agent"]["role"] == "owner"
    assert session["agent"]["email"] == OWNER["email"]
    assert session["workspace"]["name"] == "Acme"
    assert session["workspace"]["timeZone"] == "Europe/Paris"
    (pipeline,) = session["pipelines"]
    assert [stage["name"] for stage in pipeline["stages"]] == ["To Contact", "In Contact", "Follow Up"]
    assert len(owner.get("/api/sites")["sites"]) == 1


def test_a_wrong_token_sets_nothing_up(server):
    stranger = Interface(server.url)
    refusal = refused(stranger.set_up, "A" * 43)
    assert (refusal.status, refusal.code) == (403, "setup.token")
    assert stranger.get("/api/setup") == {"needed": True}


def test_the_token_works_once(server):
    token = server.setup_token()
    Interface(server.url).set_up(token)
    refusal = refused(Interface(server.url).set_up, token, email="second@example.com")
    assert (refusal.status, refusal.code) == (409, "setup.done")


def test_every_mistake_in_the_form_is_told_at_once(server):
    refusal = refused(
        Interface(server.url).set_up, server.setup_token(), workspaceName="", email="nobody", password="short")
    assert (refusal.status, refusal.code) == (422, "setup.invalid")
    assert {"workspaceName", "email", "password"} <= set(refusal.fields)
    assert Interface(server.url).get("/api/setup") == {"needed": True}


def test_a_restart_prints_another_token(server):
    first = server.setup_token()
    server.stop()
    server.log.unlink()
    server.start()
    assert server.setup_token() != first
    assert refused(Interface(server.url).set_up, first).code == "setup.token"
