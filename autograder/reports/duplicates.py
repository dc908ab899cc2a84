"""Find submissions that share more code than chance explains. They are only listed; no points are taken.

Code from the stubs is ignored, and so is code that many learners have written. What a class costs is limited: by the
size of a module and the time for a learner (see `fingerprints`), and by the number of pairs that are listed.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from jaxtyping import Int64, UInt32

from autograder.course import read_stubs
from autograder.reports.fingerprints import NotCompared, fingerprints, limited
from autograder.submissions import UnreadableSubmission
from autograder.submissions.find import find
from autograder.submissions.reader import Reader

# Code that more than this share of the class, and more than this many learners, have written is the usual solution.
_COMMON_SHARE = 0.2
_COMMON = 3
# In a class of thousands, code in this many different submissions is also the usual solution.
_MOST_VERSIONS = 100
# Report a pair if at least this share of the smaller submission is in the other one, and at least this many
# fingerprints (a few lines of code).
_ALIKE = 0.7
_FEWEST = 50
# Ten times what all modules of the reference take.
_SECONDS = 5.0
# More than anybody reads.
MOST_LISTED = 500
# So many submissions are compared with all others at a time; each pair needs memory.
_BLOCK = 200

# The share with a minus, the learners, and the rows of their versions.
_Found: TypeAlias = tuple[float, tuple[str, ...], int, int]
_Fingerprints: TypeAlias = UInt32[np.ndarray, " fingerprints"]


@dataclass(frozen=True)
class Duplicate:
    """Submissions with similar code.

    Attributes:
        learners: two learners, or all learners with identical code; other pairs name only the first of these.
        share: the share of the smaller submission's own code that is in the other one, 0 to 1.
        exercises: the exercises, the most similar first.
    """

    learners: tuple[str, ...]
    share: float
    exercises: tuple[str, ...]


@dataclass(frozen=True)
class LeftOut:
    """A module that was not compared, and why."""

    learner: str
    exercise: str
    reason: str


@dataclass(frozen=True)
class Comparison:
    """The result for a class.

    Attributes:
        duplicates: submissions with similar code, the most similar first; at most `MOST_LISTED`.
        unlisted: the number of further ones.
        left_out: the modules that were not compared.
    """

    duplicates: list[Duplicate] = field(default_factory=list)
    unlisted: int = 0
    left_out: list[LeftOut] = field(default_factory=list)


def submissions_in(path: Path, course: Path, names: list[str]) -> Iterator[tuple[str, Mapping[str, bytes]]]:
    """Yield the learners and files of the submissions at `path`; unreadable ones are skipped.

    Raises:
        UnreadableSubmission: if there are no submissions.
    """
    stubs = read_stubs(course, names)
    with Reader(stubs, names) as reader:
        for entry in find(path, names):
            with suppress(UnreadableSubmission):
                yield entry.learner, reader.read(entry).files


def near_duplicates(
    submissions: Iterable[tuple[str, Mapping[str, bytes]]], course: Path, names: list[str]
) -> Comparison:
    """Compare all submissions with each other, those with identical code only once; in the main thread only.

    Args:
        submissions: learners with their files.
        course: the course folder with the stubs, whose code everybody has.
        names: the names of the exercises.
    """
    given = {name: _of_stub((course / "exercises" / f"{name}.py").read_bytes()) for name in names}
    versions: dict[bytes, list[str]] = {}
    own: dict[str, list[_Fingerprints]] = {name: [] for name in names}
    left_out: list[LeftOut] = []
    for learner, files in submissions:
        modules = {name: files[f"{name}.py"] for name in names if f"{name}.py" in files}
        found, reasons = _fingerprints(modules)
        left_out += [LeftOut(learner, name, reason) for name, reason in reasons.items()]
        code = {name: np.array(sorted(found.get(name, set()) - given[name]), np.uint32) for name in names}
        digest = hashlib.sha256(b"".join(hashlib.sha256(code[name].tobytes()).digest() for name in names))
        version = versions.setdefault(digest.digest(), [])
        version.append(learner)
        if len(version) == 1:
            for name in names:
                own[name].append(code[name])
    if not versions:
        return Comparison()
    listed, unlisted = _similar(_Table(list(versions.values()), own))
    return Comparison(listed, unlisted, left_out)


def _of_stub(source: bytes) -> set[int]:
    with suppress(NotCompared):
        return fingerprints(source)
    return set()


def _fingerprints(modules: Mapping[str, bytes]) -> tuple[dict[str, set[int]], dict[str, str]]:
    """Return the fingerprints of a learner's modules, and why some of these have none."""
    found, reasons = {}, {}
    seconds = _SECONDS
    for name, source in modules.items():
        before = time.process_time()
        try:
            with limited(seconds):
                found[name] = fingerprints(source)
        except NotCompared as reason:
            reasons[name] = str(reason)
        seconds -= time.process_time() - before
    return found, reasons


class _Table:
    """The versions and their fingerprints, without the usual solution: sparse matrices with a row for each version.

    Args:
        versions: the learners of each version.
        own: by exercise, the fingerprints of each version, without those of the stub; emptied, for the memory.

    Attributes:
        versions: the same.
        counts: the number of fingerprints of each version.
    """

    def __init__(self, versions: list[list[str]], own: dict[str, list[_Fingerprints]]):
        self.versions = versions
        self.counts = np.zeros(len(versions), int)
        # For each exercise: the counts, the fingerprints of at least two versions, and these transposed.
        self._exercises: dict[str, tuple[Int64[np.ndarray, " versions"], Any, Any]] = {}
        for name in list(own):
            matrix = _rare(own.pop(name), np.array([len(learners) for learners in versions]))
            counts = np.asarray(matrix.sum(axis=1), int)
            matrix = matrix[:, matrix.sum(axis=0) > 1]
            self.counts += counts
            self._exercises[name] = counts, matrix, matrix.T.tocsr()

    def shared(self, start: int) -> Any:
        """Return how many fingerprints each of the next versions shares with each version, as a sparse matrix."""
        rows = slice(start, start + _BLOCK)
        return sum(matrix[rows] @ transposed for _, matrix, transposed in self._exercises.values()).tocoo()

    def exercises(self, first: int, second: int) -> tuple[str, ...]:
        """Return the exercises in which two versions share code, or which a version has, the most of it first."""
        found = {
            name: counts[first] if first == second else matrix[[first]].multiply(matrix[[second]]).sum()
            for name, (counts, matrix, _) in self._exercises.items()
        }
        return tuple(name for name in sorted(found, key=lambda name: -found[name]) if found[name])


def _rare(arrays: list[_Fingerprints], sizes: Int64[np.ndarray, " versions"]) -> Any:
    """Return the matrix of one exercise, without the fingerprints of the usual solution."""
    from scipy import sparse  # takes half a second

    common = max(_COMMON, _COMMON_SHARE * int(sizes.sum()))
    lengths = [len(array) for array in arrays]
    values, columns = np.unique(np.concatenate(arrays), return_inverse=True)
    versions = np.bincount(columns, minlength=len(values))
    learners = np.bincount(columns, weights=np.repeat(sizes, lengths), minlength=len(values))
    ones = np.ones(len(columns), np.int32)
    matrix = sparse.csr_array((ones, columns, np.cumsum([0, *lengths])), shape=(len(sizes), len(values)))
    return matrix[:, (versions <= _MOST_VERSIONS) & (learners <= common)]


def _similar(table: _Table) -> tuple[list[Duplicate], int]:
    """Return the most similar submissions, and the number of those that are not listed."""
    found: list[_Found] = [
        (-1.0, tuple(sorted(learners)), row, row)
        for row, learners in enumerate(table.versions)
        if len(learners) > 1 and table.counts[row] >= _FEWEST
    ]
    total = len(found)
    for start in range(0, len(table.versions), _BLOCK):
        shared = table.shared(start)
        rows, columns = shared.row + start, shared.col
        shares = shared.data / np.maximum(1, np.minimum(table.counts[rows], table.counts[columns]))
        (pairs,) = np.nonzero((rows < columns) & (shared.data >= _FEWEST) & (shares >= _ALIKE))
        total += len(pairs)
        for pair in pairs[np.argsort(-shares[pairs], kind="stable")][:MOST_LISTED]:
            first, second = int(rows[pair]), int(columns[pair])
            learners = tuple(sorted((table.versions[first][0], table.versions[second][0])))
            found.append((-float(shares[pair]), learners, first, second))
    listed = sorted(found)[:MOST_LISTED]
    return [
        Duplicate(learners, -share, table.exercises(first, second))
        for share, learners, first, second in listed
    ], total - len(listed)
