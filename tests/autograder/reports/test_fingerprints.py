"""A module's fingerprints, and the modules that would cost too much."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from autograder.reports.fingerprints import NotCompared, fingerprints, limited
from tests.autograder.reports.test_duplicates import HELPERS, renamed

LARGEST = 64 * 1024
DEEP = 5000


def test_names_comments_and_layout_do_not_count():
    assert fingerprints(HELPERS.encode()) == fingerprints(renamed(HELPERS).encode())
    assert fingerprints(b"# nothing\n") == fingerprints(b"") == set()


def test_the_same_module_has_the_same_fingerprints_in_every_run():
    """Python's own hash of a text differs from process to process."""
    program = "from autograder.reports.fingerprints import fingerprints\n"
    program += f"print(sorted(fingerprints({HELPERS!r}.encode())))"
    printed = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1
    assert len(printed.pop().split()) > 50


@pytest.mark.parametrize(
    "source",
    [
        b"x = " + b"1+" * 2**19 + b"1",
        b"x=1\n" * 2**18,
        b"".join(b"def f%d(): pass\n" % number for number in range(100_000)),
        b"\x00\xff" * 2**19,
    ],
    ids=["one line", "many lines", "many functions", "invalid"],
)
def test_what_is_too_large_is_not_read(source):
    begun = time.process_time()
    with pytest.raises(NotCompared, match="it is larger than 64 KiB"):
        fingerprints(source)
    assert time.process_time() - begun < 10


@pytest.mark.parametrize("source", [b"x = " + b"1+" * 20_000 + b"1", b"x=1\n" * 16_000, b"()" * 16_000])
def test_too_much_code_in_a_small_file_is_left_out(source):
    assert len(source) <= LARGEST
    with pytest.raises(NotCompared, match="it has more than 16,000 characters of code"):
        fingerprints(source)


@pytest.mark.parametrize(
    "source",
    [
        b"\n " * (LARGEST // 2),
        b"\n\t\x0c " * (LARGEST // 4),
        b"x = " + b"(" * DEEP + b"1" + b")" * DEEP,
        b"x = " + b"[" * DEEP,
        b"f'{" * DEEP,
        b"'" * 15_000,
        b"\\" * 15_000,
        b"def (:\n" * 1000,
        b"\x00\xff" * 5000,
        "é".encode() * 5000,
    ],
    ids=[
        "spaces",
        "blanks",
        "deep",
        "open",
        "strings",
        "quotes",
        "backslashes",
        "invalid",
        "bytes",
        "letters",
    ],
)
def test_odd_code_takes_no_longer_than_other_code(source):
    """Some of it took minutes, and more for each further line."""
    begun = time.process_time()
    fingerprints(source)
    assert time.process_time() - begun < 30


def test_what_takes_too_long_is_stopped():
    """Also in a regular expression, which Python cannot see."""
    former = signal.getsignal(signal.SIGVTALRM)
    from pygments.lexers import PythonLexer

    with pytest.raises(NotCompared, match="takes too long"), limited(0.3):
        list(PythonLexer().get_tokens("x\n" + "\n " * LARGEST))
    assert signal.getsignal(signal.SIGVTALRM) is former
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)
