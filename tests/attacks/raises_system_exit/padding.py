"""Asks for the end of the interpreter, with success."""

import sys


def attack(*arguments, **keywords):
    sys.exit(0)


def __getattr__(name):
    return attack
