"""Find submissions and read them as bytes: folders, zip files, modules, notebooks, some of them hostile."""

from __future__ import annotations

import ast
import hashlib
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path, PurePosixPath
from typing import IO

from autograder.learners import name_of

# A module that a learner writes is a few kilobytes, a notebook with pictures in it some megabytes. These stop
# what only pretends to be one.
LARGEST_FILE = 1 * 2**20
LARGEST_NOTEBOOK = 16 * 2**20
MOST_FILES = 200
_MOST_ENTRIES = 20_000
_ENDINGS = (".py", ".ipynb")


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
    notebooks: dict[str, str] = field(default_factory=dict)
    """The exercises that were handed in as notebooks; why one cannot be read, empty where it can."""

    @property
    def digest(self) -> str:
        """A hash of all the files' names and contents."""
        return digest_of(self.files)


def digest_of(files: Mapping[str, bytes]) -> str:
    """Return a hash of files' names and contents."""
    summary = hashlib.sha256()
    for name in sorted(files):
        content = files[name]
        summary.update(f"{len(name)}:{name}:{len(content)}:".encode() + content)
    return summary.hexdigest()


def find(path: Path, exercises: list[str]) -> list[Entry]:
    """Return the submissions at `path`, sorted by learner: what is in that folder, or `path` itself.

    A folder that holds an exercise's module or notebook is one submission; so is a zip file or a single file.

    Raises:
        Unreadable: where there is no such path, or it is an empty folder.
    """
    if not path.exists():
        raise Unreadable(f"{path}: no such file or folder")
    modules = (path / f"{name}{ending}" for name in exercises for ending in _ENDINGS)
    own = [path] if path.is_file() or any(module.exists() for module in modules) else None
    by_learner: dict[str, list[Path]] = {}
    for item in own or sorted(path.iterdir()):
        if item.name.startswith(".") or item.name == "__MACOSX":
            continue
        learner = name_of(item.name, item.is_dir()).learner
        by_learner.setdefault(learner, []).append(item)
    if not by_learner:
        raise Unreadable(
            f"{path}: no submission in it: a folder, a .zip, a .py or an .ipynb for each learner"
        )
    return [Entry(learner, tuple(paths)) for learner, paths in sorted(by_learner.items())]


def stubs(folder: Path, names: list[str]) -> dict[str, str]:
    """Return the stubs of a course by exercise: what is asked for is read off them."""
    return {name: (folder / "exercises" / f"{name}.py").read_text(encoding="utf-8") for name in names}


def _asked(stub: str) -> set[str]:
    """Return the public functions and classes that a stub asks for."""
    return {name for name in _defined(ast.parse(stub).body) if not name.startswith("_")}


def _defined(body: list[ast.stmt]) -> set[str]:
    kinds = (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef)
    return {node.name for node in body if isinstance(node, kinds)}


def read(entry: Entry, stubs: Mapping[str, str], only: list[str]) -> Submission:
    """Read one submission.

    Args:
        entry: from `find`.
        stubs: those of all exercises, by name.
        only: the exercises to be graded.

    Raises:
        Unreadable: where nothing of it can be graded; the text says why.
    """
    for path in entry.paths:
        if path.is_symlink():
            raise Unreadable(f"{path.name} is a link: hand in the file itself")
    submitted = datetime.fromtimestamp(max(path.stat().st_mtime for path in entry.paths), timezone.utc)
    notes: list[str] = []
    if all(path.suffix in _ENDINGS and path.is_file() for path in entry.paths):
        found: dict[PurePosixPath, bytes] = {}
        for path in entry.paths:
            for name, content in _single(path, stubs, only).items():
                if PurePosixPath(name) in found:
                    raise Unreadable(f"two files for {name}: {entry.shown}: keep one of them")
                found[PurePosixPath(name)] = content
    elif len(entry.paths) > 1:
        raise Unreadable(f"two submissions of one learner: {entry.shown}: keep one of them")
    else:
        found = _whole(entry.paths[0])
    modules, notebooks = _without_notebooks(found, stubs, notes)
    files = _at_the_root(modules, list(stubs))
    if not any(f"{name}.py" in files for name in stubs):
        notes.append(f"no exercise in it: looked for {', '.join(f'{name}.py' for name in only[:3])}, …")
    return Submission(files, submitted, notes, notebooks)


def _whole(path: Path) -> dict[PurePosixPath, bytes]:
    """Return what is in a folder or zip file."""
    if path.is_dir():
        found = dict(_folder_files(path))
        archives = [name for name in _names_in(path) if name.lower().endswith(".zip")]
        # Moodle wraps the uploaded file in a folder.
        return found if found or len(archives) != 1 else dict(_zip_files(path / archives[0]))
    if path.suffix.lower() == ".zip":
        return dict(_zip_files(path))
    raise Unreadable(f"{path.name} is neither a folder nor a .zip nor a .py nor an .ipynb")


def _without_notebooks(
    found: dict[PurePosixPath, bytes], stubs: Mapping[str, str], notes: list[str]
) -> tuple[dict[PurePosixPath, bytes], dict[str, str]]:
    """Return the files, each exercise's notebook as the module that its cells make; and the notebooks.

    A notebook counts more than a module of the same name: a stub may have been handed in beside it.
    """
    modules = {path: content for path, content in found.items() if path.suffix == ".py"}
    places: dict[str, PurePosixPath] = {}
    for path in sorted(found.keys() - modules.keys(), key=lambda path: (len(path.parts), path)):
        if path.stem not in stubs:
            notes.append(f"{path} is left out: no exercise is called {path.stem}")
        elif path.stem in places:
            raise Unreadable(f"{path.name} is in it twice: {places[path.stem]} and {path}: keep one of them")
        else:
            places[path.stem] = path
    notebooks = {}
    for name, path in places.items():
        for other in [other for other in modules if other.name == f"{name}.py"]:
            del modules[other]
        content, notebooks[name] = _module_of(path, found[path], stubs[name], notes)
        if not notebooks[name]:
            modules[PurePosixPath(f"{name}.py")] = content
    return modules, notebooks


def _module_of(path: PurePosixPath, content: bytes, stub: str, notes: list[str]) -> tuple[bytes, str]:
    """Return the module that a notebook's cells make, or why there is none."""
    if len(content) > LARGEST_NOTEBOOK:
        return b"", f"{path.name} is larger than {LARGEST_NOTEBOOK // 2**20} MiB: clear its outputs"
    from autograder.notebooks.chunks import chunks  # what reads notebooks is an extra
    from autograder.notebooks.read import NotANotebook, code_cells, module

    try:
        made = module(path.stem, chunks(stub), code_cells(content))
    except ModuleNotFoundError as error:
        raise Unreadable(
            f"{path.name}: to grade notebooks, pip install '.[nbgrader]' ({error.name})"
        ) from None
    except NotANotebook as error:
        return b"", f"{path.name} cannot be read as a notebook: {error}"
    notes += [f"{path.name}, {note}" for note in made.notes]
    return made.source.encode(), ""


def _single(path: Path, stubs: Mapping[str, str], only: list[str]) -> dict[str, bytes]:
    """Return a single module or notebook under the names of the exercises that it answers."""
    content = _regular(path, path.name)
    original = PurePosixPath(name_of(path.name, is_folder=False).file)
    if original.stem in stubs:
        return {original.name: content}
    if len(only) == 1:
        return {f"{only[0]}{original.suffix}": content}
    if original.suffix == ".ipynb":
        raise Unreadable(f"{path.name} is the notebook of no exercise: name it after the exercise")
    try:
        body = ast.parse(content).body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise Unreadable(
            f"{path.name} is not Python ({type(error).__name__}), so it does not show which exercise it is: "
            "name it after the exercise"
        ) from None
    answered = [name for name, stub in stubs.items() if _defined(body) & _asked(stub)]
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
        return _bounded(file, shown)


def _bounded(file: IO[bytes], shown: str) -> bytes:
    """Read a file of a submission. Of a notebook that is too large there is as much as shows that it is."""
    if shown.endswith(".ipynb"):
        return file.read(LARGEST_NOTEBOOK + 1)
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
                if name.endswith(_ENDINGS) and name in names:
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
                if member.is_dir() or name.suffix not in _ENDINGS or hidden or name.name.startswith("._"):
                    continue
                if name in seen:
                    raise Unreadable(f"{path.name} has two files of the name {member.filename[:80]}")
                seen.add(name)
                with archive.open(member) as file:
                    yield name, _bounded(file, name.as_posix())
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
