"""Grade one submission in Gradescope's folder: `python -m autograder.gradescope /autograder`."""

from __future__ import annotations

import json
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from autograder import UserError
from autograder.course import LateRule, read_course
from autograder.files import write_whole
from autograder.gradescope.results_json import results
from autograder.grading import Assignment, grade, local_pool
from autograder.records import read_record, record_path
from autograder.sandbox import Level
from autograder.submissions import Entry
from autograder.submissions.handed_in import parsed

_FAILED = 1


def run(
    root: Annotated[Path, typer.Argument(help="The folder with source, submission and results.")],
    sandbox: Annotated[Level, typer.Option()] = Level.user,
    only: Annotated[str, typer.Option()] = "",
    leaderboard: Annotated[bool, typer.Option()] = False,
) -> None:
    """Grade the submission in `root/submission`, and write `root/results/results.json`.

    If the grader itself fails, nothing is written. Gradescope then tells the instructor, and no learner loses a
    point.
    """
    try:
        folder = root / "source" / "course"
        # Gradescope applies its own late rule.
        course = msgspec.structs.replace(read_course(folder), late=LateRule())
        names = only.split(",") if only else course.names
        exercises = [exercise for exercise in course.exercises if exercise.name in names]
        entry = _entry(root / "submission_metadata.json", root / "submission")
        with tempfile.TemporaryDirectory() as temporary:
            assignment = Assignment(folder, course, exercises, Path(temporary), sandbox)
            with local_pool(assignment, root / "submission") as pool:
                grade(assignment, [entry], pool, 1, True, lambda _: None)
            record = read_record(record_path(Path(temporary), entry.learner))
        if record is None:
            raise UserError("no record was written")
        if record.problem and record.submitted and not record.exercises:
            raise UserError(record.problem)  # it was read, and yet not graded
        found = results(record, course.disclosure, leaderboard)
        write_whole(root / "results" / "results.json", json.dumps(found, indent=1))
    except (UserError, OSError) as error:
        # Only instructors see this output in Gradescope.
        print(f"autograder: {error}", file=sys.stderr)
        raise typer.Exit(_FAILED) from None


def _entry(metadata: Path, submission: Path) -> Entry:
    """Return the submission, with the names of those who handed it in and the time."""
    learner, submitted = "somebody", None
    with suppress(OSError, ValueError, LookupError, TypeError):
        facts: dict[str, Any] = json.loads(metadata.read_bytes())
        submitted = parsed(str(facts.get("created_at")))
        learner = ", ".join(str(user["name"]) for user in facts["users"]) or learner
    return Entry(learner, (submission,), submitted, "Gradescope")


if __name__ == "__main__":
    typer.run(run)
