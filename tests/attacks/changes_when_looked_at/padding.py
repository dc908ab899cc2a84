"""Returns collections that are different each time that they are read."""

import random


class Shifting(tuple):
    """Never the same twice."""

    def __iter__(self):
        return iter([random.randint(0, 3), random.randint(0, 3)])

    def __getitem__(self, place):
        return random.randint(0, 3)

    def __len__(self):
        return random.randint(1, 3)

    def __eq__(self, other):
        return True

    __hash__ = None


def attack(*arguments, **keywords):
    return Shifting((random.randint(0, 3), random.randint(0, 3)))


def __getattr__(name):
    return attack
