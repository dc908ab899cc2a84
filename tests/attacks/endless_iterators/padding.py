"""Returns generators that never end, and collections that say they are huge."""

import itertools


class Endless(list):
    """Has no end."""

    def __iter__(self):
        return itertools.count()

    def __len__(self):
        return 2**62


def attack(*arguments, **keywords):
    return itertools.count() if len(arguments) % 2 else Endless([1])


def __getattr__(name):
    return attack
