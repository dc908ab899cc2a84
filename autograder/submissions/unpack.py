"""Read the files of a folder, a zip archive or a single file, within limits and without following links."""

from __future__ import annotations

import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from autograder.submissions import ENDINGS, UnreadableSubmission

# A module that a learner writes is a few kilobytes, a notebook with pictures in it some megabytes. These limits
# stop files that only pretend to be one.
LARGEST_FILE = 1 * 2**20
LARGEST_NOTEBOOK = 16 * 2**20
_MOST_ENTRIES = 20_000


def unpack(path: Path) -> dict[PurePosixPath, bytes]:
    """Return what is in a folder or zip file."""
    if path.is_dir():
        found = dict(_folder_files(path))
        archives = [name for name in _names_in(path) if name.lower().endswith(".zip")]
        # Moodle wraps the uploaded file in a folder.
        return found if found or len(archives) != 1 else dict(_zip_files(path / archives[0]))
    if path.suffix.lower() == ".zip":
        return dict(_zip_files(path))
    raise UnreadableSubmission(f"{path.name} is neither a folder nor a .zip nor a .py nor an .ipynb")


def read_file(path: Path, shown: str) -> bytes:
    """Read a small regular file."""
    # O_NONBLOCK: a pipe with nobody at its other end must not keep us waiting; O_NOFOLLOW: no links.
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))
    except OSError as error:
        raise UnreadableSubmission(f"{shown} cannot be read: {error.strerror}") from None
    with open(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise UnreadableSubmission(f"{shown} is not a regular file")
        return _bounded(file, shown)


def _bounded(file: IO[bytes], shown: str) -> bytes:
    """Read a file of a submission. Of a notebook that is too large there is as much as shows that it is."""
    if shown.endswith(".ipynb"):
        return file.read(LARGEST_NOTEBOOK + 1)
    content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise UnreadableSubmission(f"{shown} is larger than {LARGEST_FILE // 2**20} MiB")
    return content


def _names_in(folder: Path) -> list[str]:
    return sorted(item.name for item in folder.iterdir())


def _folder_files(root: Path) -> Iterator[tuple[PurePosixPath, bytes]]:
    count = 0
    try:
        for folder, folders, names in os.walk(root, onerror=_raise):
            folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
            for name in (*folders, *sorted(names)):
                path = Path(folder) / name
                shown = path.relative_to(root).as_posix()
                if path.is_symlink():
                    raise UnreadableSubmission(f"{shown} is a link: hand in the file itself")
                count += 1
                if count > _MOST_ENTRIES:
                    raise UnreadableSubmission(f"more than {_MOST_ENTRIES} files in it")
                if name.endswith(ENDINGS) and name in names:
                    yield PurePosixPath(shown), read_file(path, shown)
    except OSError as error:
        raise UnreadableSubmission(f"{error.filename} cannot be read: {error.strerror}") from None


def _raise(error: OSError) -> None:
    raise error


def _zip_files(path: Path) -> Iterator[tuple[PurePosixPath, bytes]]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > _MOST_ENTRIES:
                raise UnreadableSubmission(f"{path.name} has more than {_MOST_ENTRIES} files in it")
            seen: set[PurePosixPath] = set()
            for member in members:
                name = PurePosixPath(member.filename.replace("\\", "/"))
                if name.is_absolute() or ".." in name.parts or (name.parts and ":" in name.parts[0]):
                    raise UnreadableSubmission(
                        f"{path.name} has a file outside of itself: {member.filename[:80]}"
                    )
                if stat.S_ISLNK(member.external_attr >> 16):
                    raise UnreadableSubmission(f"{path.name} has a link in it: {member.filename[:80]}")
                hidden = any(part.startswith((".", "__")) for part in name.parts[:-1])
                if member.is_dir() or name.suffix not in ENDINGS or hidden or name.name.startswith("._"):
                    continue
                if name in seen:
                    raise UnreadableSubmission(
                        f"{path.name} has two files of the name {member.filename[:80]}"
                    )
                seen.add(name)
                with archive.open(member) as file:
                    yield name, _bounded(file, name.as_posix())
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise UnreadableSubmission(f"{path.name} is not a zip file that can be read: {error}") from None
    except RuntimeError as error:  # zipfile's way to say that a password is needed
        raise UnreadableSubmission(f"{path.name} cannot be opened: {error}") from None
