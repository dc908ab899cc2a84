"""Submissions: find, name, unpack and read them as bytes. Some submissions are hostile.

`find` lists the submissions in a folder; `names` takes the learner from a file's name; `reader` has each read in a
process with limits; `read` makes modules of one; `unpack` reads folders, `archives` what is packed, into `found`;
`recognize` says which exercise a file answers; `notebook` makes a module of a notebook's cells; `handed_in` finds out
when; `gradescope_export` reads whose it is and when from Gradescope's list.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from autograder import UserError
from autograder.protocol.text import visible


class UnreadableSubmission(UserError):
    """A submission cannot be read; the text is one line for the learner's record."""


@dataclass(frozen=True)
class Entry:
    """One learner's submission, found but not yet read.

    Attributes:
        learner: the learner.
        paths: its files and folders.
        submitted: when it was handed in, if the platform says so; None if not.
        platform: the platform that says it.
    """

    learner: str
    paths: tuple[Path, ...]
    submitted: datetime | None = None
    platform: str = ""

    @property
    def shown(self) -> str:
        """The names of its files, in one visible line."""
        return visible(", ".join(path.name for path in self.paths))


@dataclass(frozen=True)
class Submission:
    """A submission that was read.

    Attributes:
        files: the modules' bytes, by name.
        submitted: when it was handed in.
        submitted_source: how we know that, for example "file time".
        notes: what people should know about it.
        problem: why it must not be counted, though some of it can be graded; empty if it can be.
        notebooks: the exercises that were handed in as notebooks, each with why it cannot be read, empty if it can.
    """

    files: dict[str, bytes]
    submitted: datetime
    submitted_source: str = "file time"
    notes: list[str] = field(default_factory=list)
    problem: str = ""
    notebooks: dict[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """A hash of all the files' names and contents."""
        return digest_of(self.files)


def digest_of(files: Mapping[str, bytes]) -> str:
    """Return a hash of files' names and contents."""
    summary = hashlib.sha256()
    for name in sorted(files):
        content = files[name]
        encoded = name.encode("utf-8", "surrogateescape")
        summary.update(b"%d:%s:%d:" % (len(encoded), encoded, len(content)) + content)
    return summary.hexdigest()
