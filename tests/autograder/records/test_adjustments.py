"""What is changed by hand: it counts everywhere, it outlives a regrade, a mistake in it is one line."""

from __future__ import annotations

import copy
import csv
import io
import json
from dataclasses import replace
from datetime import datetime, timezone

import pytest

from autograder import UserError
from autograder.course import read_course
from autograder.protocol.failure import Failure, Outcome
from autograder.records import GradedExercise, GradedTest, Record, record_path, write_record
from autograder.records.adjustments import Adjustments, BadAdjustments, read_adjustments
from autograder.records.class_table import row_of
from autograder.records.feedback import feedback_text
from autograder.reports import write_reports
from tests.autograder.tiny import DOUBLING, TALLIES, write_course

HEAD = "learner,exercise,points,reason\n"


def a_record(learner: str = "ann", **changes) -> Record:
    """A record of an exercise with 10 points and one with 6, which is not written yet."""
    passed = GradedTest(id="a", idea="first", weight=1)
    unwritten = GradedTest(id="b", idea="second", weight=1, failure=Failure(Outcome.UNWRITTEN))
    exercises = [
        GradedExercise(name="doubling", points=10, earned=2, tests=[passed]),
        GradedExercise(name="tallies", points=6, earned=0, tests=[unwritten]),
    ]
    graded = datetime(2027, 1, 1, tzinfo=timezone.utc)
    record = Record(learner=learner, submission="s", graded=graded, exercises=exercises)
    return replace(record, **changes)


@pytest.fixture
def adjusted(course, tmp_path):
    """Read the changes in a file that is written as given, beside the records of ann and bob."""

    def read(text: str | bytes) -> Adjustments:
        for learner in ("ann", "bob"):
            write_record(tmp_path, a_record(learner))
        (tmp_path / "adjustments.csv").write_bytes(text.encode() if isinstance(text, str) else text)
        return read_adjustments(tmp_path, read_course(course))

    return read


# What is applied.


def test_points_and_reason_take_the_place_of_what_was_earned(adjusted):
    given = a_record(notes=["two modules"])
    before = copy.deepcopy(given)
    changed = adjusted(f"{HEAD}ann,doubling,9.5,a slip of the pen\n").applied(given)
    assert [exercise.earned for exercise in changed.exercises] == [9.5, 0]
    assert changed.notes == ["two modules", "doubling: 9.5 of 10 points, set by hand: a slip of the pen"]
    assert given == before


def test_nobody_else_and_nothing_else_changes(adjusted):
    changes = adjusted(f"{HEAD}ann,doubling,9,\n")
    assert changes.applied(a_record("bob")) == a_record("bob")
    alone = a_record(exercises=a_record().exercises[1:])
    assert changes.applied(alone) == alone


def test_the_late_rule_applies_to_them_too(adjusted):
    assert adjusted(f"{HEAD}ann,doubling,10,\n").applied(a_record(late_penalty=0.5)).earned == 5


def test_the_change_is_the_flag_in_the_class_table_if_there_is_no_other(adjusted):
    changes = adjusted(f"{HEAD}ann,doubling,9,\n")
    told = "doubling: 9 of 10 points, set by hand"
    assert row_of(changes.applied(a_record(late_penalty=0.5))).flag == told
    assert row_of(changes.applied(a_record(notes=["two modules"]))).flag == "two modules"
    assert told in feedback_text(changes.applied(a_record()), "name")


def test_no_file_is_no_change(course, tmp_path):
    assert read_adjustments(tmp_path, read_course(course)).applied(a_record()) == a_record()


@pytest.mark.parametrize(
    "text",
    [
        f"\ufeff{HEAD}ann,doubling,9,früh\n",
        "learner;exercise;points;reason\r\nann;doubling;9,0;früh\r\n;;;\r\n",
        "reason,points,exercise,learner,who\nfrüh,9, doubling ,ann,me\n",
        f'{HEAD}ann,doubling,9,"\nfrüh "\n',
        "learner;exercise;points;reason\nann;doubling;9;früh\n".encode("cp1252"),
    ],
)
def test_it_is_read_as_a_spreadsheet_writes_it(adjusted, text):
    (change,) = adjusted(text).of("ann").values()
    assert (change.points, change.reason) == (9, "früh")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (
            f"{HEAD}cid,doubling,9,\n",
            ", line 2: nobody called 'cid' was graded: copy the name from class.csv",
        ),
        (f"{HEAD},doubling,9,\n", ", line 2: nobody called '' was graded: copy the name from class.csv"),
        (f"{HEAD}\nann,dubling,9,\n", ", line 3: 'dubling': no such exercise; there are doubling, tallies"),
        (f"{HEAD}ann,tallies,6.5,\n", ", line 2: tallies has 0 to 6 points, not 6.5"),
        (f"{HEAD}ann,tallies,-1,\n", ", line 2: tallies has 0 to 6 points, not -1"),
        (f"{HEAD}ann,tallies,all,\n", ", line 2: points must be a number, not 'all'"),
        (f"{HEAD}ann,tallies,nan,\n", ", line 2: points must be a number, not 'nan'"),
        (f"{HEAD}ann,tallies,,\n", ", line 2: points must be a number, not ''"),
        (f"{HEAD}ann,tallies,6,of 6, or so\n", ", line 2: 5 cells, but the first line has 4"),
        (
            "ann,tallies,6,\n",
            ": no column learner, exercise, points, reason; it needs learner, exercise",
        ),
        ("learner,exercise,points\n", ": no column reason; it needs"),
        ("", ": the file is empty"),
    ],
)
def test_a_mistake_in_it_is_one_line(adjusted, tmp_path, text, error):
    with pytest.raises(UserError) as raised:
        adjusted(text)
    assert str(raised.value).startswith(f"{tmp_path / 'adjustments.csv'}{error}")
    assert "\n" not in str(raised.value)


def test_points_may_not_be_set_twice(adjusted, tmp_path):
    with pytest.raises(BadAdjustments, match=r", line 3: doubling of ann is already set in .*, line 2$"):
        adjusted(f"{HEAD}ann,doubling,9,\nann,doubling,8,\n")


def test_an_older_record_may_have_had_fewer_points(adjusted):
    older = a_record(exercises=[GradedExercise(name="doubling", points=5, earned=2, tests=[])])
    with pytest.raises(BadAdjustments, match=r", line 2: doubling has 0 to 5 points, not 9$"):
        adjusted(f"{HEAD}ann,doubling,9,\n").applied(older)


# Where it counts.


def test_a_regrade_keeps_it(autograder, tmp_path):
    course = write_course(tmp_path / "course")
    submissions, out = tmp_path / "submissions", tmp_path / "out"
    for learner in ("ann", "bob"):
        (submissions / learner).mkdir(parents=True)
        (submissions / learner / "doubling.py").write_text(DOUBLING.replace("* 2", "* 3"))
        (submissions / learner / "tallies.py").write_text(TALLIES)
    out.mkdir()
    # Before anybody has a record.
    (out / "adjustments.csv").write_text(f"{HEAD}ann,doubling,9,a slip\nann,tallies,0,copied\n")

    def graded(*options: str) -> tuple[dict[str, dict[str, str]], str]:
        finished = autograder(course, "grade", submissions, "--out", out, *options)
        assert finished.returncode == 0, finished.stderr
        rows = csv.DictReader(io.StringIO((out / "class.csv").read_text()))
        return {row["learner"]: row for row in rows}, finished.stdout

    for options in ((), (), ("--force",)):
        rows, printed = graded(*options)
        assert (rows["ann"]["earned"], rows["bob"]["earned"]) == ("9", "8")
        assert rows["ann"]["flag"] == "doubling: 9 of 10 points, set by hand: a slip"
        assert "2 changes by hand are kept, from adjustments.csv\n" in printed
        feedback = (out / "feedback" / "ann.md").read_text()
        assert feedback.startswith("# 9 of 16 points")
        assert "tallies: 0 of 6 points, set by hand: copied" in feedback
        record = json.loads(record_path(out, "ann").read_text())
        assert [exercise["earned"] for exercise in record["exercises"]] == [2, 6]
        assert record["notes"] == []

    # What is not graded this time does not count; what is taken back is gone, though nothing is graded again.
    assert "1 change by hand is kept, from" in graded("--only", "tallies")[1]
    graded()
    written = record_path(out, "ann").read_text()
    (out / "adjustments.csv").unlink()
    rows, printed = graded()
    assert rows["ann"]["earned"] == "8"
    assert "by hand" not in printed + (out / "feedback" / "ann.md").read_text()
    assert record_path(out, "ann").read_text() == written


def test_what_could_not_be_graded_says_that_it_does_not_count(course, autograder, tmp_path):
    (tmp_path / "submissions").mkdir()
    (tmp_path / "submissions" / "ann.zip").write_bytes(b"no zip")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "adjustments.csv").write_text(f"{HEAD}ann,doubling,9,\n")
    finished = autograder(course, "grade", tmp_path / "submissions", "--out", tmp_path / "out")
    assert finished.returncode == 1
    place = f"{tmp_path / 'out' / 'adjustments.csv'}, line 2"
    assert f"{place}: not applied, because the submission could not be graded\n" in finished.stdout
    assert "kept" not in finished.stdout


@pytest.mark.parametrize("command", ["grade", "report", "gradebook"])
def test_a_mistake_stops_every_command_before_it_writes(course, autograder, tmp_path, command):
    write_record(tmp_path / "out", a_record())
    (tmp_path / "out" / "adjustments.csv").write_text(f"{HEAD}bob,doubling,9,\n")
    (tmp_path / "roster.csv").write_text(
        "Identifier,Grade,Maximum Grade,Last modified (grade),Feedback comments\nParticipant 1,,16,-,\n"
    )
    arguments = {
        "grade": (course / "solutions", "--out", tmp_path / "out"),
        "report": (tmp_path / "out",),
        "gradebook": (
            *("moodle", tmp_path / "out", "--roster", tmp_path / "roster.csv"),
            *("--out", tmp_path / "out" / "grades.csv"),
        ),
    }
    finished = autograder(course, command, *arguments[command])
    assert finished.returncode == 2
    assert "adjustments.csv, line 2: nobody called 'bob' was graded" in finished.stderr
    assert len(finished.stderr.splitlines()) == 1
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["adjustments.csv", "records"]


def test_it_is_in_all_reports(course, adjusted, tmp_path):
    adjusted(f"{HEAD}ann,doubling,9,a slip\nbob,tallies,6,shown at the desk\n")
    write_reports(tmp_path, course, read_course(course))
    report = tmp_path / "report"
    page = (report / "learners" / "ann.html").read_text(encoding="utf-8")
    assert "doubling: 9 of 10 points, set by hand: a slip" in page
    assert "<h1>9 of 16 points</h1>" in page
    summary = (report / "class.md").read_text(encoding="utf-8")
    assert "| ann | 9 | 90% | - |" in summary
    # Nothing is written, and yet there are points.
    assert "| bob | 8 | 20% | 100% |" in summary
    assert "| bob | tallies: 6 of 6 points, set by hand: shown at the desk |" in summary
    assert "set by hand: a slip" in (report / "index.html").read_text(encoding="utf-8")
