"""Reading in a process with limits: what goes wrong while one submission is read is that submission's."""

from __future__ import annotations

import os
import signal
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest

from autograder.sandbox.usage import children_of
from autograder.submissions import Entry, UnreadableSubmission
from autograder.submissions.reader import Reader

STUBS = {"doubling": "def double(n): ..."}
DOUBLE = b"def double(n):\n    return 2 * n\n"


@pytest.fixture
def right(tmp_path) -> Entry:
    (tmp_path / "doubling.py").write_bytes(DOUBLE)
    return Entry("right", (tmp_path / "doubling.py",))


def test_it_reads_for_several_threads(right):
    with Reader(STUBS, ["doubling"]) as reader, ThreadPoolExecutor(3) as threads:
        found = list(threads.map(reader.read, [right] * 12))
    assert [one.files for one in found] == [{"doubling.py": DOUBLE}] * 12


def test_memory_is_limited(right, tmp_path):
    """A member that says that its dictionary takes 4 GiB."""
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("doubling.py", DOUBLE)
    packed = bytearray((tmp_path / "bomb.zip").read_bytes())
    at = packed.index(b"doubling.py") + len("doubling.py")
    # After version and length of the properties: the size of the dictionary.
    packed[at + 5 : at + 9] = b"\xff\xff\xff\xff"
    (tmp_path / "bomb.zip").write_bytes(packed)
    with Reader(STUBS, ["doubling"]) as reader:
        with pytest.raises(UnreadableSubmission, match=r"bomb\.zip: it cannot be opened"):
            reader.read(Entry("bomb", (tmp_path / "bomb.zip",)))
        assert reader.read(right).files == {"doubling.py": DOUBLE}


@pytest.mark.parametrize(
    ("number", "reason"), [(signal.SIGSEGV, "SIGSEGV"), (signal.SIGXCPU, "20 s of proc")]
)
def test_a_process_that_ends_is_replaced(right, number, reason):
    before = set(children_of(os.getpid()))
    with Reader(STUBS, ["doubling"]) as reader:
        reader.read(right)
        (process,) = set(children_of(os.getpid())) - before
        os.kill(process, number)
        with pytest.raises(UnreadableSubmission, match=reason):
            reader.read(right)
        assert reader.read(right).files == {"doubling.py": DOUBLE}
    assert set(children_of(os.getpid())) == before


def test_whatever_goes_wrong_is_the_submissions(tmp_path):
    """The stub that it is compared with is none: our own code raises."""
    (tmp_path / "homework.py").write_bytes(DOUBLE)
    entry = Entry("someone", (tmp_path / "homework.py",))
    reason = r"homework\.py cannot be read: SyntaxError"
    with (
        Reader({"doubling": "def ("}, ["doubling"]) as reader,
        pytest.raises(UnreadableSubmission, match=reason),
    ):
        reader.read(entry)


def test_a_file_that_is_gone_is_named(tmp_path):
    reason = r"gone\.py cannot be read: No such file"
    with Reader(STUBS, ["doubling"]) as reader, pytest.raises(UnreadableSubmission, match=reason):
        reader.read(Entry("gone", (tmp_path / "gone.py",)))
