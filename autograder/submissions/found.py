"""The files of a submission that may be code, within limits, and the rules for which files and folders to skip."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import IO

from autograder.submissions import UnreadableSubmission

# A module that a learner writes is a few kilobytes, a notebook with pictures in it some megabytes. These limits
# stop files that only pretend to be one. They hold for all that one learner hands in.
LARGEST_FILE = 1 * 2**20
LARGEST_NOTEBOOK = 16 * 2**20
LARGEST_ARCHIVE = 256 * 2**20
MOST_FILES = 200
_MOST_BYTES = 64 * 2**20
_MOST_ENTRIES = 20_000
# What an editor, a browser or a learning platform makes of `.py`.
_CODE = {".py": ".py", ".py.txt": ".py", ".ipynb": ".ipynb", ".ipynb.txt": ".ipynb", ".ipynb.json": ".ipynb"}
_ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz", ".7z", ".rar")
# Folders with other people's code.
_FOREIGN_FOLDERS = {"node_modules", "site-packages", "venv", "env"}
# A virtual environment has this file, whatever its folder is called.
ENVIRONMENT = "pyvenv.cfg"
# nbgrader puts these beside the notebooks: the time of submission, and the key for the feedback.
NBGRADER_FILES = ("timestamp.txt", "submission_secret.txt")
# A platform or a system adds these.
_PLATFORM_FILES = {*NBGRADER_FILES, "submission_metadata.yml", "thumbs.db", "desktop.ini"}


@dataclass(frozen=True)
class File:
    """A file of a submission that may be an exercise's.

    Attributes:
        path: its path in the submission; an archive counts as a folder.
        content: its bytes.
        kind: `.py` or `.ipynb`, whatever the name ends with.
        time: when it was last changed, in seconds since 1970; None if that is not known.
    """

    path: PurePosixPath
    content: bytes
    kind: str
    time: float | None


@dataclass
class Found:
    """The files of a submission.

    Attributes:
        files: the files that may be an exercise's.
        others: the names of the rest: reports, pictures.
        unopened: the archives that could not be opened, each with the reason.
    """

    files: list[File] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    unopened: dict[str, str] = field(default_factory=dict)
    entries: int = 0
    archives: int = 0
    _bytes: int = 0

    def count(self, number: int = 1) -> None:
        """Count entries.

        Raises:
            UnreadableSubmission: past the limit.
        """
        self.entries += number
        if self.entries > _MOST_ENTRIES:
            raise UnreadableSubmission(f"more than {_MOST_ENTRIES} files in it")

    def take(self, path: PurePosixPath, file: IO[bytes], time: float | None) -> None:
        """Read a file that may be an exercise's.

        Raises:
            UnreadableSubmission: past a limit.
        """
        kind = code_kind(path.name)
        if len(self.files) >= MOST_FILES:
            raise UnreadableSubmission(f"more than {MOST_FILES} Python files in it")
        # One byte too many shows that a file is too large; the reader of notebooks says so.
        largest = LARGEST_NOTEBOOK if kind == ".ipynb" else LARGEST_FILE
        content = file.read(largest + 1)
        if len(content) > largest and kind == ".py":
            raise UnreadableSubmission(f"{path} is larger than {LARGEST_FILE // 2**20} MiB")
        self._bytes += len(content)
        if self._bytes > _MOST_BYTES:
            raise UnreadableSubmission(f"more than {_MOST_BYTES // 2**20} MiB of code in it")
        self.files.append(File(path, content, kind, time))


def code_kind(name: str) -> str:
    """Return `.py` or `.ipynb` for a file that may be an exercise's, otherwise an empty text.

    >>> code_kind("Padding.PY"), code_kind("padding.py.txt"), code_kind("report.pdf")
    ('.py', '.py', '')
    """
    return next((kind for ending, kind in _CODE.items() if name.lower().endswith(ending)), "")


def is_platform_file(name: str) -> bool:
    """Return True for a hidden file, and for one that a platform or a system has added."""
    return name.startswith(".") or name.lower() in _PLATFORM_FILES


def is_archive(name: str) -> bool:
    """Tell whether a file's name is that of an archive."""
    return name.lower().endswith(_ARCHIVES)


def is_foreign(parts: Iterable[str]) -> bool:
    """Tell whether a folder on a path is hidden, or holds other people's code."""
    return any(part.startswith((".", "__")) or part.lower() in _FOREIGN_FOLDERS for part in parts)


def environments(paths: Iterable[PurePosixPath]) -> set[PurePosixPath]:
    """Return the folders that are virtual environments."""
    return {path.parent for path in paths if path.name == ENVIRONMENT}
