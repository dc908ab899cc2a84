"""Reads address 0, so that the interpreter itself dies."""

import ctypes


def attack(*arguments, **keywords):
    ctypes.string_at(0)


def __getattr__(name):
    return attack
