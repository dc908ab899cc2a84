"""Read single keys from a terminal, without waiting and without Enter."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# Returns the pressed key, or an empty string.
KeyReader = Callable[[], str]


@contextmanager
def single_keys() -> Iterator[KeyReader]:
    """Read single keys in this context; without a terminal the reader always returns an empty string."""
    if not sys.stdin or not sys.stdin.isatty():
        yield lambda: ""
        return
    try:
        import termios
        import tty
    except ImportError:
        yield _windows_key
        return
    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    try:
        tty.setcbreak(descriptor)
        yield _posix_key
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def _posix_key() -> str:
    import os
    import select

    ready, _, _ = select.select([sys.stdin], [], [], 0)
    return os.read(sys.stdin.fileno(), 1).decode(errors="replace") if ready else ""


def _windows_key() -> str:
    import msvcrt  # type: ignore[import-not-found, unused-ignore]

    return msvcrt.getwch() if msvcrt.kbhit() else ""  # type: ignore[attr-defined, unused-ignore]
