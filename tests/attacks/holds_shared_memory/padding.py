"""Holds shared memory that no process shows: written, then no longer mapped, or hardly."""

import contextlib
import mmap

BLOCK = 2**26
TAKEN = []


def take():
    yield lambda: mmap.mmap(-1, BLOCK)
    with open("/dev/zero", "r+b", buffering=0) as zero:
        yield lambda: mmap.mmap(zero.fileno(), BLOCK)


def attack(*arguments, **keywords):
    refusals = []
    with contextlib.suppress(FileNotFoundError, PermissionError):
        for new in take():
            try:
                for _ in range(16):
                    block = new()
                    block.write(b"x" * BLOCK)
                    block.madvise(mmap.MADV_DONTNEED)
                    TAKEN.append(block)
            except OSError as error:
                refusals.append(error)
    if TAKEN or not refusals:
        raise RuntimeError(f"held {len(TAKEN) * BLOCK >> 20} MiB")
    raise refusals[0]


def __getattr__(name):
    return attack
