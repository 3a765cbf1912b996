"""Makes the Autobahn test suite importable, which was written for Python 2.

The suite is what PyPI has, unchanged; each of its modules is translated as it is imported, and nothing of it is kept here. Its
strings of octets become strings of the characters U+0000…U+00FF, as which the cases build and compare them; `client.py` turns
them into octets where they meet the wire.
"""

import binascii
import importlib.abc
import importlib.machinery
import importlib.util
import pathlib
import sys
import types

import zope.interface
from autobahn.websocket import utf8validator
from fissix import refactor

SUITE = "autobahntestsuite"
FIXES = ["except", "has_key", "import", "ne", "print", "raise", "unicode", "xrange"]

# What the translator does not know: a base that may not stand first, and a division of whole numbers.
IDIOMS = {"(object, Case, )": "(Case, )", "len(self.payload) / ": "len(self.payload) // "}


class _Loader(importlib.machinery.SourceFileLoader):
    tool = refactor.RefactoringTool([f"fissix.fixes.fix_{name}" for name in FIXES])

    def path_stats(self, path):
        raise OSError("never from the cache, which may hold what was compiled without the translation")

    def source_to_code(self, data, path, *, _optimize=-1):
        source = data.decode("latin-1")
        if not source.endswith("\n"):
            source += "\n"
        source = str(self.tool.refactor_string(source, path))
        for old, new in IDIOMS.items():
            source = source.replace(old, new)
        return compile(source, path, "exec", dont_inherit=True)


class _Finder(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if not name.startswith(SUITE + "."):
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        return importlib.util.spec_from_file_location(
            name, spec.origin, loader=_Loader(name, spec.origin),
            submodule_search_locations=spec.submodule_search_locations)


def octets(text):
    """What a string of the suite is on the wire."""
    return text.encode("latin-1") if isinstance(text, str) else text


def characters(data):
    """What octets from the wire are to the suite."""
    return data.decode("latin-1") if isinstance(data, bytes) else data


class _Validator(utf8validator.Utf8Validator):
    """Of strings too: the cases of group 6 ask it which of them are valid."""

    def validate(self, text):
        return super().validate(octets(text))


def _b2a_hex(data, binary=binascii.b2a_hex):
    """As Python 2's: of a string, to a string."""
    return binary(octets(data)).decode()


def _stand_in(name, **contents):
    module = types.ModuleType(name)
    vars(module).update(contents)
    sys.modules[name] = module


def install():
    """From here on modules of the suite can be imported. The package itself is left out: it imports every other tool there."""
    origin = pathlib.Path(importlib.util.find_spec(SUITE).origin).parent
    package = types.ModuleType(SUITE)
    package.__path__ = [str(origin)]
    package.version = "of PyPI"
    sys.modules[SUITE] = package
    sys.meta_path.insert(0, _Finder())
    sys.setrecursionlimit(10_000)
    binascii.b2a_hex = _b2a_hex
    utf8validator.Utf8Validator = _Validator
    # Gone from Python 3; one case says it of a class and never asks.
    zope.interface.implements = lambda *_: None
    # The client makes a context for TLS also where the server has none: that would take three more packages.
    _stand_in("twisted.internet.ssl", ClientContextFactory=lambda: None)
    # Styles of its HTML reports, which are not written.
    _stand_in(f"{SUITE}.report", CSS_COMMON="", CSS_DETAIL_REPORT="", CSS_MASTER_REPORT="", JS_MASTER_REPORT="")
    # No longer a part of setuptools; asked only where the files of groups 12 and 13 lie.
    _stand_in("pkg_resources", resource_filename=lambda _, name: str(origin / name))
