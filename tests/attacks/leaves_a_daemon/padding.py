"""Leaves a process behind that has a session of its own and ignores every signal."""

import os
import signal
import time


def attack(*arguments, **keywords):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
                signal.signal(number, signal.SIG_IGN)
            os.closerange(0, 4096)
            os.execv("/bin/sleep", ["left-behind-by-a-submission", "3600"])
        os._exit(0)
    time.sleep(0.1)


def __getattr__(name):
    return attack
