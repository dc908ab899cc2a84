"""Strangers' texts: whatever is in them, they stay one visible line, in every exit."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbconvert.filters import markdown2html
from rich.console import Console

from autograder.course import read_course
from autograder.gradescope.results_json import results
from autograder.protocol.failure import Failure, Location, Outcome, ShownCall
from autograder.protocol.text import markdown, one_line, visible
from autograder.records import GradedExercise, GradedTest, Record, read_record, record_path, write_record
from autograder.records.class_table import class_csv, class_table, row_of
from autograder.records.feedback import feedback_text
from autograder.reports import write_reports
from tests.autograder.tiny import KIT

NASTY = [
    "\x1b[31mred\x1b[0m",
    "first\n# 10 of 10 points\n",
    "<script>PLANT</script>",
    "=cmd|' /C calc'!A1",
    "| a | b |\n|---|---|",
    "[link](javascript:alert(1)) ![picture](http://example.com/x.png)",
    "[bold]rich[/bold] [/]",
    "\u202egnp.exe\u2066",
    "Jos\udce9 \ud800",
    "\r\x00\x08\x85\u2028",
    "</pre><h1>",
    "{{ 7 * 7 }} ${HOME} `id`",
]


# What a text of theirs must never become. Our own headings have anchors.
TAGS = ('href="http', 'href="javascript', "<img", "<script", "<strong", "<em>")


@given(text=st.text() | st.text(st.characters(min_codepoint=0xDC80, max_codepoint=0xDCFF)))
def test_a_visible_text_can_be_printed_and_written(text):
    shown = visible(text)
    assert shown.isprintable()
    assert shown.encode("utf-8").decode("utf-8") == shown


@given(text=st.text())
def test_one_line_is_short(text):
    assert len(one_line(text * 1000)) <= 2000
    assert one_line(text).isprintable()


def said(text: str) -> Record:
    """Return a record in which the learner's name, the files and every answer are that text."""
    call = ShownCall("padding.same_padding", "same_padding", outcome=one_line(text))
    failures = [
        Failure(Outcome.UNUSABLE, "an idea", reason=one_line(text)),
        Failure(
            Outcome.WRONG,
            "an idea",
            one_line(text),
            (call,),
            expected="1",
            raised=Location(one_line(text), 3),
        ),
    ]
    tests = [GradedTest(f"test_{at}", "an idea", 1, failure) for at, failure in enumerate(failures)]
    return Record(
        learner=visible(text),
        submission=visible(text),
        graded=datetime(2026, 1, 1, tzinfo=timezone.utc),
        notes=[visible(text)],
        exercises=[GradedExercise("padding", 10, 0, tests)],
    )


@pytest.mark.parametrize("nasty", NASTY, ids=range(len(NASTY)))
def test_no_exit_obeys_a_strangers_text(nasty, tmp_path):
    course = read_course(KIT)
    exercises = [exercise for exercise in course.exercises if exercise.name == "padding"]
    graded = said(nasty)
    unread = replace(graded, learner=graded.learner + " 2", problem=visible(nasty), exercises=[])
    for record in (graded, unread):
        write_record(tmp_path, record)
        assert read_record(record_path(tmp_path, record.learner)) == record

    # Markdown: no line is longer for it, and no heading, link, table or tag of theirs.
    feedback = feedback_text(graded, "full") + feedback_text(unread, "full")
    written = [line for line in feedback.split("\n") if line.startswith("#")]
    assert written == ["# 0 of 10 points", "## padding: 0 of 2 tests, 0 of 10 points", "# 0 of 0 points"]
    html = as_html(feedback)
    assert "PLANT</script>" not in html
    assert not any(tag in html for tag in TAGS)
    assert html.count("<h1") == 2

    # CSV: one line for each, no formula.
    rows = list(csv.reader(io.StringIO(class_csv([row_of(graded), row_of(unread)], exercises))))
    assert len(rows) == 3
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)

    # The terminal: nothing but our own colours, which are off.
    out = io.StringIO()
    Console(file=out, width=300).print(class_table("a class", [row_of(graded), row_of(unread)]))
    assert all(line.isprintable() for line in out.getvalue().split("\n"))

    # Gradescope, as JSON.
    assert json.loads(json.dumps(results(graded, "full", leaderboard=False)))["score"] == 0

    # Pages.
    pages = write_reports(tmp_path, KIT, course)[0].parent
    assert not any(tag in as_html((pages / "class.md").read_text()) for tag in TAGS)
    for page in pages.rglob("*.html"):
        assert "<script>PLANT" not in page.read_text()
        assert "</pre><h1>" not in page.read_text()


def as_html(text: str) -> str:
    """Return Markdown as nbgrader's pages show it."""
    html: str = markdown2html(text)
    return html


def test_markdown_shows_the_text_itself():
    for nasty in NASTY:
        html = as_html(markdown(nasty))
        assert not any(tag in html for tag in (*TAGS, "<a ", "<h1", "<table"))
