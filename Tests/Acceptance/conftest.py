import pytest
from harness.interface import Interface
from harness.parley import Parley


@pytest.fixture
def data(tmp_path):
    """A data directory that is not there yet."""
    return tmp_path / "data"


@pytest.fixture
def server(data):
    """A server of its own without a workspace, with no limit on what a visitor may send."""
    with Parley(data, "serve", "--visitor-limit", "off") as server:
        yield server


@pytest.fixture
def owner(server):
    """The signed-in owner of a workspace just set up on the server."""
    owner = Interface(server.url)
    owner.set_up(server.setup_token())
    return owner


@pytest.fixture
def site(owner):
    """The key of the workspace's first site."""
    return owner.get("/api/sites")["sites"][0]["key"]
