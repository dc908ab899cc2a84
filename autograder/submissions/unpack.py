"""Read the files of a folder, an archive or a single file, without following links."""

from __future__ import annotations

import os
import stat
from pathlib import Path, PurePosixPath

from autograder.submissions import UnreadableSubmission
from autograder.submissions.archives import open_archive
from autograder.submissions.found import (
    ENVIRONMENT,
    LARGEST_ARCHIVE,
    Found,
    code_kind,
    is_archive,
    is_foreign,
    is_platform_file,
)


def unpack(path: Path, name: PurePosixPath, found: Found) -> None:
    """Read a folder, an archive or a single file.

    Args:
        path: of the file or folder.
        name: its path in the submission; empty for the folder of the whole submission.
        found: gets the files.

    Raises:
        UnreadableSubmission: if it cannot be read, or is past a limit.
    """
    if path.is_dir():
        _read_folder(path, name, found)
    else:
        _read_path(path, name, found)


def _read_path(path: Path, name: PurePosixPath, found: Found) -> None:
    found.count()
    if is_platform_file(name.name):
        return
    if not (code_kind(name.name) or is_archive(name.name)):
        found.others.append(name.as_posix())
        return
    # O_NONBLOCK: a pipe with nobody at its other end must not keep us waiting; O_NOFOLLOW: no links.
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))
    except OSError as error:
        raise UnreadableSubmission(f"{name} cannot be read: {error.strerror}") from None
    with open(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableSubmission(f"{name} is not a regular file")
        if code_kind(name.name):
            found.take(name, file, status.st_mtime)
        elif status.st_size > LARGEST_ARCHIVE:
            found.unopened[name.as_posix()] = f"it is larger than {LARGEST_ARCHIVE // 2**20} MiB"
        else:
            open_archive(name, file, found)


def _read_folder(root: Path, within: PurePosixPath, found: Found) -> None:
    try:
        for folder, folders, names in os.walk(root, onerror=_raise):
            here = within / PurePosixPath(Path(folder).relative_to(root).as_posix())
            folders[:] = sorted(
                name
                for name in folders
                if not is_foreign([name]) and not Path(folder, name, ENVIRONMENT).exists()
            )
            for name in folders:
                if Path(folder, name).is_symlink():
                    raise UnreadableSubmission(f"{here / name} is a link: submit the folder itself")
            found.count(len(folders))
            for name in sorted(names):
                if Path(folder, name).is_symlink() and (code_kind(name) or is_archive(name)):
                    raise UnreadableSubmission(f"{here / name} is a link: submit the file itself")
                _read_path(Path(folder, name), here / name, found)
    except OSError as error:
        raise UnreadableSubmission(f"{error.filename} cannot be read: {error.strerror}") from None


def _raise(error: OSError) -> None:
    raise error
