"""Prints without end, by every way there is."""

import contextlib
import os
import sys


def attack(*arguments, **keywords):
    for number in (1, 2):
        with contextlib.suppress(OSError):
            os.write(number, b"x" * 2**20)
    sys.__stdout__.write("x" * 2**20)
    while True:
        print("x" * 2**16)


def __getattr__(name):
    return attack
