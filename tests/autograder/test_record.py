"""Records and what is made of them: written whole or not at all, safe names, tables, feedback."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.course import Exercise
from autograder.feedback import Failure
from autograder.feedback_file import feedback_text
from autograder.record import (
    GradedExercise,
    GradedTest,
    Record,
    read_record,
    record_path,
    write_record,
    write_whole,
)
from autograder.table import class_csv, class_table, row_of

FAILURE = Failure(
    kind="wrong",
    idea="the idea",
    calls=["the call"],
    came_back="what came back",
    expected="what was expected",
    difference="the difference",
    edit="padding.py:3",
)


def a_record(**changes) -> Record:
    """A record with one test of each outcome."""
    tests = [
        GradedTest(id="a", idea="first", weight=1, outcome="passed"),
        GradedTest(id="b", idea="the idea", weight=3, outcome="wrong", failure=FAILURE),
    ]
    exercise = GradedExercise(name="padding", points=8, earned=2, tests=tests)
    now = datetime(2027, 1, 1, tzinfo=timezone.utc)
    return Record(learner="someone", submission="someone.zip", graded=now, exercises=[exercise]).model_copy(
        update=changes
    )


def test_a_record_comes_back_the_same(tmp_path):
    write_record(tmp_path, a_record())
    assert read_record(record_path(tmp_path, "someone")) == a_record()


def test_a_broken_record_is_no_record(tmp_path):
    write_record(tmp_path, a_record())
    path = record_path(tmp_path, "someone")
    path.write_text(path.read_text()[:50])
    assert read_record(path) is None
    assert read_record(tmp_path / "nowhere") is None


def test_a_failed_write_leaves_the_former_file(tmp_path):
    write_whole(tmp_path / "file", "former")
    with pytest.raises(TypeError):
        write_whole(tmp_path / "file", None)
    assert (tmp_path / "file").read_text() == "former"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@given(names=st.lists(st.text(min_size=1, max_size=30), min_size=2, max_size=5, unique=True))
def test_two_learners_never_share_a_file(tmp_path_factory, names):
    folder = tmp_path_factory.getbasetemp()
    paths = {record_path(folder, name) for name in names}
    assert len(paths) == len(names)
    assert all(path.parent == folder / "records" for path in paths)


def test_the_late_rule_takes_its_share():
    assert a_record().earned == 2
    assert a_record(late_penalty=0.5).earned == 1


@pytest.mark.parametrize(
    ("disclosure", "shown", "hidden"),
    [
        ("full", ["the call", "what came back", "what was expected", "the difference"], []),
        ("example", ["the call", "what came back"], ["what was expected", "the difference"]),
        ("name", ["padding.py:3"], ["the call", "what came back", "what was expected", "the difference"]),
    ],
)
def test_a_learner_is_shown_what_the_course_discloses(disclosure, shown, hidden):
    text = feedback_text(a_record(), disclosure)
    assert "2 of 8 points" in text
    assert "the idea" in text
    assert all(part in text for part in shown)
    assert not any(part in text for part in hidden)


@pytest.mark.parametrize(("disclosure", "told"), [("full", 1), ("example", 1), ("name", 0)])
def test_a_mistake_is_told_once(disclosure, told):
    failures = [
        Failure(
            kind="wrong", idea="", calls=[f"call {n}"], mistakes=["You squared.", "You cubed."], edit="a.py:1"
        )
        for n in range(2)
    ]
    tests = [
        GradedTest(id=str(n), idea=f"idea {n}", weight=1, outcome="wrong", failure=failure)
        for n, failure in enumerate(failures)
    ]
    record = a_record(exercises=[GradedExercise(name="padding", points=8, earned=0, tests=tests)])
    text = feedback_text(record, disclosure)
    assert text.count("mistake:    You squared. Or: You cubed.") == told
    assert text.count("For the same reason these fail too:") == told
    assert "idea 0" in text
    assert "idea 1" in text


def test_refusals_that_do_not_count_yet_are_told_once():
    """Each comes without a call, so that one says it all."""
    refusal = Failure(kind="wrong", idea="", difference="it counts once padding.pad passes a test")
    tests = [
        GradedTest(id=str(n), idea="A size below 1 is refused.", weight=1, outcome="wrong", failure=refusal)
        for n in range(4)
    ]
    record = a_record(exercises=[GradedExercise(name="padding", points=8, earned=0, tests=tests)])
    text = feedback_text(record, "example")
    assert text.count("it counts once") == 1
    assert "- A size below 1 is refused. (3 tests)" in text


LOOPS = Failure(kind="unusable", idea="", difference="stopped: used more than 60 s")


@pytest.mark.parametrize(
    ("changes", "remark"),
    [
        ({}, ""),
        ({"problem": "a.zip is not a zip file", "notes": ["two modules"]}, "a.zip is not a zip file"),
        ({"notes": ["two modules"]}, "two modules"),
        (
            {"notes": ["two modules"], "exercises": [("unusable", LOOPS)]},
            "padding: stopped: used more than 60 s",
        ),
        ({"exercises": [("failed", None)]}, "padding: the suite broke, see a"),
    ],
)
def test_what_an_instructor_should_look_at(changes, remark):
    if "exercises" in changes:
        tests = [
            GradedTest(id="a", idea="", weight=1, outcome=outcome, failure=failure)
            for outcome, failure in changes["exercises"]
        ]
        changes = {
            **changes,
            "exercises": [GradedExercise(name="padding", points=8, earned=0, tests=tests)],
        }
    record = a_record(**changes)
    assert record.remark == row_of(record).note == remark


def test_a_late_record_says_so_where_nothing_else_is_to_be_said():
    assert row_of(a_record(late_penalty=0.1)).note == "late: 10% off"


def test_csv_holds_no_formulas():
    row = next(csv.DictReader(io.StringIO(class_csv([row_of(a_record(learner="=1+1"))], [PADDING]))))
    assert row["learner"] == "'=1+1"
    assert row["padding"] == "2"


def test_the_table_prints_strange_names_as_they_are():
    from rich.console import Console

    console = Console(width=120, file=io.StringIO())
    console.print(class_table("Title", [row_of(a_record(learner="[red]x[/]\x1b[2J"))]))
    assert "[red]x[/]?[2J" in console.file.getvalue()


PADDING = Exercise(name="padding", part="One", points=8, difficulty=1, minutes=1)


@pytest.mark.parametrize(
    ("outcomes", "waiting", "unwritten"),
    [
        (["unwritten", "unwritten"], True, True),
        (["unwritten", "needs"], True, True),
        (["needs", "needs"], True, False),
        (["needs", "wrong"], False, False),
        (["unwritten", "passed"], False, False),
        ([], False, False),
    ],
)
def test_an_exercise_that_cannot_be_judged_yet(outcomes, waiting, unwritten):
    tests = [GradedTest(id=str(n), idea="", weight=1, outcome=outcome) for n, outcome in enumerate(outcomes)]
    exercise = GradedExercise(name="training", points=1, earned=0, tests=tests)
    assert (exercise.waiting, exercise.unwritten) == (waiting, unwritten)
