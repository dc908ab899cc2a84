"""Announces a hundred bytes, sends ten, and ends."""

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
    write(struct.pack(">I", 100) + bytes(10))
    os._exit(0)


def __getattr__(name):
    return attack
