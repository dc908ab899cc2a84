"""Computes for ever in one step of the interpreter, which no other thread can interrupt."""


def attack(*arguments, **keywords):
    return pow(7, 10**10) % 2


def __getattr__(name):
    return attack
