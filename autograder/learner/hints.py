"""The hints of an exercise, shown one step at a time, and the number of steps read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from autograder import UserError
from autograder.learner.memory import recall, remember

_NAME = "hints"


class NoHints(UserError):
    """An exercise has no hints; the text names the missing file or section."""


@dataclass(frozen=True)
class Hint:
    """One step: its number from 1, the number of steps, its title and its text in Markdown."""

    step: int
    steps: int
    title: str
    text: str


def next_hints(course_folder: Path, exercise: str) -> list[Hint]:
    """Return the first unread step, or the last one, and record it as read.

    Where nothing can be recorded, because the folder is read-only, return all steps.

    Raises:
        NoHints: if the course has no hints for this exercise.
    """
    ladder = _ladder(course_folder, exercise)
    read = steps_read(course_folder)
    step = min(read.get(exercise, 0) + 1, len(ladder))
    try:
        remember(course_folder, _NAME, {**read, exercise: step})
    except OSError:
        return ladder
    return ladder[step - 1 : step]


def steps_read(course_folder: Path) -> dict[str, int]:
    """Return the number of steps read for each exercise."""
    return {name: steps for name, steps in recall(course_folder, _NAME).items() if isinstance(steps, int)}


def _ladder(course_folder: Path, exercise: str) -> list[Hint]:
    path = course_folder / "exercises" / "hints" / f"{exercise}.md"
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        raise NoHints(
            f"there are no hints: {path.relative_to(course_folder).as_posix()} is missing"
        ) from None
    sections = re.split(r"^## (.*)$", text, flags=re.MULTILINE)[1:]
    steps = list(zip(sections[::2], sections[1::2], strict=True))
    if not steps:
        raise NoHints(f"there are no hints in {path.relative_to(course_folder).as_posix()}")
    return [
        Hint(step, len(steps), title.strip(), body.strip()) for step, (title, body) in enumerate(steps, 1)
    ]
