"""Brings a shared library and compiled modules that do not match their source."""

import contextlib
import ctypes
import glob
import os

HERE = os.path.dirname(__file__)


def attack(*arguments, **keywords):
    for path in glob.glob(f"{HERE}/**/*.so", recursive=True):
        with contextlib.suppress(OSError):
            ctypes.CDLL(path)
    return glob.glob(f"{HERE}/__pycache__/*")


def __getattr__(name):
    return attack
