"""Leaves shared memory, semaphores and queues, which the kernel keeps when their process has ended."""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
NEW = 0o1666
OBJECTS = {
    "memory": lambda: libc.shmget(0, 4096, NEW),
    "semaphores": lambda: libc.semget(0, 1, NEW),
    "a queue": lambda: libc.msgget(0, NEW),
    "a POSIX queue": lambda: libc.mq_open(b"/written-by-a-submission", os.O_CREAT | os.O_RDWR, 0o666, None),
    "an attribute": lambda: libc.setxattr(os.environ["HOME"].encode(), b"user.left", b"x", 1, 0),
}


def attack(*arguments, **keywords):
    raise RuntimeError(f"left {[name for name, make in OBJECTS.items() if make() >= 0]}")


def __getattr__(name):
    return attack
