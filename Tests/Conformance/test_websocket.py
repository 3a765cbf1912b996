"""The Autobahn test suite's fuzzing client, case by case."""

import concurrent.futures
import json
import pathlib
import subprocess
import sys

import pytest

CLIENT = pathlib.Path(__file__).with_name("suite") / "client.py"
# Group by group, so that the long ones run beside the others; there is no group 8 or 11.
GROUPS = ["9.*", "6.*", "5.*", "2.*", "7.*", "1.*", "3.*", "4.*", "10.*"]
# Where the suite only tells what it saw: it has no opinion of its own.
INFORMATIONAL = {"7.1.6", "7.13.1", "7.13.2"}


def run(port, *cases, path="echo"):
    command = [sys.executable, CLIENT, f"ws://127.0.0.1:{port}/{path}", *cases]
    done = subprocess.run(command, capture_output=True, text=True, timeout=200)
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("path", "groups", "count"),
    # Group 9 is of long messages, which say nothing of who waits for them.
    [("echo", GROUPS, 301), ("pausing", GROUPS[1:], 247)], ids=["a handler that waits", "a handler that pauses"])
def test_every_case_of_groups_1_to_10_is_ok(peer, path, groups, count):
    results = {}
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for found in pool.map(lambda group: run(peer.port, group, path=path), groups):
            results |= found
    assert len(results) == count
    wanted = {case: ("INFORMATIONAL",) * 2 if case in INFORMATIONAL else ("OK", "OK") for case in results}
    behaviour = {case: (result["behavior"], result["behaviorClose"]) for case, result in results.items()}
    assert behaviour == wanted, [results[case] for case in results if behaviour[case] != wanted[case]]


def test_compression_is_declined_in_the_handshake(peer):
    """Every offer of groups 12 and 13: the client goes on without it, and closes cleanly."""
    results = run(peer.port, "12.*", "13.*")
    assert len(results) == 216
    assert {(result["behavior"], result["behaviorClose"]) for result in results.values()} == {("UNIMPLEMENTED", "OK")}


def test_the_suite_fails_what_is_no_echo(peer):
    (result,) = run(peer.port, "1.1.1", path="status/500").values()
    assert result["behavior"] == "FAILED"
