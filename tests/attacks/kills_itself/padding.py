"""Sends itself every signal there is."""

import os
import signal


def attack(*arguments, **keywords):
    for number in signal.valid_signals():
        os.kill(os.getpid(), number)


def __getattr__(name):
    return attack
