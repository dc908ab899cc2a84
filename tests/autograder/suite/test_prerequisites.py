"""An exercise that needs earlier ones: a failing test of it says whose fault that is."""

from __future__ import annotations

import json

import pytest

from autograder.course import CourseError, read_course
from autograder.verify import wrong_needs
from tests.autograder.tiny import DOUBLING, write_course

TOTALS = '''"""Sums."""

from doubling import double


def total(numbers):
    """Return twice the sum."""
    ### BEGIN SOLUTION
    return int(sum(double(numbers)))
    ### END SOLUTION


def count(numbers):
    """Return how many there are."""
    ### BEGIN SOLUTION
    return len(numbers)
    ### END SOLUTION
'''

SUITE = '''
from autograder import same


def test_total(totals):
    """Twice the sum of 1 and 2 is 6."""
    assert totals.total([1, 2]) == same(6)


def test_count(totals):
    """There are three."""
    assert totals.count([1, 2, 3]) == same(3)
'''

TABLE = """
[[exercises]]
name = "totals"
part = "Three"
points = 10
difficulty = 1
minutes = 5
needs = ["doubling.double"]
"""

WRONG_DOUBLE = DOUBLING.replace("* 2", "* 3")
WRONG_HALF = DOUBLING.replace("number / 2", "number / 3")
UNWRITTEN = DOUBLING.replace("return np.asarray(numbers) * 2", "raise NotImplementedError()")
NEEDS = "needs doubling.double, which does not pass yet"


@pytest.fixture
def course(tmp_path):
    """The tiny course with a third exercise that calls the first one."""
    write_course(tmp_path)
    (tmp_path / "grading.toml").write_text((tmp_path / "grading.toml").read_text() + TABLE)
    for path in ("exercises/test_totals.py", "tests/hidden/test_totals.py"):
        (tmp_path / path).write_text(SUITE)
    for path in ("solutions/totals.py", "exercises/totals.py"):
        (tmp_path / path).write_text(TOTALS)
    (tmp_path / "exercises" / "doubling.py").write_text(WRONG_DOUBLE)
    return tmp_path


@pytest.fixture
def graded(course, autograder):
    """Grade one submission and return the tests of `totals` by name, and its record."""

    def grade(doubling, totals=TOTALS, *arguments):
        folder = course / "class" / "someone"
        folder.mkdir(parents=True)
        (folder / "doubling.py").write_text(doubling)
        (folder / "totals.py").write_text(totals)
        autograder(course, "grade", "class", "--out", "out", *arguments)
        record = json.loads((course / "out" / "records" / "someone.json").read_text())
        exercise = next(one for one in record["exercises"] if one["name"] == "totals")
        return {test["id"].partition("::")[2]: test for test in exercise["tests"]}, record, exercise

    return grade


def test_grading_names_what_is_needed(course, graded):
    """It says what is needed and where, and loses the points of that test alone."""
    tests, _, exercise = graded(WRONG_DOUBLE)
    assert tests["test_total"]["outcome"] == "needs"
    assert tests["test_total"]["failure"]["reason"] == NEEDS
    assert tests["test_total"]["failure"]["edit"] == {"file": "doubling.py", "line": 6, "function": "double"}
    assert tests["test_count"]["outcome"] == "passed"
    assert exercise["earned"] == 5
    feedback = (course / "out" / "feedback" / "someone.md").read_text()
    assert f"- {NEEDS}" in feedback


def test_another_function_is_not_to_blame(graded):
    tests, _, _ = graded(WRONG_HALF, TOTALS.replace("int(sum", "1 + int(sum"))
    assert tests["test_total"]["outcome"] == "wrong"


def test_what_is_not_written_is_named(graded):
    tests, _, _ = graded(UNWRITTEN)
    assert tests["test_total"]["outcome"] == "needs"
    assert tests["test_total"]["failure"]["reason"] == "needs doubling.double, which is not written yet"
    # Where that is to be written, not where it is missed.
    assert tests["test_total"]["failure"]["edit"] == {"file": "doubling.py", "line": 6, "function": "double"}


def test_a_module_that_cannot_be_imported_is_needed_too(graded):
    tests, _, _ = graded("def double(:\n")
    reason = f"{NEEDS} (doubling.py, line 1: syntax error: invalid syntax: def double(:)"
    assert tests["test_total"]["failure"]["reason"] == reason


def test_grading_one_exercise_alone_still_knows(graded):
    """`--only totals` examines what it needs, and records totals alone."""
    tests, record, _ = graded(WRONG_DOUBLE, TOTALS, "--only", "totals")
    assert tests["test_total"]["failure"]["reason"] == NEEDS
    assert [exercise["name"] for exercise in record["exercises"]] == ["totals"]


@pytest.mark.parametrize(
    "arguments",
    [("exercises",), ("exercises", "-k", "totals"), ("exercises/test_totals.py",), ("exercises", "-n", "2")],
)
def test_a_learners_run_names_what_is_needed(course, learner_pytest, arguments):
    """Whether the earlier suite ran in this run or not, with pytest-xdist too."""
    finished = learner_pytest(course, *arguments)
    assert f"{NEEDS}: exercises/doubling.py:6" in finished.stdout
    assert "totals.total([1, 2])" not in finished.stdout


def test_what_is_not_written_is_no_failure_in_a_learners_run(course, learner_pytest):
    (course / "exercises" / "doubling.py").write_text(UNWRITTEN)
    finished = learner_pytest(course, "exercises/test_totals.py")
    assert "FAILURES" not in finished.stdout
    assert "needs doubling.double, which is not written yet: exercises/doubling.py:6" in finished.stdout


def test_a_learners_run_blames_no_other_function(course, learner_pytest):
    (course / "exercises" / "doubling.py").write_text(WRONG_HALF)
    (course / "exercises" / "totals.py").write_text(TOTALS.replace("int(sum", "1 + int(sum"))
    finished = learner_pytest(course, "exercises/test_totals.py")
    assert "totals.total([1, 2])" in finished.stdout
    assert "needs" not in finished.stdout


def test_a_need_is_of_an_earlier_exercise(course):
    (course / "grading.toml").write_text(
        (course / "grading.toml").read_text().replace('"doubling.double"', '"totals.count"')
    )
    with pytest.raises(CourseError, match=r"totals needs 'totals.count', but no earlier exercise has it"):
        read_course(course)


def test_needs_of_needs(course):
    """What is needed brings what it needs itself, in the order of the course."""
    table = TABLE.replace('"totals"', '"tops"').replace('"doubling.double"', '"totals", "tallies"')
    (course / "grading.toml").write_text((course / "grading.toml").read_text() + table)
    (course / "solutions" / "tops.py").write_text("")
    read = read_course(course)
    assert read.needs("tops") == ("doubling.double", "tallies", "totals")
    assert read.with_needs(["tops"]) == ["doubling", "tallies", "totals", "tops"]
    assert read.with_needs(["tallies"]) == ["tallies"]


@pytest.mark.parametrize(
    ("needs", "complaints"),
    [
        (("a.f", "b"), []),
        (("a", "b"), []),
        (("b",), ["needs does not list a.f, which the solution imports"]),
        (("a.f", "b", "c"), ["needs lists c, which the solution does not import"]),
        (("a.f", "a.g", "b"), ["needs lists a.g, which the solution does not import"]),
    ],
)
def test_needs_are_what_the_solution_imports(needs, complaints):
    source = "from a import CONSTANT, f\nimport b\nimport numpy\n"
    assert wrong_needs(source, needs, ["a", "b", "c"]) == complaints
