"""Raises an exception that ends, hangs or lies when somebody looks at it."""

import os
import time


class Trap(Exception):
    """Whoever reads it, regrets it."""

    __class__ = AssertionError

    def __str__(self):
        time.sleep(0.2)
        os._exit(0)

    __repr__ = __str__

    @property
    def args(self):
        return [self] * 10**6


def attack(*arguments, **keywords):
    raise Trap


def __getattr__(name):
    return attack
