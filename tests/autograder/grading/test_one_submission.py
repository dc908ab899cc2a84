"""Whatever one submission makes of our code, at whatever step: the class ends, with a record for everybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from autograder import grading
from autograder.course import read_course
from autograder.examiner.result import Examination, ExaminerLost, SuitesBroken
from autograder.grading import Assignment, grade
from autograder.protocol.messages import ListedTest, Result
from autograder.records import read_record, record_path
from autograder.sandbox import Level
from autograder.submissions.find import find
from tests.autograder.tiny import DOUBLING

BAD = "m_bad"
EVERYBODY = ["a_first", BAD, "z_last"]


class Passing:
    """An examiner that lets every submission pass, but for the bad one, over which it raises."""

    def __init__(self, error: Exception | None = None):
        self.error = error

    def examine(
        self,
        files: dict[str, bytes],
        suites: list[Path],
        diagnosed: Iterable[str] = (),
        *,
        stand_ins: Mapping[str, list[str]] | None = None,
    ) -> Examination:
        """Return one test that passes."""
        del suites, diagnosed, stand_ins
        if self.error and b"bad" in files["doubling.py"]:
            raise self.error
        result = Result("test_doubling.py::test_one", None, "", 0.1, ["doubling.half"], ["doubling.half"])
        return Examination(
            [ListedTest(result.id, "doubling", 1, "an idea")], {result.id: result}, judged=True
        )


def graded(course: Path, folder: Path, examiner: Passing) -> dict[str, tuple[float, str]]:
    """Grade a class of three; return the points and the problem of each."""
    for learner in EVERYBODY:
        (folder / "class" / learner).mkdir(parents=True)
        (folder / "class" / learner / "doubling.py").write_text(f"{DOUBLING}# {learner}\n")
    read = read_course(course)
    exercises = [exercise for exercise in read.exercises if exercise.name == "doubling"]
    assignment = Assignment(course, read, exercises, folder / "out", Level.none)
    rows = grade(assignment, find(folder / "class", read.names), examiner, 2, False, lambda _: None)
    assert [row.learner for row in rows] == EVERYBODY
    assert (folder / "out" / "class.csv").read_text().count("\n") == 4
    records = [read_record(record_path(folder / "out", learner)) for learner in EVERYBODY]
    return {record.learner: (record.earned, record.problem) for record in records if record}


ERRORS = [
    (RuntimeError("surprise"), "not graded: the grader failed over it: RuntimeError: surprise"),
    (RecursionError(), "not graded: the grader failed over it: RecursionError: "),
    (MemoryError(), "not graded: the grader failed over it: MemoryError: "),
    (
        UnicodeEncodeError("utf-8", "\udce9", 0, 1, "no"),
        "not graded: the grader failed over it: UnicodeEncodeError",
    ),
    (ExaminerLost("the machine is full"), "not graded: the machine is full; run the same command again"),
    (SuitesBroken("the suites cannot run"), "not graded: the suites cannot run"),
]


@pytest.mark.parametrize(("error", "problem"), ERRORS, ids=lambda value: type(value).__name__)
def test_an_error_of_its_examination_is_its_own(course, tmp_path, error, problem):
    found = graded(course, tmp_path, Passing(error))
    assert found.pop(BAD)[1].startswith(problem)
    assert found == {"a_first": (10, ""), "z_last": (10, "")}


@pytest.mark.parametrize("step", ["score", "write_record", "feedback_text", "row_of", "record_path"])
def test_an_error_at_any_other_step_is_its_own(course, tmp_path, monkeypatch, step):
    """Whoever comes there first; what is written about the error then gets through."""
    right, failed = getattr(grading, step), []

    def failing(*args: object) -> object:
        if not failed:
            failed.append(step)
            raise RuntimeError("surprise")
        return right(*args)

    monkeypatch.setattr(grading, step, failing)
    found = sorted(graded(course, tmp_path, Passing()).values())
    problem = "not graded: the grader failed over it: RuntimeError: surprise"
    assert found == [(0, problem), (10, ""), (10, "")]
