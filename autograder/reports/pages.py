"""HTML pages: each is one file, needs no network, and never runs code from a submission."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from autograder.course import Course
from autograder.protocol.failure import Outcome
from autograder.records import GradedExercise, GradedTest, Record
from autograder.records.disclosure import disclosed, shown_failures
from autograder.reports.charts import distribution, spread
from autograder.reports.drawing import Draw
from autograder.reports.summary import Summary

_TEMPLATES = Path(__file__).parent / "templates"
# The number of rows and flagged submissions shown at first. The search finds the hidden rows too.
_MOST_ROWS = 200
_MOST_FLAGS = 50
_BACKTICKS = re.compile(r"`([^`]+)`")


def class_page(course: Course, summary: Summary) -> str:
    """Return the instructor's page."""
    return (
        _environment()
        .get_template("class.html")
        .render(
            course=course,
            summary=summary,
            distribution=distribution(summary.bins),
            most_rows=_MOST_ROWS,
            most_flags=_MOST_FLAGS,
            **_inline("class.js"),
        )
    )


def learner_page(course: Course, record: Record, drawings: Mapping[str, Draw]) -> str:
    """Return a learner's page, with as much of the hidden tests as the course discloses."""
    return (
        _environment()
        .get_template("learner.html")
        .render(
            course=course,
            record=record,
            exercises=[
                _shown(exercise, course, drawings.get(exercise.name)) for exercise in record.exercises
            ],
            **_inline(),
        )
    )


def _shown(exercise: GradedExercise, course: Course, draw: Draw | None) -> dict[str, object]:
    """Return the template data of an exercise."""
    found = shown_failures(exercise, course.disclosure)
    failures = [_failure(test, course, draw) for test in found.first]
    return {"exercise": exercise, "failures": failures, "same_reason": found.same_reason}


def _failure(test: GradedTest, course: Course, draw: Draw | None) -> dict[str, object]:
    """Return the template data of a failing test: one sentence, or the failing call."""
    assert test.failure is not None
    shown: dict[str, object] = {"idea": test.idea, "failure": None, "picture": None}
    if test.outcome in (Outcome.FAILED, Outcome.NOT_RUN):
        return {**shown, "sentence": f"({test.outcome.value})"}
    failure = disclosed(test.failure, course.disclosure)
    if test.outcome in (Outcome.UNUSABLE, Outcome.NEEDS):
        # The reason why there is no answer is always shown.
        return {**shown, "idea": "", "sentence": test.failure.reason, "failure": failure}
    picture = draw(failure) if draw and failure.calls else None
    if failure.histogram:
        picture = spread(failure.histogram)
    sentence = "" if failure.calls else failure.reason
    return {**shown, "sentence": sentence, "failure": failure, "picture": picture}


def _code(text: str) -> Markup:
    """Turn the parts in backticks into code."""
    return Markup(_BACKTICKS.sub(r"<code>\1</code>", str(escape(text))))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["code"] = _code
    environment.filters["percent"] = lambda share: f"{share:.0%}"
    environment.filters["points"] = lambda points: f"{round(points, 2):g}"
    return environment


@cache
def _inline(script: str = "") -> dict[str, Markup]:
    """Return the inline parts of a page: its style, its script, and a policy that forbids other scripts."""
    style = (_TEMPLATES / "page.css").read_text(encoding="utf-8")
    code = (_TEMPLATES / script).read_text(encoding="utf-8") if script else ""
    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    allowed = f"'sha256-{digest}'" if code else "'none'"
    policy = f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src {allowed}"
    return {"style": Markup(style), "script": Markup(code), "policy": Markup(policy)}
