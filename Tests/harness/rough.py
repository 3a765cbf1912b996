"""A network that loses, doubles and reorders packets: two ends that the kernel takes for a wire, and this process between them.

It is what `tc netem` does, where the kernel was built without that.
"""

import fcntl
import heapq
import itertools
import os
import select
import struct
import subprocess
import threading
import time
from random import Random

SET_INTERFACE = 0x400454CA  # TUNSETIFF
PLAIN = 0x0001 | 0x1000  # IFF_TUN | IFF_NO_PI


def ip(*arguments):
    subprocess.run(["ip", *arguments], check=True, capture_output=True)


def missing():
    """Why there can be no such network on this machine; None if there can."""
    if os.geteuid() != 0:
        return "networks are root's to make"
    if not os.path.exists("/dev/net/tun"):
        return "there is no /dev/net/tun"
    name = f"parley-probe-{os.getpid()}"
    try:
        ip("netns", "add", name)
        ip("netns", "delete", name)
    except (OSError, subprocess.CalledProcessError) as error:
        return f"network namespaces are not permitted: {getattr(error, 'stderr', None) or error}"
    return None


class RoughNetwork:
    """`there` is the address of the far end: what runs by `prefix` is there, everything else is here."""

    here, there = "10.203.77.1", "10.203.77.2"

    def __init__(self, seed, loss=0.03, doubles=0.03, delay=0.010):
        self.name = f"parley-{os.getpid()}"
        self.prefix = ["ip", "netns", "exec", self.name]
        self.random = Random(seed)
        self.loss, self.doubles, self.delay = loss, doubles, delay
        self.counts = {"passed": 0, "lost": 0, "doubled": 0, "overtaken": 0}
        self.is_cut = False

    def __enter__(self):
        ip("netns", "add", self.name)
        self.ends = [self._end(f"prl{os.getpid() % 100_000}{letter}") for letter in "ab"]
        (self.near, near), (self.far, far) = self.ends
        ip("link", "set", far, "netns", self.name)
        ip("address", "add", f"{self.here}/30", "dev", near)
        ip("link", "set", near, "up")
        for command in (["address", "add", f"{self.there}/30", "dev", far], ["link", "set", far, "up"], ["link", "set", "lo", "up"]):
            ip("-n", self.name, *command)
        self.stopping, self.stop = os.pipe()
        self.thread = threading.Thread(target=self._pass, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_):
        os.close(self.stop)
        self.thread.join()
        for descriptor in (self.near, self.far, self.stopping):
            os.close(descriptor)
        ip("netns", "delete", self.name)

    @staticmethod
    def _end(name):
        descriptor = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        fcntl.ioctl(descriptor, SET_INTERFACE, struct.pack("16sH22x", name.encode(), PLAIN))
        return descriptor, name

    def _pass(self):
        """Each packet arrives after a time of its own, so that some overtake others; or never, or twice."""
        waiting = []
        order = itertools.count()
        last = {}
        while True:
            pause = max(0, waiting[0][0] - time.monotonic()) if waiting else None
            ready, _, _ = select.select([self.near, self.far, self.stopping], [], [], pause)
            if self.stopping in ready:
                return
            for source in ready:
                packet = os.read(source, 65536)
                target = self.far if source == self.near else self.near
                copies = 1
                if self.is_cut or self.random.random() < self.loss:
                    copies = 0
                    self.counts["lost"] += 1
                elif self.random.random() < self.doubles:
                    copies = 2
                    self.counts["doubled"] += 1
                for _ in range(copies):
                    due = time.monotonic() + self.random.uniform(0, self.delay)
                    self.counts["overtaken"] += due < last.get(target, 0)
                    last[target] = max(due, last.get(target, 0))
                    heapq.heappush(waiting, (due, next(order), target, packet))
            while waiting and waiting[0][0] <= time.monotonic():
                _, _, target, packet = heapq.heappop(waiting)
                self.counts["passed"] += 1
                try:
                    os.write(target, packet)
                except OSError:
                    self.counts["lost"] += 1  # The end takes no more: one more that is lost.
