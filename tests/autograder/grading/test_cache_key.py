"""Only what has changed is graded again, and the records are those of a class that is graded anew."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from autograder.course import read_course
from autograder.grading.cache_key import CacheKeys
from autograder.sandbox import Level
from tests.autograder.tiny import DOUBLING, HIDDEN_DOUBLING, TALLIES, timeless_records, write_course

BOTH = frozenset({"doubling", "tallies"})
DOUBLING_ALONE, TALLIES_ALONE, NONE = frozenset({"doubling"}), frozenset({"tallies"}), frozenset()
WRONG = {
    "right": (DOUBLING, TALLIES),
    "miscounts": (DOUBLING, TALLIES.replace("+= number", "= number")),
    "unwritten": (DOUBLING, "def countdown(start):\n    raise NotImplementedError()\n"),
}


def change(path: Path, old: str, new: str) -> None:
    """Change a file."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def a_course(folder: Path) -> Path:
    """The tiny course; its second exercise needs the first."""
    course = write_course(folder / "course")
    change(course / "grading.toml", "minutes = 10", 'minutes = 10\nneeds = ["doubling.half"]')
    return course


class Class:
    """A class that is graded again and again, while its course changes."""

    def __init__(self, folder: Path, autograder):
        self.course = a_course(folder)
        self.folder = folder
        self.autograder = autograder
        self.runs = 0
        for learner, (doubling, tallies) in WRONG.items():
            place = folder / "submissions" / learner
            place.mkdir(parents=True)
            (place / "doubling.py").write_text(doubling)
            (place / "tallies.py").write_text(tallies)

    def grade(self, *options: str) -> dict[str, set[str]]:
        """Grade, compare with a class that is graded anew, and return which exercises of whom were graded."""
        self.runs += 1
        log = self.folder / f"log-{self.runs}"
        for out, more in (("out", ("--log", log)), (f"anew-{self.runs}", ())):
            finished = self.autograder(
                self.course, "grade", self.folder / "submissions", "--out", self.folder / out, *options, *more
            )
            assert finished.returncode == 0, finished.stderr
        assert self.records("out") == self.records(f"anew-{self.runs}")
        assert self.feedback("out") == self.feedback(f"anew-{self.runs}")
        lines = [json.loads(line) for line in log.read_text().splitlines()]
        return {line["learner"]: set(line["tests_seconds"]) for line in lines if line["event"] == "graded"}

    def records(self, out: str) -> dict[str, Any]:
        """The records, but for when they were made."""
        return timeless_records(self.folder / out)

    def feedback(self, out: str) -> dict[str, list[str]]:
        files = (self.folder / out / "feedback").glob("*.md")
        return {path.name: path.read_text().splitlines()[:-1] for path in files}

    def missing(self, learner: str, exercise: str) -> list[str]:
        """What an exercise of a learner needs that does not pass."""
        exercises = self.records("out")[f"{learner}.json"]["exercises"]
        return next(one["missing"] for one in exercises if one["name"] == exercise)

    def of(self, learner: str, exercise: str) -> list[str]:
        """The outcomes of an exercise's tests."""
        record = self.records("out")[f"{learner}.json"]
        return [
            test["outcome"] for one in record["exercises"] if one["name"] == exercise for test in one["tests"]
        ]


@pytest.fixture
def graded(tmp_path, autograder) -> Class:
    found = Class(tmp_path, autograder)
    assert found.grade() == dict.fromkeys(WRONG, BOTH)
    return found


@pytest.mark.parametrize(
    ("name", "old", "new", "again"),
    [
        ("solutions/doubling.py", "Doubling.", "Doubling!", BOTH),  # tallies needs it
        ("solutions/tallies.py", "Counting.", "Counting!", {"tallies"}),
        ("tests/hidden/test_tallies.py", "points(2)", "points(3)", {"tallies"}),
        ("tests/hidden/test_doubling.py", "points(3)", "points(4)", {"doubling"}),
        ("tests/oracles/doubling.py", "", "new", {"doubling"}),
        ("tests/mistakes/tallies/forgets.py", "", "new", {"tallies"}),
        ("tests/strategies.py", "", "new", BOTH),
        ("grading.toml", "points = 10", "points = 20", {"doubling"}),
        ("grading.toml", "memory_mib = 256", "memory_mib = 257", BOTH),
        ("grading.toml", '"example"', '"name"', set()),
        ("grading.toml", "Two tiny exercises", "Two exercises", set()),
        ("exercises/test_doubling.py", "2 becomes 4", "4 comes of 2", set()),
    ],
)
def test_what_a_result_depends_on(tmp_path, name, old, new, again):
    course = a_course(tmp_path)
    for place in ("tests/oracles", "tests/mistakes/tallies"):
        (course / place).mkdir(parents=True)

    def keys() -> dict[str, str]:
        found = CacheKeys(course, read_course(course), ["doubling", "tallies"], Level.none)
        return {exercise: found.of(exercise, "a hash") for exercise in BOTH}

    before = keys()
    assert keys() == before
    if old:
        change(course / name, old, new)
    else:
        (course / name).write_text(new)
    after = keys()
    assert {exercise for exercise in BOTH if before[exercise] != after[exercise]} == again


def test_the_submission_and_the_sandbox_count_for_all(tmp_path):
    course = a_course(tmp_path)
    read = read_course(course)
    for level, digest in ((Level.none, "another"), (Level.user, "a hash")):
        for name in BOTH:
            former = CacheKeys(course, read, ["doubling", "tallies"], Level.none).of(name, "a hash")
            assert CacheKeys(course, read, ["doubling", "tallies"], level).of(name, digest) != former


def test_one_suite_is_one_exercise_of_each(graded):
    change(graded.course / "tests" / "hidden" / "test_doubling.py", "points(3)", "points(4)")
    assert graded.grade() == dict.fromkeys(WRONG, DOUBLING_ALONE)
    (graded.folder / "submissions" / "right" / "doubling.py").write_text(f"{DOUBLING}\n# new\n")
    change(graded.course / "grading.toml", '"example"', '"name"')
    assert graded.grade() == {"right": BOTH, "miscounts": set(), "unwritten": set()}


def test_whose_needs_no_longer_pass_is_examined_with_right_values(graded):
    assert graded.of("miscounts", "tallies") == ["wrong", "passed"]
    assert graded.missing("miscounts", "tallies") == []
    # A stricter suite: now `half` is wrong, and what is wrong in tallies might come of that.
    half = "assert doubling.half(number) == close(number / 2)"
    assert half in HIDDEN_DOUBLING
    change(
        graded.course / "tests" / "hidden" / "test_doubling.py",
        half,
        half.replace("number / 2", "number / 3"),
    )
    assert graded.grade() == dict.fromkeys(WRONG, BOTH)
    assert graded.of("miscounts", "tallies") == ["wrong", "passed"]
    assert graded.missing("miscounts", "tallies") == ["doubling.half"]
    change(graded.course / "tests" / "hidden" / "test_doubling.py", "number / 3", "number / 2")
    assert graded.grade() == dict.fromkeys(WRONG, BOTH)
    assert graded.missing("miscounts", "tallies") == []


THIRDS = "def third(number):\n    ### BEGIN SOLUTION\n    return number / 3\n    ### END SOLUTION\n"
HIDDEN_THIRDS = """
from autograder import close


def test_third(thirds):
    \"\"\"A third of 6 is 2.\"\"\"
    assert thirds.third(6) == close(2)
"""
GRADING_THIRDS = """
[[exercises]]
name = "thirds"
part = "Two"
points = 1
difficulty = 1
minutes = 1
needs = ["tallies.countdown"]
"""


def test_what_is_told_of_needs_goes_through_a_chain(tmp_path, autograder):
    """Once doubling fails, it is doubling that thirds, graded again, needs too."""
    found = Class(tmp_path, autograder)
    for name, text in (("solutions/thirds.py", THIRDS), ("exercises/thirds.py", THIRDS)):
        (found.course / name).write_text(text)
    (found.course / "tests" / "hidden" / "test_thirds.py").write_text(HIDDEN_THIRDS)
    with (found.course / "grading.toml").open("a") as file:
        file.write(GRADING_THIRDS)
    for learner in WRONG:
        place = found.folder / "submissions" / learner
        (place / "thirds.py").write_text(THIRDS.replace("/ 3", "/ 4"))
        (place / "tallies.py").write_text(TALLIES.replace("range(start, 0, -1)", "range(start)"))
    found.grade()
    assert found.missing("right", "thirds") == ["tallies.countdown"]
    hidden = found.course / "tests" / "hidden"
    change(hidden / "test_doubling.py", "close(number / 2)", "close(number / 3)")
    change(hidden / "test_thirds.py", "A third of 6 is 2.", "6 / 3 = 2.")
    found.grade()
    assert found.missing("right", "thirds") == ["doubling.half", "tallies.countdown"]


def test_some_exercises_alone(graded):
    """What they need is examined with them, and counts as theirs."""
    only = ("--only", "tallies")
    assert graded.grade(*only) == dict.fromkeys(WRONG, TALLIES_ALONE)
    change(graded.course / "tests" / "hidden" / "test_doubling.py", "points(3)", "points(4)")
    assert graded.grade(*only) == dict.fromkeys(WRONG, TALLIES_ALONE)
    assert graded.grade(*only) == dict.fromkeys(WRONG, NONE)
    assert graded.grade(*only, "--force") == dict.fromkeys(WRONG, TALLIES_ALONE)
