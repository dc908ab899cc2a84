"""Find submissions and read them as bytes: folders, zip files, single modules, some of them hostile."""

from __future__ import annotations

import ast
import hashlib
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path, PurePosixPath

from autograder.learners import name_of

# A module that a learner writes is a few kilobytes. These stop what only pretends to be one.
LARGEST_FILE = 1 * 2**20
MOST_FILES = 200
_MOST_ENTRIES = 20_000


class Unreadable(Exception):
    """A submission cannot be read; the text is one line for the learner's record."""


@dataclass(frozen=True)
class Entry:
    """One learner's submission as it was found, before anything of it is read."""

    learner: str
    paths: tuple[Path, ...]

    @property
    def shown(self) -> str:
        """The names of its files."""
        return ", ".join(path.name for path in self.paths)


@dataclass(frozen=True)
class Submission:
    """What was read: the modules' bytes by name, and what is worth telling about them."""

    files: dict[str, bytes]
    submitted: datetime
    notes: list[str] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """A hash of all the files' names and contents."""
        summary = hashlib.sha256()
        for name in sorted(self.files):
            content = self.files[name]
            summary.update(f"{len(name)}:{name}:{len(content)}:".encode() + content)
        return summary.hexdigest()


def find(path: Path, exercises: list[str]) -> list[Entry]:
    """Return the submissions at `path`, sorted by learner: what is in that folder, or `path` itself.

    A folder that holds an exercise's module is one submission; so is a zip file or a module.

    Raises:
        Unreadable: where there is no such path, or it is an empty folder.
    """
    if not path.exists():
        raise Unreadable(f"{path}: no such file or folder")
    own = [path] if path.is_file() or any((path / f"{name}.py").exists() for name in exercises) else None
    by_learner: dict[str, list[Path]] = {}
    for item in own or sorted(path.iterdir()):
        if item.name.startswith(".") or item.name == "__MACOSX":
            continue
        learner = name_of(item.name, item.is_dir()).learner
        by_learner.setdefault(learner, []).append(item)
    if not by_learner:
        raise Unreadable(f"{path}: no submission in it: a folder, a .zip or a .py for each learner")
    return [Entry(learner, tuple(paths)) for learner, paths in sorted(by_learner.items())]


def asked_functions(folder: Path, names: list[str]) -> dict[str, set[str]]:
    """Return the public functions and classes that each exercise asks for, read off its stub."""
    asked = {}
    for name in names:
        body = ast.parse((folder / "exercises" / f"{name}.py").read_text(encoding="utf-8")).body
        kinds = (ast.FunctionDef, ast.ClassDef)
        asked[name] = {
            node.name for node in body if isinstance(node, kinds) and not node.name.startswith("_")
        }
    return asked


def read(entry: Entry, exercises: list[str], functions: dict[str, set[str]], only: list[str]) -> Submission:
    """Read one submission.

    Args:
        entry: from `find`.
        exercises: the names of all exercises.
        functions: what each exercise asks for; it tells which a single file answers if its name does not.
        only: the exercises to be graded.

    Raises:
        Unreadable: where nothing of it can be graded; the text says why.
    """
    for path in entry.paths:
        if path.is_symlink():
            raise Unreadable(f"{path.name} is a link: hand in the file itself")
    newest = max(path.stat().st_mtime for path in entry.paths)
    submitted = datetime.fromtimestamp(newest, timezone.utc)
    if all(path.suffix == ".py" and path.is_file() for path in entry.paths):
        files: dict[str, bytes] = {}
        for path in entry.paths:
            for name, content in _single(path, exercises, functions, only).items():
                if name in files:
                    raise Unreadable(f"two files for {name}: {entry.shown}: keep one of them")
                files[name] = content
        return Submission(files, submitted)
    if len(entry.paths) > 1:
        raise Unreadable(f"two submissions of one learner: {entry.shown}: keep one of them")
    (path,) = entry.paths
    if path.is_dir():
        found = dict(_folder_files(path))
        archives = [name for name in _names_in(path) if name.lower().endswith(".zip")]
        if not found and len(archives) == 1:
            # Moodle wraps the uploaded file in a folder.
            found = dict(_zip_files(path / archives[0]))
    elif path.suffix.lower() == ".zip":
        found = dict(_zip_files(path))
    else:
        raise Unreadable(f"{path.name} is neither a folder nor a .zip nor a .py")
    files = _at_the_root(found, exercises)
    notes = []
    if not any(f"{name}.py" in files for name in exercises):
        notes.append(f"no exercise in it: looked for {', '.join(f'{name}.py' for name in only[:3])}, …")
    return Submission(files, submitted, notes)


def _single(
    path: Path, exercises: list[str], functions: dict[str, set[str]], only: list[str]
) -> dict[str, bytes]:
    """Return a single module under the names of the exercises that it answers."""
    content = _regular(path, path.name)
    original = name_of(path.name, is_folder=False).file
    if original.removesuffix(".py") in exercises:
        return {original: content}
    if len(only) == 1:
        return {f"{only[0]}.py": content}
    try:
        body = ast.parse(content).body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise Unreadable(
            f"{path.name} is not Python ({type(error).__name__}), so it does not show which exercise it is: "
            "name it after the exercise"
        ) from None
    kinds = (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef)
    defined = {node.name for node in body if isinstance(node, kinds)}
    answered = [name for name in exercises if defined & functions.get(name, set())]
    if not answered:
        raise Unreadable(f"{path.name} defines no function of any exercise: name it after the exercise")
    return {f"{name}.py": content for name in answered}


def _regular(path: Path, shown: str) -> bytes:
    """Read a small regular file."""
    # O_NONBLOCK: a pipe with nobody at its other end must not keep us waiting; O_NOFOLLOW: no links.
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))
    except OSError as error:
        raise Unreadable(f"{shown} cannot be read: {error.strerror}") from None
    with open(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise Unreadable(f"{shown} is not a regular file")
        content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise Unreadable(f"{shown} is larger than {LARGEST_FILE // 2**20} MiB")
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
                    raise Unreadable(f"{shown} is a link: hand in the file itself")
                count += 1
                if count > _MOST_ENTRIES:
                    raise Unreadable(f"more than {_MOST_ENTRIES} files in it")
                if name.endswith(".py") and name in names:
                    yield PurePosixPath(shown), _regular(path, shown)
    except OSError as error:
        raise Unreadable(f"{error.filename} cannot be read: {error.strerror}") from None


def _raise(error: OSError) -> None:
    raise error


def _zip_files(path: Path) -> Iterator[tuple[PurePosixPath, bytes]]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > _MOST_ENTRIES:
                raise Unreadable(f"{path.name} has more than {_MOST_ENTRIES} files in it")
            seen: set[PurePosixPath] = set()
            for member in members:
                name = PurePosixPath(member.filename.replace("\\", "/"))
                if name.is_absolute() or ".." in name.parts or (name.parts and ":" in name.parts[0]):
                    raise Unreadable(f"{path.name} has a file outside of itself: {member.filename[:80]}")
                if stat.S_ISLNK(member.external_attr >> 16):
                    raise Unreadable(f"{path.name} has a link in it: {member.filename[:80]}")
                hidden = any(part.startswith((".", "__")) for part in name.parts[:-1])
                if member.is_dir() or name.suffix != ".py" or hidden or name.name.startswith("._"):
                    continue
                if name in seen:
                    raise Unreadable(f"{path.name} has two files of the name {member.filename[:80]}")
                seen.add(name)
                with archive.open(member) as file:
                    content = file.read(LARGEST_FILE + 1)
                if len(content) > LARGEST_FILE:
                    raise Unreadable(f"{name} is larger than {LARGEST_FILE // 2**20} MiB")
                yield name, content
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise Unreadable(f"{path.name} is not a zip file that can be read: {error}") from None
    except RuntimeError as error:  # zipfile's way to say that a password is needed
        raise Unreadable(f"{path.name} cannot be opened: {error}") from None


def _at_the_root(found: dict[PurePosixPath, bytes], exercises: list[str]) -> dict[str, bytes]:
    """Return the files by name, each exercise's module at the root wherever the learner had it."""
    if len(found) > MOST_FILES:
        raise Unreadable(f"more than {MOST_FILES} Python files in it")
    modules = {f"{name}.py" for name in exercises}
    holders = [path.parent for path in found if path.name in modules]
    root = min(holders, key=lambda folder: (len(folder.parts), folder)) if holders else PurePosixPath()
    files = {
        path.relative_to(root).as_posix(): content
        for path, content in found.items()
        if path.is_relative_to(root)
    }
    for name in modules - files.keys():
        elsewhere = sorted((path for path in found if path.name == name), key=lambda path: len(path.parts))
        if len(elsewhere) > 1 and len(elsewhere[0].parts) == len(elsewhere[1].parts):
            raise Unreadable(f"{name} is in it twice: {elsewhere[0]} and {elsewhere[1]}: keep one of them")
        if elsewhere:
            files[name] = found[elsewhere[0]]
    return files
