"""The time of day of a server, as a test sets it."""

import mmap
import pathlib
import shutil
import struct
import subprocess


class Clock:
    """A clock that jumps. The server that is started in its `environment` goes by it; nobody else does."""

    def __init__(self, folder):
        library = pathlib.Path(folder, "clock.so")
        compiler = shutil.which("clang") or "cc"
        subprocess.run(
            [compiler, "-shared", "-fPIC", "-o", library, pathlib.Path(__file__).with_name("clock.c")], check=True)
        path = pathlib.Path(folder, "clock")
        path.write_bytes(bytes(8))
        self.file = open(path, "r+b")
        self.shift = mmap.mmap(self.file.fileno(), 8)
        self.environment = {"LD_PRELOAD": str(library), "PARLEY_TEST_CLOCK": str(path)}

    def set(self, seconds):
        """Puts the clock that far ahead of the time, or behind it."""
        self.shift[:] = struct.pack("=q", seconds)
