"""Texts for the learner's terminal, at most 80 columns wide: the course, one exercise, a hint."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping

from rich.console import Console, Group, RenderableType
from rich.markdown import Markdown
from rich.padding import Padding
from rich.text import Text

from autograder.course import Course
from autograder.learner.hints import Hint
from autograder.learner.results import ExerciseResult
from autograder.learner.why import Why
from autograder.records import GradedExercise
from autograder.records.disclosure import disclosed, shown_failures

_BAR = 20
_WIDTH = 80
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
# As in "  came back:  (1, 0)".
_LABEL = re.compile(r" {2}[a-z ]+: +")

Results = Mapping[str, ExerciseResult]


def console() -> Console:
    """Return a console that is no wider than a small terminal."""
    found = Console(highlight=False)
    found.width = min(found.width, _WIDTH)
    return found


def course_bar(course: Course, results: Results) -> Text:
    """Return one line: a character for each exercise, and how many are done."""
    boxes = Text()
    for name in course.names:
        result = results.get(name)
        done, begun = bool(result and result.done), bool(result and result.passed)
        boxes.append(
            "#" if done else "+" if begun else ".", "green" if done else "yellow" if begun else "dim"
        )
    count = sum(result.done for result in results.values())
    return Text.assemble("[", boxes, f"]  {count} of {len(course.names)} exercises done")


def table(course: Course, results: Results, hints: Mapping[str, int]) -> Group:
    """Return a line for each exercise and the next step; it fits a small terminal, with the keys below it."""
    width = max(map(len, course.names))
    parts = list(dict.fromkeys(exercise.part for exercise in course.exercises))
    lines = [Text(course.title, "bold"), course_bar(course, results)]
    shown = ""
    for exercise in course.exercises:
        numeral = _ROMAN[parts.index(exercise.part) % len(_ROMAN)] if exercise.part != shown else ""
        shown = exercise.part
        result = results.get(exercise.name)
        row = _row(exercise.name, width, exercise.minutes, result, hints.get(exercise.name, 0))
        lines.append(Text.assemble((f"{numeral:<4}", "dim"), row))
    return Group(*lines, Text(next_line(course, results)))


def _row(name: str, width: int, minutes: int, result: ExerciseResult | None, hints: int) -> Text:
    passed, total = (result.passed, result.total) if result else (0, 0)
    notes = "done" if result and result.done else f"{minutes} min" if not passed else ""
    if hints:
        notes += f"{', ' if notes else ''}{hints} hint{'s' if hints > 1 else ''} read"
    style = "green" if result and result.done else "yellow" if passed else ""
    return Text(f"{name:<{width}}  {_bar(passed, total)}  {passed:>2}/{total:<2}  {notes}".rstrip(), style)


def _bar(passed: int, total: int) -> str:
    filled = _BAR * passed // total if total else 0
    return "#" * filled + "." * (_BAR - filled)


def markdown_table(course: Course, results: Results) -> str:
    """Return the course as a table in Markdown: passing tests and the first failure."""
    done = sum(result.done for result in results.values())
    lines = [f"## {course.title}", "", f"{done} of {len(course.names)} exercises done", ""]
    lines += ["| exercise | tests | | first failure |", "|---|---|---|---|"]
    for name in course.names:
        result = results[name]
        bar = f"`{_bar(result.passed, result.total)}`"
        first = "not written yet" if result.unwritten else _first_line(result)
        lines.append(
            f"| {name} | {result.passed}/{result.total} | {bar} | {'done' if result.done else first} |"
        )
    return "\n".join([*lines, "", next_line(course, results)])


def _first_line(result: ExerciseResult) -> str:
    """Return the call of the first failure as a table cell."""
    text = result.failures[0].text if result.failures else ""
    line = next(iter(text.strip().splitlines()), "")
    return "`" + line.replace("|", "\\|").replace("`", "'") + "`" if line else ""


def next_line(course: Course, results: Results) -> str:
    """Return the line that says what to do next."""
    following = next_exercise(course, results)
    if following is None:
        return "all done: python -m trainer vgg trains a VGG built from your code"
    result = results.get(following)
    return f"next: {following}, in {result.edit if result else f'exercises/{following}.py'}"


def next_exercise(course: Course, results: Results, after: str = "") -> str | None:
    """Return the first exercise that is not done, starting after `after`."""
    start = course.names.index(after) + 1 if after else 0
    order = course.names[start:] + course.names[:start]
    return next((name for name in order if not (name in results and results[name].done)), None)


def exercise_text(course: Course, name: str, results: Results) -> Group:
    """Return the result of one exercise: the first failure and where to edit."""
    result = results[name]
    head = Text.assemble(
        (name, "bold"), f"  {_bar(result.passed, result.total)}  {result.passed}/{result.total}"
    )
    parts: list[RenderableType] = [course_bar(course, results), Text(), head, Text()]
    if result.done:
        parts.append(Text("All tests pass.", "green"))
    elif result.failures:
        parts += [Text(wrapped(line)) for line in result.failures[0].text.strip("\n").splitlines()]
        others = len(result.failures) - 1
        if others:
            parts += [
                Text(),
                Text(f"{others} other test{'s do' if others > 1 else ' does'} not pass yet.", "dim"),
            ]
    return Group(*parts)


def wrapped(line: str) -> str:
    """Wrap a line of a failure; continuation lines align with the text after the label."""
    label = _LABEL.match(line)
    return textwrap.fill(
        line, _WIDTH - 1, subsequent_indent=" " * (len(label[0]) if label else 4), break_on_hyphens=False
    )


def hint_text(exercise: str, hint: Hint) -> Group:
    """Return one hint as text."""
    head = Text(f"{exercise}, hint {hint.step} of {hint.steps}: {hint.title}", "bold")
    return Group(head, Text(), Padding(Markdown(hint.text), (0, 0, 0, 2)))


def why_text(exercise: str, found: Why) -> Group:
    """Return the result of `why` as text."""
    if found.mistakes:
        lines = [Text(exercise, "bold")]
        for sentences, edit in found.mistakes:
            lines += [Text(), Text(wrapped(f"  mistake:    {sentences}")), Text(f"  edit:       {edit}")]
        return Group(*lines)
    if found.wrong:
        return Group(Text("Your answers match none of the known mistakes, and show no simple pattern."))
    if found.unanswered:
        return Group(Text("Nothing is wrong so far; some functions are not written yet."))
    return Group(Text("All hidden tests pass.", "green"))


def check_text(graded: GradedExercise) -> Group:
    """Return the result of `check` as text: the points, then each different failure once, in full."""
    passed = f"{graded.passed} of {len(graded.tests)} hidden tests"
    color = "green" if graded.earned == graded.points else "bold"
    lines = [Text(f"{graded.name}: {passed} pass, {graded.earned:g} of {graded.points:g} points", color)]
    if graded.unwritten:
        return Group(*lines, Text("Not written yet."))
    if graded.help:
        lines.append(Text(graded.help, "dim"))
    found = shown_failures(graded, "full")
    for test in found.first:
        text = disclosed(test.failure, "full").lines() if test.failure else [test.outcome.value]
        lines += [Text(), Text(f"  {test.idea}"), *(Text(f"    {line}") for line in text)]
    lines += (
        [Text(), *(Text(f"  the same: {idea}") for idea in found.same_reason)] if found.same_reason else []
    )
    return Group(*lines)
