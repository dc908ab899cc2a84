"""Reset an exercise to its stub; the learner's code is kept."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from autograder import UserError
from autograder.course.cut import stubs
from autograder.files import write_whole
from autograder.learner.memory import FOLDER


class NothingToReset(UserError):
    """The exercise cannot be reset, or was not started; the text says why."""


def reset(course_folder: Path, exercise: str) -> Path | None:
    """Replace an exercise by its stub, and return the path of the backup; None if there was no file.

    Raises:
        NothingToReset: if the file is still the stub, or the solution is missing.
        CutError: if the solution cannot be cut.
        OSError: if a file cannot be written; the learner's file is then unchanged.
    """
    try:
        ((path, stub),) = stubs(course_folder, [exercise]).items()
    except FileNotFoundError:
        raise NothingToReset(f"solutions/{exercise}.py is missing: the stub is made from it") from None
    kept = None
    if path.is_file():
        written = path.read_text(encoding="utf-8", errors="surrogateescape")
        if written == stub:
            raise NothingToReset(f"exercises/{exercise}.py is already the stub")
        kept = course_folder / FOLDER / "backups" / f"{exercise}-{datetime.now():%Y%m%d-%H%M%S-%f}.py"
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(path.read_bytes())
    write_whole(path, stub)
    return kept
