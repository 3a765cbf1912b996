"""The corpus of requests over real sockets: to the server itself, and to nginx before it."""

import corpus
import pytest
from exchange import answers, request

CASES = [pytest.param(case, id=case.name) for case in corpus.load()]
PROBE = request("GET", "/probe", "Connection: close")


def is_probe(answer):
    return answer.body == b"GET /probe\n"


@pytest.mark.parametrize("case", CASES)
def test_each_case_has_its_answer_and_then_the_connection_closes_or_goes_on(peer, case):
    expected = case.expected
    found = answers(peer.exchange(case.octets + PROBE), [each.method for each in expected] + ["GET"])
    for wanted, answer in zip(expected, found):
        assert answer.status == wanted.status
        assert ("close" in answer.fields.get("connection", "")) == wanted.closes
        if wanted.status == 200 and wanted.method != "HEAD":
            assert answer.body == f"{wanted.method} {wanted.target}\n".encode() + wanted.body
    if expected[-1].closes:
        assert len(found) == len(expected)
    else:
        assert len(found) == len(expected) + 1 and is_probe(found[-1])


@pytest.mark.parametrize("front", ["buffered", "streamed"])
@pytest.mark.parametrize("case", CASES)
def test_behind_nginx_both_agree_where_a_request_ends(peer, nginx, case, front):
    proxy, expected = getattr(nginx, front), case.expected
    peer.seen()
    methods = [each.method for each in expected] + ["GET"] * 2
    received = proxy.exchange(case.octets + PROBE)
    # nginx still speaks HTTP/0.9, whose answers have no head, and whose connections end behind them.
    is_old = received != b"" and not received.startswith(b"HTTP/")
    found = [] if is_old else answers(received, methods)
    seen = peer.seen()
    if is_old:
        assert [f"{method} {target}\n".encode() for method, target, _ in seen] == [received]
        seen = []

    # Each request that reached us got one answer, its own, in its order.
    ours = [(method, answer) for method, answer in zip(methods, found) if answer.is_ours and answer.status == 200]
    assert len(ours) == len(seen)
    for (method, answer), (seen_method, target, _) in zip(ours, seen):
        assert method == "HEAD" or answer.body.startswith(f"{seen_method} {target}\n".encode())

    # The next request in the pipeline is answered as itself, or the proxy ended the connection before it.
    probes = [line for line in seen if line == ("GET", "/probe", "0")]
    assert len(probes) <= 1
    if probes:
        assert seen[-1] == probes[0] and is_probe(found[-1])

    # Nothing reached us that the case does not hold; where nginx refuses nothing of it, all that we take by ourselves.
    requests = [each for each in expected if each.status in (200, 204)]
    wanted = [(each.method, each.target, str(len(each.body))) for each in requests if each.status == 200]
    others = [line for line in seen if line not in probes]
    if len(requests) == len(expected):
        assert others == wanted[:len(others)]
    assert not [line for line in others if "/smuggled" in line[1] and line not in wanted]

    # And the next client, on the same connection between nginx and us, gets what it asked for.
    (answer,) = answers(proxy.exchange(request("GET", "/next-client", "Connection: close")), ["GET"])
    assert answer.body == b"GET /next-client\n"
