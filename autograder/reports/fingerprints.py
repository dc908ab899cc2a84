"""Make the fingerprints of a module, by which similar code is found.

copydetect normalizes the code and selects fingerprints as MOSS does, so names, comments and layout do not count.

Source: Schleimer, Wilkerson and Aiken (2003),
https://theory.stanford.edu/~aiken/publications/papers/sigmod03.pdf
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from zlib import crc32

import numpy as np

# copydetect's defaults: matches of 30 characters of normalized code are found, those below 25 are ignored.
_NOISE = 25
_WINDOW = 30 - _NOISE + 1
# About three and four times the longest module of the reference.
_LARGEST_KIB = 64
_MOST_CODE = 16_000


class NotCompared(Exception):
    """A module is left out of the comparison; the text says why."""


def fingerprints(source: bytes) -> set[int]:
    """Return the fingerprints of a module, the same in every run; it need not be valid Python.

    Raises:
        NotCompared: if the module is too large.
    """
    from copydetect.utils import filter_code, winnow  # imports matplotlib

    if len(source) > _LARGEST_KIB * 1024:
        raise NotCompared(f"it is larger than {_LARGEST_KIB} KiB")
    lines = source.decode("utf-8", errors="replace").splitlines()
    # Pygments needs quadratic time for lines of spaces.
    text, _ = filter_code("\n".join(line.rstrip() for line in lines if line.strip()), "module.py")
    if len(text) > _MOST_CODE:
        raise NotCompared(
            f"it has more than {_MOST_CODE:,} characters of code, not counting names and comments"
        )
    # Not copydetect's hash, because Python's `hash` of a string differs in every process.
    hashes = [crc32(text[at : at + _NOISE].encode()) for at in range(len(text) - _NOISE + 1)]
    chosen, _ = winnow(np.array(hashes, int), _WINDOW) if hashes else ((), ())
    return {int(value) for value in chosen}


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Limit the processor time of the context; in the main thread only.

    Raises:
        NotCompared: in the context, when the time is up.
    """

    def stop(*_: object) -> None:
        raise NotCompared("comparing this learner's modules takes too long")

    former = signal.signal(signal.SIGVTALRM, stop)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, max(seconds, 0.001))
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    finally:
        signal.signal(signal.SIGVTALRM, former)
