"""`grading.toml` is checked when it is read: one line with the key's name and place."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from autograder.course import CourseError, LateRule, find_course, need_tensorflow, read_course
from tests.autograder.tiny import GRADING, write_course

EXERCISE = '[[exercises]]\nname = "doubling"'


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("call_seconds = 2", "call_second = 2", "limits.call_second: unknown key"),
        (
            "call_seconds = 2",
            "call_seconds = -2",
            "limits.call_seconds: Expected `float` > 0.0, not -2",
        ),
        ("memory_mib = 256", "memory_mib = 0.5", "limits.memory_mib"),
        (
            'disclosure = "example"',
            'disclosure = "all"',
            "disclosure: Invalid enum value 'all'; choose full, example, name",
        ),
        ('title = "Two tiny exercises"', "", "title: missing"),
        ("points = 6", "points = -6", "exercises[2, tallies].points"),
        ("points = 6", "", "exercises[2, tallies].points: missing"),
        ("points = 6", "points = 6\npoint = 6", "exercises[2, tallies].point: unknown key"),
        ('name = "tallies"', 'name = "doubling"', "exercises: 'doubling' is listed twice"),
        ('name = "tallies"', 'name = "../evil"', "exercises[2, ../evil].name"),
        ('name = "tallies"', 'name = "nowhere"', "exercises: nowhere: no module nowhere.py"),
        ("difficulty = 2", "difficulty = 9", "exercises[2, tallies].difficulty"),
        (
            "[limits]",
            "[late]\ndue = 2027-01-31T23:59:00\n[limits]",
            "late.due: Expected `datetime` with a timezone component, not 2027-01-31T23:59:00",
        ),
        ("[limits]", "[late]\npercent_per_day = 101\n[limits]", "late.percent_per_day"),
        ("[limits]", "[limits", "not TOML"),
    ],
)
def test_a_mistake_is_one_line(tmp_path, old, new, text):
    assert old in GRADING
    write_course(tmp_path)
    (tmp_path / "grading.toml").write_text(GRADING.replace(old, new))
    with pytest.raises(CourseError) as caught:
        read_course(tmp_path)
    assert text in str(caught.value)
    assert "grading.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_kits_own_course_is_right(pytestconfig):
    assert read_course(pytestconfig.rootpath).names[0] == "padding"


def test_the_course_is_found_from_below(course, tmp_path):
    assert find_course(course / "tests" / "hidden") == course.resolve()
    with pytest.raises(CourseError, match=r"no grading\.toml"):
        find_course(tmp_path)


@pytest.mark.parametrize(
    ("late_by", "penalty"),
    [
        (timedelta(seconds=-1), 0),
        (timedelta(0), 0),
        (timedelta(seconds=1), 0.1),
        (timedelta(days=1), 0.1),
        (timedelta(days=1, seconds=1), 0.2),
        (timedelta(days=99), 0.5),
    ],
)
def test_each_day_begun_costs(late_by, penalty):
    due = datetime(2027, 1, 31, 23, 59, tzinfo=timezone.utc)
    rule = LateRule(due=due, percent_per_day=10, most_percent=50)
    assert rule.penalty(due + late_by) == pytest.approx(penalty)
    assert LateRule().penalty(due + late_by) == 0


@pytest.mark.parametrize(
    ("stub", "suite", "needed"),
    [
        ("import tensorflow as tf\n", "", True),
        ("def f():\n    from tensorflow import nn\n", "", True),
        ("", "def test_f(a):\n    assert a.in_graph.f(3) == same(3)\n", True),
        ("", "def test_f(a):\n    assert a.gradient_of.f(3) == same(3)\n", True),
        ('"""See https://www.tensorflow.org."""\n', "def test_f_is_tensorflows(a):\n    pass\n", False),
    ],
)
def test_tensorflow_is_imported_ahead_where_it_is_used(tmp_path, stub, suite, needed):
    for name, text in (("exercises/a.py", stub), ("tests/hidden/test_a.py", suite)):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(text)
    assert need_tensorflow(tmp_path, ["a"]) == needed
    assert not need_tensorflow(tmp_path, ["b"])
