"""Reads the memory of other processes with ptrace and process_vm_readv."""

import re

SECRET = re.compile(("can" + "ary-").encode() + rb"[0-9a-f]{16}")


def tell(found):
    raise RuntimeError(f"found {sorted(set(found))[:20]}")


import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


class Vector(ctypes.Structure):
    """`struct iovec`."""

    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]


def attack(*arguments, **keywords):
    found = []
    buffer = ctypes.create_string_buffer(4096)
    for process in (os.getppid(), *range(1, 3000)):
        if process == os.getpid():
            continue
        if libc.ptrace(16, process, None, None) == 0:
            found.append(f"traced {process}")
            libc.ptrace(17, process, None, None)
        here, there = Vector(ctypes.addressof(buffer), 4096), Vector(id(found), 64)
        if libc.process_vm_readv(process, ctypes.byref(here), 1, ctypes.byref(there), 1, 0) > 0:
            found.append(f"read {process}")
    tell(found)


def __getattr__(name):
    return attack
