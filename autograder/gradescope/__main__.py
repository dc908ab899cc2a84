"""Grade one submission in Gradescope's folder: `python -m autograder.gradescope /autograder`."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Annotated, Any

import typer

from autograder.course import CourseError, LateRule, read_course
from autograder.examination import ExaminerLost
from autograder.grade import Assignment, examinations_here, grade
from autograder.gradescope.results import results
from autograder.record import read_record, record_path, write_whole
from autograder.sandbox import Level, Unavailable
from autograder.submissions import Entry

_FAILED = 1


def run(
    root: Annotated[Path, typer.Argument(help="With source, submission and results in it.")],
    sandbox: Annotated[Level, typer.Option()] = Level.user,
    only: Annotated[str, typer.Option()] = "",
    leaderboard: Annotated[bool, typer.Option()] = False,
) -> None:
    """Grade what is in `root/submission`, and write `root/results/results.json`.

    Where the grader itself fails, there is none: Gradescope then tells the instructor, and no learner loses a
    point for it.
    """
    try:
        folder = root / "source" / "course"
        # Gradescope has a late rule of its own.
        course = read_course(folder).model_copy(update={"late": LateRule()})
        names = only.split(",") if only else course.names
        exercises = [exercise for exercise in course.exercises if exercise.name in names]
        entry = Entry(_learner(root / "submission_metadata.json"), (root / "submission",))
        with tempfile.TemporaryDirectory() as temporary:
            assignment = Assignment(folder, course, exercises, Path(temporary), sandbox)
            with examinations_here(assignment, root / "submission") as examinations:
                grade(assignment, [entry], examinations, 1, True, lambda _: None)
            record = read_record(record_path(Path(temporary), entry.learner))
        if record is None:
            raise ExaminerLost("no record was written")
        if record.problem and record.submitted:
            raise ExaminerLost(record.problem)  # it was read, and yet not graded
        found = results(record, course.disclosure, leaderboard)
        write_whole(root / "results" / "results.json", json.dumps(found, indent=1))
    except (CourseError, Unavailable, ExaminerLost, OSError) as error:
        # Gradescope shows what is printed to instructors alone.
        print(f"autograder: {error}", file=sys.stderr)
        raise typer.Exit(_FAILED) from None


def _learner(metadata: Path) -> str:
    """Return who has submitted, as an instructor knows them."""
    try:
        users: list[dict[str, Any]] = json.loads(metadata.read_bytes())["users"]
        return ", ".join(str(user["name"]) for user in users) or "somebody"
    except (OSError, ValueError, LookupError, TypeError):
        return "somebody"


if __name__ == "__main__":
    typer.run(run)
