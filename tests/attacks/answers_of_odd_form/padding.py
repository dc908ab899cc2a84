"""Sends answers whose parts are not what they should be."""

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


import msgpack

NUMBERS = iter(range(10**9))
ODD = (
    {"value": 1, "changed": [None, {}, "x" * 10**6, 10**30 % 2**60]},
    {"raised": ["ValueError"], "bases": {"ValueError": 1}, "where": ["a", "b", "c"], "text": 3},
    {"raised": "ValueError", "bases": [["x"], {}, None, 3], "where": [1, "one", None]},
    {"missing": ["x" * 5000] * 3000},
    {"missing": 7},
    {"not_callable": None},
    {"stopped": {"a": 1}},
    {"unusable": 7},
    {},
    [],
    7,
    {"failed": "the sandbox"},
    {"unusable": "u" * 10**7},
    {"stopped": "s\x1b[2J" * 10**6},
    {
        "raised": "R" * 10**6,
        "bases": ["B" * 10**6] * 5,
        "text": "t" * 10**6,
        "where": ["w" * 10**6, 1, "f" * 10**6],
    },
    {"value": msgpack.ExtType(5, msgpack.packb((1, "H" * 10**6)))},
    {1: 2, None: 3},
)


def attack(*arguments, **keywords):
    write(framed(msgpack.packb(ODD[next(NUMBERS) % len(ODD)])))


def __getattr__(name):
    return attack
