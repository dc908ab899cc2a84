"""Write a folder for learners: stubs, public suites and hints, without answers."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from autograder import UserError
from autograder.course import FILE_NAME, PICTURES, Course, CourseError, read_course, read_given
from autograder.course.cut import KEPT_STUBS, stubs
from autograder.course.kit import TEMPLATE, kit_file, kit_folder, kit_requirement
from autograder.files import files_below, write_folder, write_zip

_INSTALL = "install.md"
# Additional files for teachers and for people who learn without an instructor.
_FOR_TEACHERS = (
    *("solutions", "tests/hidden", "tests/oracles", "tests/mistakes", "tests/restyled", "tests/alternatives"),
    *("tests/drawings", PICTURES),
)


class CannotRelease(UserError):
    """The learners' folder cannot be written or would be incomplete; the text says why."""


def exercise_files(folder: Path, course: Course) -> Iterator[tuple[str, bytes]]:
    """Yield the name and content of each file needed for the exercises, if the kit is installed.

    Raises:
        CutError: if a stub cannot be made.
        CannotRelease: if an exercise has no public suite.
        OSError: if a file cannot be read.
    """
    for path, stub in stubs(folder, course.names).items():
        yield f"exercises/{path.name}", stub.encode()
        yield f"{KEPT_STUBS}/{path.name}", stub.encode()
    for name, content in read_given(folder, course).items():
        yield f"exercises/{name}", content
    for name in course.names:
        suite, hints = f"exercises/test_{name}.py", f"exercises/hints/{name}.md"
        if not (folder / suite).is_file():
            raise CannotRelease(f"{suite} is missing: learners would have no tests for {name}")
        yield suite, (folder / suite).read_bytes()
        if (folder / hints).is_file():
            yield hints, (folder / hints).read_bytes()
    yield FILE_NAME, (folder / FILE_NAME).read_bytes()
    for name in ("conftest.py", "pytest.ini"):
        own = folder / name
        yield name, own.read_bytes() if own.is_file() else kit_file(name)


def learners_files(folder: Path, course: Course) -> dict[str, bytes]:
    """Return all files for learners, by name.

    Raises:
        CutError: if a stub cannot be made.
        CannotRelease, KitIncomplete: if a file is missing.
        OSError: if a file cannot be read.
    """
    template = _template()
    install = template.pop(_INSTALL)
    requirement = kit_requirement()
    return {
        **dict(exercise_files(folder, course)),
        **_pictures(folder, course),
        **template,
        **requirement.files,
        "README.md": _readme(install),
        "LICENSE": kit_file("LICENSE"),
        "constraints.txt": kit_file("constraints.txt"),
        "requirements.txt": f"{requirement.line}\n".encode(),
    }


def init_files(with_solutions: bool) -> dict[str, bytes]:
    """Return the files of the kit's course, for use with an installed kit.

    Args:
        with_solutions: include solutions, hidden suites and known mistakes.

    Raises:
        CutError, CannotRelease, KitIncomplete: if a file is missing.
        OSError: if a file cannot be read.
    """
    folder = kit_folder()
    template = _template()
    course = _own_course(folder)
    files = {
        **dict(exercise_files(folder, course)),
        **_pictures(folder, course),
        "README.md": _readme(b""),
        "LICENSE": kit_file("LICENSE"),
        ".gitignore": template[".gitignore"],
    }
    if not with_solutions:
        return files
    # Stubs can be made from the solutions; a second copy would only become outdated.
    files = {name: content for name, content in files.items() if not name.startswith(f"{KEPT_STUBS}/")}
    for part in _FOR_TEACHERS:
        files |= {f"{part}/{name}": content for name, content in files_below(folder / part).items()}
    for name in ("tests/__init__.py", "tests/strategies.py", "constraints.txt"):
        files[name] = kit_file(name)
    return files


def _pictures(folder: Path, course: Course) -> dict[str, bytes]:
    paths = [folder / PICTURES / f"{name}.svg" for name in course.names]
    return {f"{PICTURES}/{path.name}": path.read_bytes() for path in paths if path.is_file()}


def _own_course(folder: Path) -> Course:
    try:
        return read_course(folder)
    except CourseError as error:
        raise CannotRelease(f"the kit does not contain a course ({error}): reinstall it") from None


def _template() -> dict[str, bytes]:
    # In the kit, names that start with a dot would be skipped.
    return {name.replace("dot_", "."): content for name, content in files_below(TEMPLATE).items()}


def _readme(install: bytes) -> bytes:
    """Return the README with these installation instructions."""
    return _template()["README.md"].replace(b"INSTALL\n", install)


def release(folder: Path, course: Course, out: Path) -> int:
    """Write the learners' folder or zip file, and return the number of files in it.

    Args:
        folder: the course folder.
        course: the parsed `grading.toml`.
        out: a zip file if the name ends in .zip, otherwise an empty or new folder.

    Raises:
        CannotRelease: if `out` already exists, or a file is missing.
        KitIncomplete: if a file of the kit is missing.
        CutError: if a stub cannot be made.
        OSError: if it cannot be written.
    """
    files = learners_files(folder, course)
    if out.suffix == ".zip":
        out.parent.mkdir(parents=True, exist_ok=True)
        write_zip(out, files)
    else:
        write_new_folder(out, files)
    return len(files)


def write_new_folder(out: Path, files: dict[str, bytes]) -> None:
    """Write a folder atomically.

    Raises:
        CannotRelease: if `out` already exists.
        OSError: if it cannot be written.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise CannotRelease(f"{out} already exists: choose a new folder")
    out.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}-"))
    try:
        write_folder(temporary, files)
        temporary.chmod(0o755)
        temporary.replace(out)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
