"""Begin an exercise again: the stub takes the place of what was written, which is kept."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from autograder.cut import stubs
from autograder.learner.memory import FOLDER
from autograder.record import write_whole


class NothingToReset(Exception):
    """The exercise cannot be begun again, or was not begun; the text says why."""


def reset(course_folder: Path, exercise: str) -> Path | None:
    """Write the stub of an exercise anew, and return where the former file is kept; None if there was none.

    Raises:
        NothingToReset: where the stub is as it was, or nothing is there to cut it from.
        CutError: where the solution cannot be cut.
        OSError: where a file cannot be written; what was written is still in its place.
    """
    try:
        ((path, stub),) = stubs(course_folder, [exercise]).items()
    except FileNotFoundError:
        raise NothingToReset(f"solutions/{exercise}.py is missing, from which the stub is cut") from None
    kept = None
    if path.is_file():
        written = path.read_text(encoding="utf-8", errors="surrogateescape")
        if written == stub:
            raise NothingToReset(f"exercises/{exercise}.py is the stub already")
        kept = course_folder / FOLDER / "backups" / f"{exercise}-{datetime.now():%Y%m%d-%H%M%S-%f}.py"
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(path.read_bytes())
    write_whole(path, stub)
    return kept
