"""Gradescope: make the autograder archive that an instructor uploads.

Its required content and its folders: https://gradescope-autograders.readthedocs.io/en/latest/specs/
"""

from __future__ import annotations

from pathlib import Path

from autograder.course import Course
from autograder.course.grading_files import course_files
from autograder.course.kit import kit_file, kit_requirement
from autograder.files import write_zip
from autograder.sandbox import Level

_EXECUTABLE = ("setup.sh", "run_autograder")
_FILES = Path(__file__).parent / "files"


def upload_files(
    folder: Path, course: Course, only: list[str], sandbox: Level, leaderboard: bool
) -> dict[str, bytes]:
    """Return the files of the zip file for Gradescope, by name.

    Args:
        folder: the course folder.
        course: the parsed `grading.toml`.
        only: the exercises to grade.
        sandbox: the sandbox level.
        leaderboard: show learners a leaderboard with their points.

    Raises:
        KitIncomplete: if the kit cannot be installed from its files.
        OSError: if a file cannot be read.
    """
    options = [f"--sandbox {sandbox.value}", f"--only {','.join(only)}"]
    options += ["--leaderboard"] if leaderboard else []
    run = (_FILES / "run_autograder").read_text(encoding="utf-8")
    files = {
        "setup.sh": (_FILES / "setup.sh").read_bytes(),
        "run_autograder": run.replace("OPTIONS", " ".join(options)).encode(),
    }
    requirement = kit_requirement()
    files |= requirement.files
    files["requirements.txt"] = requirement.line.encode() + b"\n"
    files["constraints.txt"] = kit_file("constraints.txt")
    return files | {f"course/{name}": content for name, content in course_files(folder, course).items()}


def write_upload(
    out: Path, folder: Path, course: Course, only: list[str], sandbox: Level, leaderboard: bool
) -> int:
    """Write the zip file for Gradescope and return the number of files in it (see `upload_files`)."""
    files = upload_files(folder, course, only, sandbox, leaderboard)
    out.parent.mkdir(parents=True, exist_ok=True)
    write_zip(out, files, _EXECUTABLE)
    return len(files)
