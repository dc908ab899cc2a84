"""Raises what Ctrl-C raises."""


def attack(*arguments, **keywords):
    raise KeyboardInterrupt


def __getattr__(name):
    return attack
