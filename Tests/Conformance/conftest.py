import os
import pathlib
import subprocess

import pytest
from exchange import Peer
from harness.parley import ROOT
from proxy import Nginx

SERVER = pathlib.Path(os.environ.get("CONFORMANCE_SERVER", ROOT / ".build/debug/conformance-server"))


@pytest.fixture(scope="session")
def peer():
    """The server without the product, on a port of its own."""
    with subprocess.Popen([SERVER, ROOT / "fixtures/demo/website"], stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Peer(int(process.stdout.readline()))
            assert process.poll() is None, "the server ended by itself"
        finally:
            process.kill()


@pytest.fixture(scope="session")
def nginx(peer, tmp_path_factory):
    """nginx before it, with one connection behind which all requests queue."""
    with Nginx(peer.port, tmp_path_factory.mktemp("nginx")) as proxy:
        yield proxy
