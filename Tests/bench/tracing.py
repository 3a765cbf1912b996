"""What kept the pages' main thread busy, as Chromium traces it."""

import json

CATEGORIES = ["toplevel"]


def longest_task(chromium, page, act):
    """The duration in milliseconds of the longest task of a page's main thread while something is done."""
    chromium.start_tracing(page=page, categories=CATEGORIES)
    act()
    events = json.loads(chromium.stop_tracing())["traceEvents"]
    threads = {(each["pid"], each["tid"]) for each in events if each["name"] == "thread_name" and each["args"]["name"] == "CrRendererMain"}
    return max(each["dur"] for each in events if each["name"].endswith("RunTask") and (each["pid"], each["tid"]) in threads and "dur" in each) / 1000
