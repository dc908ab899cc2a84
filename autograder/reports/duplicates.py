"""Submissions that share more code than chance explains. They are listed, never punished: people are asked.

Code is compared after normalization by copydetect, which winnows fingerprints as MOSS does: names, comments
and layout do not count. What the stubs hold is left out, and so is what many of the class have written.

Source: Schleimer, Wilkerson and Aiken (2003),
https://theory.stanford.edu/~aiken/publications/papers/sigmod03.pdf
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from zlib import crc32

import numpy as np

from autograder.submissions import Unreadable, find, read, stubs

# copydetect's own defaults: what agrees in 30 signs of normalized code is found, in less than 25 ignored.
_NOISE = 25
_WINDOW = 30 - _NOISE + 1
# What more than this share of the class has written, and more than this many, is how one writes it.
_COMMON_SHARE = 0.2
_COMMON = 3
# So much of the smaller submission is in the other one, and so many fingerprints: some lines of code.
_ALIKE = 0.7
_FEWEST = 50


@dataclass(frozen=True)
class Duplicate:
    """Two submissions that are alike.

    Attributes:
        one: a learner.
        other: another.
        share: how much of the smaller submission's own code is in the other, 0 to 1.
        exercises: where, the most alike first.
    """

    one: str
    other: str
    share: float
    exercises: tuple[str, ...]


def submissions_in(path: Path, course: Path, names: list[str]) -> Iterator[tuple[str, Mapping[str, bytes]]]:
    """Yield the learners and files of the submissions at `path`; what cannot be read is left out.

    Raises:
        Unreadable: where there are none.
    """
    asked = stubs(course, names)
    for entry in find(path, names):
        with suppress(Unreadable, OSError):
            yield entry.learner, read(entry, asked, names).files


def near_duplicates(
    submissions: Iterable[tuple[str, Mapping[str, bytes]]], course: Path, names: list[str]
) -> list[Duplicate]:
    """Return pairs of submissions that are alike, the most alike first.

    Args:
        submissions: learners and the files of each.
        course: the folder with the stubs, whose code everybody has.
        names: of the exercises.
    """
    given = {name: _fingerprints((course / "exercises" / f"{name}.py").read_bytes()) for name in names}
    owners: dict[tuple[str, int], list[str]] = defaultdict(list)
    learners = 0
    for learner, files in submissions:
        learners += 1
        for name in names:
            for fingerprint in _fingerprints(files.get(f"{name}.py", b"")) - given[name]:
                owners[name, fingerprint].append(learner)
    common = max(_COMMON, _COMMON_SHARE * learners)
    own: Counter[tuple[str, str]] = Counter()
    shared: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for (name, _), who in owners.items():
        if len(who) <= common:
            own.update((learner, name) for learner in who)
            for pair in combinations(sorted(who), 2):
                shared[pair][name] += 1
    return sorted(_alike(shared, own, names), key=lambda pair: (-pair.share, pair.one, pair.other))


def _alike(
    shared: Mapping[tuple[str, str], Counter[str]], own: Counter[tuple[str, str]], names: list[str]
) -> Iterable[Duplicate]:
    for (one, other), counts in shared.items():
        smaller = min(sum(own[learner, name] for name in names) for learner in (one, other))
        found = counts.total()
        if found >= _FEWEST and found / smaller >= _ALIKE:
            yield Duplicate(one, other, found / smaller, tuple(name for name, _ in counts.most_common()))


def _fingerprints(source: bytes) -> set[int]:
    """Return the fingerprints of a module, the same in every run."""
    from copydetect.utils import filter_code, winnow  # imports matplotlib

    text, _ = filter_code(source.decode("utf-8", errors="replace"), "module.py")
    # Not copydetect's own: Python's `hash` of a text is another in every process.
    hashes = [crc32(text[at : at + _NOISE].encode()) for at in range(len(text) - _NOISE + 1)]
    chosen, _ = winnow(np.array(hashes, int), _WINDOW) if hashes else ((), ())
    return {int(value) for value in chosen}
