"""The texts of the pages in one language, by their keys: what a label says is looked up where the page looks it up."""

import json
import re

from harness.parley import ROOT


class Texts:
    def __init__(self, language="en", folder="web/locales"):
        self.language = language
        self.texts = {}
        path = ROOT / folder / language
        # The inbox has a file an area, the widget one in all.
        for file in sorted(path.glob("*.json")) or [path.with_suffix(".json")]:
            self.texts |= json.loads(file.read_text())

    def __call__(self, key, **values):
        text = self.texts[key]
        if isinstance(text, dict):
            text = text["one" if values.get("count") == 1 else "other"]
        return re.sub(r"\{(\w+)\}", lambda match: str(values.get(match.group(1), match.group(0))), text)

    def naming(self, key, value):
        """The text with a value in place of its one parameter."""
        return re.sub(r"\{\w+\}", lambda _: value, self.texts[key])

    def pattern(self, key, **values):
        """The text with anything in place of the parameters that are not given."""
        text = self.texts[key]
        parts = re.split(r"\{(\w+)\}", text if isinstance(text, str) else text["one"])
        names = [re.escape(values[name]) if name in values else ".*" for name in parts[1::2]]
        between = [re.escape(part) for part in parts[::2]]
        return re.compile("^" + "".join(a + b for a, b in zip(between, [*names, ""])) + "$")

    def beginning(self, key):
        """A name that begins with the text, whatever count follows it."""
        return re.compile("^" + re.escape(self.texts[key]) + r"\b")
