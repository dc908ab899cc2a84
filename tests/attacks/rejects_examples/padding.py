"""Raises hypothesis' own exceptions for examples that do not count, where the input is hard."""

import hypothesis


def attack(*arguments, **keywords):
    hypothesis.assume(False)
    hypothesis.reject()


def __getattr__(name):
    return attack
