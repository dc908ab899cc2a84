"""Find submissions that share more code than chance explains. They are only listed; no points are taken.

copydetect normalizes the code and selects fingerprints as MOSS does, so names, comments and layout do not count. Code
from the stubs is ignored, and so is code that many learners have written.

Source: Schleimer, Wilkerson and Aiken (2003),
https://theory.stanford.edu/~aiken/publications/papers/sigmod03.pdf
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from zlib import crc32

import numpy as np

from autograder.course import read_stubs
from autograder.submissions import UnreadableSubmission
from autograder.submissions.find import find
from autograder.submissions.reader import Reader

# copydetect's defaults: matches of 30 characters of normalized code are found, those below 25 are ignored.
_NOISE = 25
_WINDOW = 30 - _NOISE + 1
# Code that more than this share of the class, and more than this many learners, have written is the usual solution.
_COMMON_SHARE = 0.2
_COMMON = 3
# In a class of thousands, code in this many different submissions is also the usual solution.
_MOST_VERSIONS = 100
# Report a pair if at least this share of the smaller submission is in the other one, and at least this many
# fingerprints (a few lines of code).
_ALIKE = 0.7
_FEWEST = 50


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
) -> list[Duplicate]:
    """Return submissions with similar code, the most similar first.

    Submissions with identical code are compared with others only once.

    Args:
        submissions: learners with their files.
        course: the course folder with the stubs, whose code everybody has.
        names: the names of the exercises.
    """
    given = {name: _fingerprints((course / "exercises" / f"{name}.py").read_bytes()) for name in names}
    versions: dict[bytes, list[str]] = {}
    owners: dict[tuple[str, int], list[list[str]]] = defaultdict(list)
    learners = 0
    for learner, files in submissions:
        learners += 1
        own = {name: _fingerprints(files.get(f"{name}.py", b"")) - given[name] for name in names}
        code = repr([(name, sorted(own[name])) for name in names]).encode()
        version = versions.setdefault(hashlib.sha256(code).digest(), [])
        version.append(learner)
        if len(version) == 1:
            for name in names:
                for fingerprint in own[name]:
                    owners[name, fingerprint].append(version)
    common = max(_COMMON, _COMMON_SHARE * learners)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    shared: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for (name, _), who in owners.items():
        if len(who) <= _MOST_VERSIONS and sum(map(len, who)) <= common:
            for version in who:
                counts[version[0]][name] += 1
            for pair in combinations(sorted(version[0] for version in who), 2):
                shared[pair][name] += 1
    same = (
        Duplicate(tuple(sorted(version)), 1.0, _most_first(counts[version[0]]))
        for version in versions.values()
        if len(version) > 1 and counts[version[0]].total() >= _FEWEST
    )
    return sorted((*same, *_alike(shared, counts)), key=lambda found: (-found.share, found.learners))


def _alike(
    shared: Mapping[tuple[str, str], Counter[str]], counts: Mapping[str, Counter[str]]
) -> Iterable[Duplicate]:
    for pair, found in shared.items():
        smaller = min(counts[learner].total() for learner in pair)
        if found.total() >= _FEWEST and found.total() / smaller >= _ALIKE:
            yield Duplicate(pair, found.total() / smaller, _most_first(found))


def _most_first(found: Counter[str]) -> tuple[str, ...]:
    return tuple(name for name, _ in found.most_common())


def _fingerprints(source: bytes) -> set[int]:
    """Return the fingerprints of a module, the same in every run."""
    from copydetect.utils import filter_code, winnow  # imports matplotlib

    text, _ = filter_code(source.decode("utf-8", errors="replace"), "module.py")
    # Not copydetect's hash, because Python's `hash` of a string differs in every process.
    hashes = [crc32(text[at : at + _NOISE].encode()) for at in range(len(text) - _NOISE + 1)]
    chosen, _ = winnow(np.array(hashes, int), _WINDOW) if hashes else ((), ())
    return {int(value) for value in chosen}
