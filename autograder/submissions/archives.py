"""Read the code in zip, tar, 7z and RAR archives; nothing is written to the disk.

The counts and sizes of what is taken are limited here; `reader` limits memory and time, which a short archive can
cost too.
"""

from __future__ import annotations

import io
import stat
import tarfile
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from autograder.submissions import UnreadableSubmission
from autograder.submissions.found import (
    LARGEST_ARCHIVE,
    Found,
    code_kind,
    environments,
    is_archive,
    is_foreign,
    is_platform_file,
)

# An archive in an archive in an archive.
_DEEPEST = 3
_MOST_ARCHIVES = 20
# Read from an archive within an archive, which must be in memory to be opened.
_LARGEST_INNER = 64 * 2**20


class _UnopenedArchive(Exception):
    """An archive cannot be opened; the text says why."""


@dataclass(frozen=True)
class _Member:
    """A member of an archive.

    Attributes:
        name: as the archive has it.
        is_folder: it is not a file.
        is_link: it stands for another file.
        time: when it was last changed.
        open: returns its bytes as a file.
    """

    name: str
    is_folder: bool
    is_link: bool
    time: float | None
    open: Callable[[], IO[bytes]]


def open_archive(path: PurePosixPath, file: IO[bytes], found: Found, depth: int = 1) -> None:
    """Add what is in an archive to `found`; one that cannot be opened is only noted there.

    Args:
        path: of the archive in the submission.
        file: its bytes.
        found: where to add.
        depth: 1 for an archive, 2 for one in an archive.

    Raises:
        UnreadableSubmission: past a limit, or if a member would be outside of the archive.
    """
    found.archives += 1
    if depth > _DEEPEST or found.archives > _MOST_ARCHIVES:
        found.unopened[path.as_posix()] = "it is one archive too many"
        return
    reader = _zip_members if path.name.lower().endswith(".zip") else _tar_members
    if path.name.lower().endswith((".7z", ".rar")):
        reader = _libarchive_members
    try:
        _read_members(path, reader(file, found), found, depth)
    except UnreadableSubmission:
        raise
    except _UnopenedArchive as error:
        found.unopened[path.as_posix()] = str(error)
    except Exception as error:  # each format, and each of its compressions, has its own
        found.unopened[path.as_posix()] = f"it cannot be opened: {error or type(error).__name__}"


def _read_members(path: PurePosixPath, members: Iterator[_Member], found: Found, depth: int) -> None:
    listed = [(PurePosixPath(member.name.replace("\\", "/")), member) for member in members]
    if not listed:
        raise _UnopenedArchive("nothing is in it that can be read")
    foreign = environments(name for name, _ in listed)
    seen: set[PurePosixPath] = set()
    for name, member in listed:
        if name.is_absolute() or ".." in name.parts or (name.parts and ":" in name.parts[0]):
            raise UnreadableSubmission(
                f"{path.name} has a file with a path outside the archive: {member.name[:80]}"
            )
        if is_foreign(name.parts[:-1]) or foreign.intersection(name.parents) or is_platform_file(name.name):
            continue
        if member.is_link:
            raise UnreadableSubmission(f"{path.name} contains a link: {member.name[:80]}")
        if member.is_folder:
            continue
        if not (code_kind(name.name) or is_archive(name.name)):
            found.others.append((path / name).as_posix())
            continue
        if name in seen:
            raise UnreadableSubmission(f"{path.name} has two files of the name {member.name[:80]}")
        seen.add(name)
        with member.open() as file:
            if code_kind(name.name):
                found.take(path / name, file, member.time)
                continue
            content = file.read(_LARGEST_INNER + 1)
        if len(content) > _LARGEST_INNER:
            found.unopened[(path / name).as_posix()] = f"it is larger than {_LARGEST_INNER // 2**20} MiB"
        else:
            open_archive(path / name, io.BytesIO(content), found, depth + 1)


def _zip_members(file: IO[bytes], found: Found) -> Iterator[_Member]:
    archive = zipfile.ZipFile(file)
    infos = archive.infolist()
    found.count(len(infos))
    for info in infos:
        yield _Member(
            info.filename,
            info.is_dir(),
            stat.S_ISLNK(info.external_attr >> 16),
            _local_time(info.date_time),
            lambda info=info: archive.open(info),  # type: ignore[misc]
        )


def _local_time(date_time: tuple[int, ...]) -> float | None:
    """Return a zip member's time. Zip files store no time zone, so we use this machine's."""
    try:
        return time.mktime((*date_time, 0, 0, -1))  # type: ignore[arg-type]
    except (ValueError, OverflowError):
        return None


def _tar_members(file: IO[bytes], found: Found) -> Iterator[_Member]:
    archive = tarfile.open(fileobj=file)  # noqa: SIM115  # closed with the process
    for info in archive:
        found.count()

        def opened(info: tarfile.TarInfo = info) -> IO[bytes]:
            return archive.extractfile(info) or io.BytesIO()

        yield _Member(info.name, not (info.isfile() or _is_link(info)), _is_link(info), info.mtime, opened)


def _is_link(info: tarfile.TarInfo) -> bool:
    return info.issym() or info.islnk()


def _libarchive_members(file: IO[bytes], found: Found) -> Iterator[_Member]:
    try:
        import libarchive  # of the extra `grade`; its C library is Debian's libarchive13
    except (ImportError, OSError, TypeError, AttributeError):
        raise _UnopenedArchive(
            "opening it needs libarchive: pip install libarchive-c, and Debian's package libarchive13"
        ) from None
    with libarchive.memory_reader(file.read(LARGEST_ARCHIVE)) as archive:
        for entry in archive:
            found.count()
            name = entry.pathname
            # Members can only be read in their order, so what is code is read at once.
            content = b""
            if entry.isfile and (code_kind(name) or is_archive(name)):
                content = _first_bytes(entry.get_blocks())
            yield _Member(
                name,
                not (entry.isfile or entry.issym or entry.islnk),
                entry.issym or entry.islnk,
                entry.mtime,
                lambda content=content: io.BytesIO(content),  # type: ignore[misc]
            )


def _first_bytes(blocks: Iterator[bytes]) -> bytes:
    content = bytearray()
    for block in blocks:
        content += block
        if len(content) > _LARGEST_INNER:
            break
    return bytes(content)
