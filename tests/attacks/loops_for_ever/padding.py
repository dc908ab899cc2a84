"""Never returns, and ignores every signal."""

import signal

signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())


def attack(*arguments, **keywords):
    while True:
        pass


def __getattr__(name):
    return attack
