"""An exercise that needs earlier ones: the solutions answer for them, or a failing test says whose fault it is."""

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

# Nobody can answer for a function that gets a range: it is no plain data.
WITH_A_RANGE = TOTALS.replace("double(numbers)", "double(range(1, 3))")
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
        folder.mkdir(parents=True, exist_ok=True)
        if doubling is not None:
            (folder / "doubling.py").write_text(doubling)
        (folder / "totals.py").write_text(totals)
        autograder(course, "grade", "class", "--out", "out", *arguments)
        record = json.loads((course / "out" / "records" / "someone.json").read_text())
        exercise = next(one for one in record["exercises"] if one["name"] == "totals")
        return {test["id"].partition("::")[2]: test for test in exercise["tests"]}, record, exercise

    return grade


@pytest.mark.parametrize(
    "doubling",
    [
        WRONG_DOUBLE,
        UNWRITTEN,
        DOUBLING.replace("def double", "def triple"),
        "def double(:\n",
        "raise KeyError('now')\n",
        None,
    ],
    ids=["wrong", "not written", "another name", "not Python", "raises on import", "not handed in"],
)
def test_nobody_loses_points_twice(course, graded, doubling):
    """The right values come from the examiner, and the record and the learner's feedback say so."""
    tests, record, exercise = graded(doubling)
    assert {name: test["outcome"] for name, test in tests.items()} == {
        "test_total": "passed",
        "test_count": "passed",
    }
    assert (exercise["earned"], exercise["missing"]) == (10, ["doubling.double"])
    assert record["exercises"][0]["earned"] < 10
    (answered,) = exercise["stand_ins"]
    feedback = (course / "out" / "feedback" / "someone.md").read_text()
    assert f"Examined with the right values of {answered}, which does not pass yet." in feedback


def test_a_mistake_of_its_own_is_told_all_the_same(graded):
    """Beside an earlier one, which nothing is put down to then."""
    tests, _, exercise = graded(WRONG_DOUBLE, TOTALS.replace("int(sum", "1 + int(sum"))
    assert tests["test_total"]["outcome"] == "wrong"
    assert tests["test_total"]["failure"]["reason"] == "7, expected 6"
    assert exercise["earned"] == 5


@pytest.mark.parametrize(
    ("totals", "reason"),
    [
        ("def total(:\n", "totals.py, line 1: syntax error: invalid syntax"),
        (TOTALS.replace("def total", "def totals"), "we looked for `total` in totals.py and found none"),
    ],
    ids=["not Python", "another name"],
)
def test_what_cannot_be_called_is_told_beside_an_earlier_mistake(graded, totals, reason):
    """And is not put down to the earlier one."""
    tests, _, exercise = graded(WRONG_DOUBLE, totals)
    assert tests["test_total"]["outcome"] == "unusable"
    assert reason in tests["test_total"]["failure"]["reason"]
    assert exercise["stand_ins"] == ["doubling.double"]


@pytest.mark.parametrize(
    "needed", ["from helper import", "from totals import"], ids=["no exercise", "a later one"]
)
def test_a_function_that_calls_a_stub_elsewhere_does_not_pass(course, graded, needed):
    """It waits for nothing that comes earlier, so the right values stand in for it."""
    helper = "def later(numbers):\n    raise NotImplementedError()\n"
    folder = course / "class" / "someone"
    folder.mkdir(parents=True)
    (folder / "helper.py").write_text(helper)
    calls = DOUBLING.replace("return np.asarray(numbers) * 2", f"{needed} later\n    return later(numbers)")
    _, record, exercise = graded(calls, f"{TOTALS}\n\n{helper}")
    assert record["exercises"][0]["earned"] < 10
    assert exercise["stand_ins"] == ["doubling.double"]
    assert exercise["earned"] == 10


def test_objects_and_iterators_of_an_earlier_exercise(course, autograder):
    """What is asked of them later is answered too, each as often as it was made."""
    grading = (
        (course / "grading.toml").read_text().replace('needs = ["doubling.double"]', 'needs = ["tallies"]')
    )
    (course / "grading.toml").write_text(grading)
    folder = course / "class" / "someone"
    folder.mkdir(parents=True)
    (folder / "tallies.py").write_text("def broken(:\n")
    (folder / "totals.py").write_text(
        """
from tallies import Tally, countdown

def total(numbers):
    one, other = Tally(), Tally(1)
    for number in countdown(numbers[-1]):
        one.add(number)
    other.count = 0
    other.add(2)
    assert (one.count, other.count, list(countdown(2))) == (3, 2, [2, 1])
    return one.count + other.count + 1

def count(numbers):
    try:
        Tally("1", "2", "3")
    except TypeError:
        return len(numbers)
"""
    )
    autograder(course, "grade", "class", "--out", "out")
    record = json.loads((course / "out" / "records" / "someone.json").read_text())
    assert record["exercises"][-1]["earned"] == 10
    assert record["exercises"][-1]["stand_ins"] == ["tallies"]


def test_what_the_right_function_raises_is_raised(graded):
    tests, _, _ = graded(WRONG_DOUBLE, TOTALS.replace("double(numbers)", "double(no_such=numbers)"))
    assert tests["test_total"]["outcome"] == "wrong"
    assert "unexpected keyword argument 'no_such'" in tests["test_total"]["failure"]["calls"][-1]["outcome"]


def test_grading_names_what_is_needed(course, graded):
    """Where nobody can answer for it: what is needed and where, and only that test loses its points."""
    tests, _, exercise = graded(WRONG_DOUBLE, WITH_A_RANGE)
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
    tests, _, _ = graded(UNWRITTEN, WITH_A_RANGE)
    assert tests["test_total"]["outcome"] == "needs"
    assert tests["test_total"]["failure"]["reason"] == "needs doubling.double, which is not written yet"
    # Where that is to be written, not where it is missed.
    assert tests["test_total"]["failure"]["edit"] == {"file": "doubling.py", "line": 6, "function": "double"}


def test_a_module_that_cannot_be_imported_is_needed_too(graded):
    tests, _, _ = graded("def double(:\n", WITH_A_RANGE)
    reason = f"{NEEDS} (doubling.py, line 1: syntax error: invalid syntax: def double(:)"
    assert tests["test_total"]["failure"]["reason"] == reason


def test_grading_one_exercise_alone_still_knows(graded):
    """`--only totals` examines what it needs, and records totals alone."""
    tests, record, _ = graded(WRONG_DOUBLE, WITH_A_RANGE, "--only", "totals")
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
    # What is to be done is what is needed, and nothing is wrong in totals.
    assert "next: doubling, in exercises/doubling.py:6" in finished.stdout
    assert "1/2   needs doubling" in finished.stdout


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
