"""nbgrader's course folder: its files that the kit uses, and the assignments."""

from __future__ import annotations

import re
from pathlib import Path

from autograder.course import Course, Exercise

CONFIGURATION = "nbgrader_config.py"
SUBMITTED = "submitted"


def course_of(submissions: Path) -> Path | None:
    """Return the nbgrader course whose `submitted` folder this is; None if it is not such a folder."""
    found = submissions.resolve()
    return found.parent if found.name == SUBMITTED and (found.parent / CONFIGURATION).is_file() else None


def assignments(course: Course) -> dict[str, list[Exercise]]:
    """Return nbgrader's assignments, such as `1_the_arithmetic_of_a_network`, with their exercises."""
    found: dict[str, list[Exercise]] = {}
    parts = list(dict.fromkeys(exercise.part for exercise in course.exercises))
    for exercise in course.exercises:
        words = "_".join(re.findall(r"[a-z0-9]+", exercise.part.lower()))
        found.setdefault(f"{parts.index(exercise.part) + 1}_{words}", []).append(exercise)
    return found
