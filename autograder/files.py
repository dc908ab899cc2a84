"""Write files atomically; read and write the files of a folder and of a zip archive."""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path

# The prefix of a file's name until the file is complete.
UNFINISHED = ".writing-"
# A fixed date, so that the same files give the same zip archive.
_DATE = (1980, 1, 1, 0, 0, 0)


def write_whole(path: Path, text: str) -> None:
    """Write `text` to `path`; a reader sees the old file or the new one, never a part.

    Raises:
        OSError: if the folder cannot be written to; the old file stays.
    """
    with whole_file(path) as file:
        file.write(text)


@contextmanager
def whole_file(path: Path) -> Iterator[TextIOWrapper]:
    """Open a file that replaces the old one atomically when the context ends without an error.

    Raises:
        OSError: if the folder cannot be written to; the old file stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _errors_name(path):
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=UNFINISHED)
    try:
        with open(descriptor, "w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        with _errors_name(path):
            os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


@contextmanager
def _errors_name(path: Path) -> Iterator[None]:
    """Make errors name the target file, not the temporary one."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, os.fspath(path)) from error


def files_below(folder: Path) -> dict[str, bytes]:
    """Return the files in a folder and its subfolders, by name; empty if the folder does not exist."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def remove_folder(folder: Path) -> None:
    """Remove a folder and everything in it, however deep; what cannot be removed stays.

    `shutil.rmtree` keeps a descriptor open for each level, so it fails on folders that are too deep.
    """
    top = os.fspath(folder)
    # Twice, because a process that is just ending may add something meanwhile.
    for _ in range(2):
        if os.path.lexists(top):
            _remove_once(top)


def _remove_once(top: str) -> None:
    waiting = [top]
    while waiting:
        current = waiting.pop()
        with suppress(OSError), os.scandir(current) as entries:
            for entry in entries:
                with suppress(OSError):
                    if not entry.is_dir(follow_symlinks=False):
                        os.unlink(entry.path)
                        continue
                    os.chmod(entry.path, 0o700)
                    below = entry.path
                    if current != top:
                        # Up, so that no path gets too long.
                        below = os.path.join(top, os.urandom(16).hex())
                        os.rename(entry.path, below)
                    waiting.append(below)
        if current != top:
            with suppress(OSError):
                os.rmdir(current)
    with suppress(OSError):
        os.rmdir(top)


def write_folder(folder: Path, files: dict[str, bytes]) -> None:
    """Write files below a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def write_zip(path: Path, files: dict[str, bytes], executable: tuple[str, ...] = ()) -> None:
    """Write files into a zip file atomically; the same files give the same bytes."""
    temporary = path.with_name(f".{path.name}.writing")
    try:
        with _errors_name(path):
            with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
                for name in sorted(files):
                    member = zipfile.ZipInfo(name, _DATE)
                    member.compress_type = zipfile.ZIP_DEFLATED
                    member.external_attr = (0o755 if name in executable else 0o644) << 16
                    archive.writestr(member, files[name])
            temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
