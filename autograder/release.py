"""What learners get: stubs, public suites, hints, the trainer and the kit; nothing that holds an answer."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from autograder.course import FILE_NAME, Course
from autograder.cut import KEPT_STUBS, stubs

_TEMPLATE = Path(__file__).parent / "learners_folder"
# So that the same course gives the same zip file.
_DATE = (1980, 1, 1, 0, 0, 0)


class CannotRelease(Exception):
    """There is something in the way; the text says what."""


def exercise_files(folder: Path, course: Course) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of what is needed to do the exercises where the kit is installed."""
    for path, stub in stubs(folder, course.names).items():
        yield f"exercises/{path.name}", stub.encode()
        yield f"{KEPT_STUBS}/{path.name}", stub.encode()
    for name in course.names:
        for file in (f"exercises/test_{name}.py", f"exercises/hints/{name}.md"):
            if (folder / file).is_file():
                yield file, (folder / file).read_bytes()
    for name in (FILE_NAME, "conftest.py", "pyproject.toml"):
        if (folder / name).is_file():
            yield name, (folder / name).read_bytes()


def packages() -> dict[str, bytes]:
    """Return the kit's own packages, by name.

    Raises:
        OSError: where something cannot be read.
    """
    kit = Path(__file__).resolve().parent
    return {
        f"{package.name}/{name}": content
        for package in (kit, kit.parent / "trainer")
        for name, content in files_below(package).items()
        if not (package / name).is_relative_to(_TEMPLATE)
    }


def files_below(folder: Path) -> dict[str, bytes]:
    """Return the files in a folder and below it, by name; none, where there is no such folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def learners_files(folder: Path, course: Course) -> dict[str, bytes]:
    """Return all that learners get, by name.

    Raises:
        CutError: where a solution cannot be cut.
        OSError: where something cannot be read.
    """
    found = dict(exercise_files(folder, course)) | packages()
    for name in ("LICENSE", "constraints.txt"):
        if (folder / name).is_file():
            found[name] = (folder / name).read_bytes()
    # A name that begins with a dot would be overlooked among the kit's own files.
    return found | {name.replace("dot_", "."): content for name, content in files_below(_TEMPLATE).items()}


def release(folder: Path, course: Course, out: Path) -> int:
    """Write the learners' folder, or zip file, and return how many files are in it.

    Args:
        folder: of the course.
        course: what its `grading.toml` says.
        out: a zip file, if it is called so, otherwise a folder, which must be empty or new.

    Raises:
        CannotRelease: where something is there already.
        CutError: where a solution cannot be cut.
        OSError: where it cannot be written.
    """
    files = learners_files(folder, course)
    out.parent.mkdir(parents=True, exist_ok=True)
    if out.suffix == ".zip":
        write_zip(out, files)
        return len(files)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise CannotRelease(f"{out} is there already: name a new folder")
    temporary = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}-"))
    try:
        write_folder(temporary, files)
        temporary.chmod(0o755)
        temporary.replace(out)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    return len(files)


def write_folder(folder: Path, files: dict[str, bytes]) -> None:
    """Write files below a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def write_zip(path: Path, files: dict[str, bytes], executable: tuple[str, ...] = ()) -> None:
    """Write files into a zip file, whole or not at all; the same files give the same bytes."""
    temporary = path.with_name(f".{path.name}.writing")
    try:
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in sorted(files):
                member = zipfile.ZipInfo(name, _DATE)
                member.compress_type = zipfile.ZIP_DEFLATED
                member.external_attr = (0o755 if name in executable else 0o644) << 16
                archive.writestr(member, files[name])
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
