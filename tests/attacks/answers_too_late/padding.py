"""Hangs, and goes on answering from a thread after the deadline."""

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


import threading
import time

import msgpack


def later():
    while True:
        time.sleep(0.3)
        write(framed(msgpack.packb({"value": [0, 1]})))


def attack(*arguments, **keywords):
    threading.Thread(target=later, daemon=True).start()
    time.sleep(10**6)


def __getattr__(name):
    return attack
