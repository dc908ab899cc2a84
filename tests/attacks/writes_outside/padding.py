"""Writes, moves and deletes wherever it can, its own modules and the libraries too."""

import contextlib
import glob
import os
import sys

import numpy as np

PLACES = [
    "/",
    "/etc",
    "/usr",
    "/root",
    "/home",
    "/var/tmp",
    "/dev/shm",
    "/tmp",
    "/kit",
    "/run",
    os.path.dirname(np.__file__),
]


def attack(*arguments, **keywords):
    written = []
    for place in {*PLACES, *sys.path, os.path.dirname(__file__)} - {""}:
        with contextlib.suppress(OSError):
            path = os.path.join(place, "written-by-a-submission")
            with open(path, "w") as file:
                file.write("owned")
            written.append(path)
    baits = [bait for place in PLACES for bait in glob.glob(os.path.join(place, "bait-*"))]
    for path in (__file__, np.__file__, sys.executable, *baits):
        with contextlib.suppress(OSError):
            with open(path, "a") as file:
                file.write("owned = True")
            written.append(path)
    raise RuntimeError(f"wrote {written}")


def __getattr__(name):
    return attack
