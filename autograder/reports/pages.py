"""HTML pages: each one file that needs no network, and in which nothing that a submission said can run."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from autograder.course import Course
from autograder.disclosure import disclosed, told
from autograder.record import GradedExercise, GradedTest, Record
from autograder.reports.charts import distribution, spread
from autograder.reports.pictures import picture
from autograder.reports.summary import Summary

_TEMPLATES = Path(__file__).parent / "templates"
# Shown at once: of the class, and of what needs a look. The rest is there, and found by the search.
_MOST_ROWS = 200
_MOST_LOOKS = 50
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
            most_looks=_MOST_LOOKS,
            **_inline("class.js"),
        )
    )


def learner_page(course: Course, record: Record) -> str:
    """Return a learner's own page, with as much of the hidden tests as the course discloses."""
    return (
        _environment()
        .get_template("learner.html")
        .render(
            course=course,
            record=record,
            exercises=[_shown(exercise, course) for exercise in record.exercises],
            **_inline(),
        )
    )


def _shown(exercise: GradedExercise, course: Course) -> dict[str, object]:
    """Return an exercise as a learner's page shows it."""
    found = told(exercise, course.disclosure)
    failures = [_failure(test, course) for test in found.failures]
    return {"exercise": exercise, "failures": failures, "again": found.again}


def _failure(test: GradedTest, course: Course) -> dict[str, object]:
    if test.failure is None:
        return {"idea": test.idea, "difference": f"({test.outcome})", "mistakes": [], "kind": test.outcome}
    failure = disclosed(test.failure, course.disclosure)
    drawn = picture(failure.calls[-1], failure.came_back, test.failure.difference) if failure.calls else None
    if failure.histogram:
        drawn = spread(failure.histogram)
    kind = test.failure.kind
    # What cannot answer at all says so whatever the course discloses.
    difference = test.failure.difference if kind in ("unusable", "needs") else failure.difference
    return {
        **failure.model_dump(),
        "idea": test.idea,
        "difference": difference,
        "picture": drawn,
        "kind": kind,
    }


def _code(text: str) -> Markup:
    """Return a text in which what stands between backticks is code."""
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
    """Return what a page carries in itself: its style, its script, and a policy that lets no other run."""
    style = (_TEMPLATES / "page.css").read_text(encoding="utf-8")
    code = (_TEMPLATES / script).read_text(encoding="utf-8") if script else ""
    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    allowed = f"'sha256-{digest}'" if code else "'none'"
    policy = f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src {allowed}"
    return {"style": Markup(style), "script": Markup(code), "policy": Markup(policy)}
