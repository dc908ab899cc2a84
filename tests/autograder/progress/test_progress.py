"""To see the grader run: the log, how fast it goes and what was slow."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest

from autograder.grading import Done, Status
from autograder.progress.pace import Pace
from autograder.records.class_table import Row
from tests.autograder.tiny import DOUBLING, TALLIES


def done(
    learner: str, seconds: float, status: Status = Status.GRADED, flag: str = "", **by_exercise: float
) -> Done:
    row = Row(learner, "", "", 16, 4, 0, "", (), status is not Status.PROBLEM, flag)
    return Done(row, status, flag, seconds, by_exercise)


@pytest.fixture
def submissions(tmp_path) -> Path:
    folder = tmp_path / "submissions"
    for learner, source in (("ann", DOUBLING), ("bob", "import os; os._exit(0)\n")):
        (folder / learner).mkdir(parents=True)
        (folder / learner / "doubling.py").write_text(source)
        (folder / learner / "tallies.py").write_text(TALLIES)
    (folder / "c\u00e9d.zip").write_bytes(b"no zip")
    return folder


# The log.


def test_the_log_has_a_line_for_each_submission_of_each_run(course, autograder, submissions, tmp_path):
    log = tmp_path / "new" / "log.jsonl"
    for _ in range(2):
        autograder(course, "grade", submissions, "--out", tmp_path / "out", "--log", log)
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert [line["event"] for line in lines] == ["started", *["graded"] * 3, "finished"] * 2
    assert (lines[0]["submissions"], lines[0]["exercises"]) == (3, ["doubling", "tallies"])
    assert lines[4]["reason"] == lines[9]["reason"] == "done"
    assert sorted(line["time"] for line in lines) == [line["time"] for line in lines]
    first, second = ({line["learner"]: line for line in part} for part in (lines[1:4], lines[6:9]))
    assert {name: (line["status"], line["earned"]) for name, line in first.items()} == {
        "ann": ("graded", 16),
        "bob": ("graded", 6),
        "c\u00e9d": ("problem", 0),
    }
    assert "the process ended" in first["bob"]["flag"]
    assert first["ann"]["flag"] == ""
    assert first["ann"]["seconds"] > 0
    assert set(first["ann"]["tests_seconds"]) == {"doubling", "tallies"}
    assert [second[name]["status"] for name in ("ann", "bob", "c\u00e9d")] == ["kept", "kept", "problem"]
    assert second["bob"]["flag"] == first["bob"]["flag"]


# The pace.


def test_rate_and_flags():
    seconds = [0.0]
    pace = Pace(lambda: seconds[0])
    assert pace.now() == ""
    pace.graded(done("ann", 1, flag="strange"))
    pace.graded(done("bob", 1))
    pace.graded(done("cid", 0, Status.KEPT))
    seconds[0] = 30
    # What was kept took no time, and says nothing of how long the rest will take.
    assert pace.now() == "4 per minute, 1 flagged"


def test_what_was_slow():
    pace = Pace()
    assert pace.slow() == ""
    pace.graded(done("quick", 0.4, doubling=0.3))
    assert pace.slow() == ""
    for number in range(1000):
        pace.graded(done(f"learner {number}", number / 100, doubling=1, tallies=3))
    assert pace.slow() == (
        "slowest: learner 999 10 s, learner 998 10 s, learner 997 10 s; "
        "share of the tests' time: tallies 75%, doubling 25%"
    )


def test_the_pace_of_a_large_class_takes_no_more_memory_than_that_of_a_small_one():
    def size_after(submissions: int) -> int:
        pace = Pace()
        for number in range(submissions):
            pace.graded(done(f"learner {number % 10}", number / 10, doubling=1, tallies=3))
        return len(pickle.dumps(pace))

    assert size_after(10_000) < size_after(10) + 100


# A wrong call.


@pytest.mark.parametrize(
    ("option", "text"),
    [
        (("--log", "solutions"), "--log solutions: Is a directory"),
        (("--log", "grading.toml/log"), "--log grading.toml/log: "),
    ],
)
def test_a_wrong_call_is_one_line(course, autograder, submissions, tmp_path, option, text):
    finished = autograder(course, "grade", submissions, "--out", tmp_path / "out", *option)
    assert finished.returncode == 2
    assert finished.stderr.startswith(f"autograder: {text}")
    assert len(finished.stderr.splitlines()) == 1
    assert list((tmp_path / "out" / "records").iterdir()) == []
