"""Leaves a file and a folder in every folder that others may write to, wherever those are."""

import contextlib
import functools
import os

TOPS = ("/dev", "/run", "/opt", "/srv", "/mnt", "/var", "/usr", "/tmp")
DEPTH = 3


@functools.cache
def leave():
    left = []
    for top in TOPS:
        for folder, folders, _ in os.walk(top):
            if folder.count("/") > DEPTH:
                folders.clear()
            if os.access(folder, os.W_OK) and not os.path.realpath(folder).startswith(os.environ["HOME"]):
                for make in (os.mkdir, os.mkfifo, lambda path: open(path, "w").close()):
                    path = os.path.join(folder, f"written-by-{os.getpid()}-{len(left)}")
                    with contextlib.suppress(OSError):
                        make(path)
                        left.append(path)
    return left


def attack(*arguments, **keywords):
    raise RuntimeError(f"left {leave()}")


def __getattr__(name):
    return attack
