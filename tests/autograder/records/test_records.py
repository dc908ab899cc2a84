"""Records and what is made of them: written whole or not at all, safe names, tables, feedback."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.course import Exercise
from autograder.protocol.failure import Failure, Histogram, Location, Outcome, ShownCall, Value
from autograder.records import GradedExercise, GradedTest, Record, read_record, record_path, write_record
from autograder.records.class_table import class_csv, class_table, row_of
from autograder.records.feedback import feedback_text
from tests.autograder.tiny import KIT

# Every field is set.
FAILURE = Failure(
    outcome=Outcome.WRONG,
    idea="the idea",
    reason="the difference",
    calls=(
        ShownCall(
            name="padding.the_call",
            function="the_call",
            arguments=(Value("[1, 2]", [1, 2]), Value("float32 array of shape (9, 9)", None, (9, 9))),
            keywords={"stride": Value("2", 2)},
            context="  inside tf.function",
            answer=Value("(1, 0)", [1, 0]),
            outcome="what came back",
        ),
    ),
    expected="what was expected",
    index=(0, 1),
    raised=Location("padding.py", 5, "the_call"),
    mistakes=("You squared.",),
    histogram=Histogram(0.0, 1.0, (1, 2)),
    exercise="padding",
    edit=Location("padding.py", 3, "the_call"),
)


def a_record(**changes) -> Record:
    """A record with one test of each outcome."""
    tests = [
        GradedTest(id="a", idea="first", weight=1),
        GradedTest(id="b", idea="the idea", weight=3, failure=replace(FAILURE, mistakes=())),
    ]
    exercise = GradedExercise(name="padding", points=8, earned=2, tests=tests)
    now = datetime(2027, 1, 1, tzinfo=timezone.utc)
    record = Record(learner="someone", submission="someone.zip", graded=now, exercises=[exercise])
    return replace(record, **changes)


def test_a_record_comes_back_the_same(tmp_path):
    test = GradedTest(id="b", idea="the idea", weight=3, failure=FAILURE, details="more", seconds=0.5)
    exercise = GradedExercise("padding", points=8, earned=2, tests=[test], key="k", missing=["dense"])
    record = a_record(
        submitted=datetime(2026, 12, 31, 23, 59, tzinfo=timezone.utc),
        notes=["two modules"],
        exercises=[exercise],
        late_penalty=0.1,
        seconds=3.5,
        versions={"python": "3.11"},
        sandbox="user",
    )
    write_record(tmp_path, record)
    assert read_record(record_path(tmp_path, "someone")) == record


# Threads that read the first record of a process at the same time.
READ = """
import pathlib, sys, threading
from autograder.records import read_record

sys.setswitchinterval(1e-6)
together = threading.Barrier(8)
read = []


def receive():
    together.wait()
    read.append(read_record(pathlib.Path(sys.argv[1])))


threads = [threading.Thread(target=receive) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert [record.learner for record in read] == ["someone"] * 8
"""


@pytest.mark.parametrize("attempt", range(5))
def test_threads_may_read_the_first_records_at_the_same_time(tmp_path, attempt):
    """msgspec learns a type when it is first read; two threads that have it do so at once crash the process."""
    write_record(tmp_path, a_record())
    path = record_path(tmp_path, "someone")
    subprocess.run([sys.executable, "-c", READ, str(path)], cwd=KIT, check=True)


def test_the_file_of_a_record_names_each_outcome(tmp_path):
    write_record(tmp_path, a_record())
    (exercise,) = json.loads(record_path(tmp_path, "someone").read_text())["exercises"]
    assert [test["outcome"] for test in exercise["tests"]] == ["passed", "wrong"]


def test_a_broken_record_is_no_record(tmp_path):
    write_record(tmp_path, a_record())
    path = record_path(tmp_path, "someone")
    path.write_text(path.read_text()[:50])
    assert read_record(path) is None
    assert read_record(tmp_path / "nowhere") is None


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
        ("full", ["the_call", "what came back", "what was expected", "the difference"], []),
        ("example", ["the_call", "what came back"], ["what was expected", "the difference"]),
        ("name", ["padding.py:3"], ["the_call", "what came back", "what was expected", "the difference"]),
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
            Outcome.WRONG,
            calls=(ShownCall(f"call {n}"),),
            mistakes=("You squared.", "You cubed."),
            edit=Location("a.py", 1),
        )
        for n in range(2)
    ]
    tests = [
        GradedTest(id=str(n), idea=f"idea {n}", weight=1, failure=failure)
        for n, failure in enumerate(failures)
    ]
    record = a_record(exercises=[GradedExercise(name="padding", points=8, earned=0, tests=tests)])
    text = feedback_text(record, disclosure)
    assert text.count("mistake:    You squared. Or: You cubed.") == told
    assert text.count("These tests fail for the same reason:") == told
    assert "idea 0" in text
    assert "idea 1" in text


def test_refusals_that_do_not_count_yet_are_told_once():
    """Each comes without a call, so that one says it all."""
    refusal = Failure(Outcome.WRONG, reason="it counts once padding.pad passes a test")
    tests = [
        GradedTest(id=str(n), idea="A size below 1 is refused.", weight=1, failure=refusal) for n in range(4)
    ]
    record = a_record(exercises=[GradedExercise(name="padding", points=8, earned=0, tests=tests)])
    text = feedback_text(record, "example")
    assert text.count("it counts once") == 1
    assert "- A size below 1 is refused. (3 tests)" in text


LOOPS = Failure(Outcome.UNUSABLE, reason="stopped: used more than 60 s")


@pytest.mark.parametrize(
    ("changes", "flag"),
    [
        ({}, ""),
        ({"problem": "a.zip is not a zip file", "notes": ["two modules"]}, "a.zip is not a zip file"),
        ({"notes": ["two modules"]}, "two modules"),
        (
            {"notes": ["two modules"], "exercises": [LOOPS]},
            "padding: stopped: used more than 60 s",
        ),
        ({"exercises": [Failure(Outcome.FAILED)]}, "padding: the suite broke, see a"),
        ({"exercises": [Failure(Outcome.NOT_RUN)]}, "padding: the suite broke, see a"),
    ],
)
def test_what_an_instructor_should_look_at(changes, flag):
    if "exercises" in changes:
        tests = [GradedTest(id="a", idea="", weight=1, failure=failure) for failure in changes["exercises"]]
        changes = {
            **changes,
            "exercises": [GradedExercise(name="padding", points=8, earned=0, tests=tests)],
        }
    record = a_record(**changes)
    assert record.flag == row_of(record).flag == flag


def test_a_late_record_says_so_if_it_has_no_other_flag():
    assert row_of(a_record(late_penalty=0.1)).flag == "late: 10% off"


def test_csv_holds_no_formulas():
    row = next(csv.DictReader(io.StringIO(class_csv([row_of(a_record(learner="=1+1"))], [PADDING]))))
    assert row["learner"] == "'=1+1"
    assert row["padding"] == "2"


def test_the_table_prints_strange_names_as_they_are():
    from rich.console import Console

    console = Console(width=120, file=io.StringIO())
    console.print(class_table("Title", [row_of(a_record(learner="[red]x[/]\x1b[2J"))]))
    assert r"[red]x[/]\x1b[2J" in console.file.getvalue()


PADDING = Exercise(name="padding", part="One", points=8, difficulty=1, minutes=1)


@pytest.mark.parametrize(
    ("outcomes", "waiting", "unwritten"),
    [
        ([Outcome.UNWRITTEN, Outcome.UNWRITTEN], True, True),
        ([Outcome.UNWRITTEN, Outcome.NEEDS], True, True),
        ([Outcome.NEEDS, Outcome.NEEDS], True, False),
        ([Outcome.NEEDS, Outcome.WRONG], False, False),
        ([Outcome.UNWRITTEN, Outcome.PASSED], False, False),
        ([], False, False),
    ],
)
def test_an_exercise_that_cannot_be_judged_yet(outcomes, waiting, unwritten):
    failures = [None if outcome is Outcome.PASSED else Failure(outcome) for outcome in outcomes]
    tests = [GradedTest(id=str(n), idea="", weight=1, failure=failure) for n, failure in enumerate(failures)]
    assert [test.outcome for test in tests] == outcomes
    exercise = GradedExercise(name="training", points=1, earned=0, tests=tests)
    assert (exercise.waiting, exercise.unwritten) == (waiting, unwritten)
