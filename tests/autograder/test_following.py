"""To see the grader run: the log, the metrics, how fast it goes and what was slow."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from autograder.grade import Done
from autograder.metrics import Metrics
from autograder.pace import Pace
from autograder.table import Row
from tests.autograder.conftest import DOUBLING, KIT, TALLIES


def done(learner: str, seconds: float, outcome: str = "graded", look: str = "", **by_exercise: float) -> Done:
    row = Row(learner, "", "", 16, 4, 0, "", (), outcome != "problem", look)
    return Done(row, outcome, look, seconds, by_exercise)


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
    assert {name: (line["outcome"], line["earned"]) for name, line in first.items()} == {
        "ann": ("graded", 16),
        "bob": ("graded", 6),
        "c\u00e9d": ("problem", 0),
    }
    assert "its process ended" in first["bob"]["look"]
    assert first["ann"]["look"] == ""
    assert first["ann"]["seconds"] > 0
    assert set(first["ann"]["tests_seconds"]) == {"doubling", "tallies"}
    assert [second[name]["outcome"] for name in ("ann", "bob", "c\u00e9d")] == ["kept", "kept", "problem"]
    assert second["bob"]["look"] == first["bob"]["look"]


# The metrics.


def numbers(port: int) -> dict[str, float]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=30) as answer:
        text = answer.read().decode()
    return {name: float(value) for name, value in re.findall(r"^(autograder_\S+) (\S+)$", text, re.MULTILINE)}


def test_what_prometheus_reads(socket_enabled):
    metrics = Metrics(0, 4)
    try:
        assert numbers(metrics.port)['autograder_submissions_total{outcome="graded"}'] == 0
        for one in (
            done("ann", 3, doubling=1, tallies=1.5),
            done("bob", 0.1, doubling=0.05),
            done("cid", 0, "kept", "broke"),
        ):
            metrics.graded(one)
        found = numbers(metrics.port)
        assert found['autograder_submissions_total{outcome="graded"}'] == 2
        assert found['autograder_submissions_total{outcome="kept"}'] == 1
        assert found['autograder_submissions_total{outcome="problem"}'] == 0
        assert found["autograder_waiting"] == 1
        assert found["autograder_looks_total"] == 1
        assert found["autograder_submission_seconds_count"] == 2
        assert found['autograder_tests_seconds_total{exercise="doubling"}'] == 1.05
    finally:
        metrics.close()


def test_metrics_of_a_run(course, submissions, tmp_path, socket_enabled):
    (submissions / "slow").mkdir()
    (submissions / "slow" / "doubling.py").write_text("while True:\n    pass\n")
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "autograder",
            "grade",
            submissions,
            "--out",
            tmp_path / "out",
            "--metrics",
            "0",
        ],
        cwd=course,
        env={**os.environ, "PYTHONPATH": str(KIT), "COLUMNS": "200"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        port = int(
            re.fullmatch(r"metrics: http://127\.0\.0\.1:(\d+)/metrics\n", process.stdout.readline())[1]
        )
        assert numbers(port)["autograder_waiting"] >= 1
        assert "3 of 4 graded" in process.communicate(timeout=120)[0]
    finally:
        process.kill()
        process.wait()


# The pace.


def test_rate_and_looks():
    seconds = [0.0]
    pace = Pace(lambda: seconds[0])
    assert pace.now() == ""
    pace.graded(done("ann", 1, look="strange"))
    pace.graded(done("bob", 1))
    pace.graded(done("cid", 0, "kept"))
    seconds[0] = 30
    # What was kept took no time, and says nothing of how long the rest will take.
    assert pace.now() == "4 a minute, 1 to look at"


def test_what_was_slow():
    pace = Pace()
    assert pace.slow() == ""
    pace.graded(done("quick", 0.4, doubling=0.3))
    assert pace.slow() == ""
    for number in range(1000):
        pace.graded(done(f"learner {number}", number / 100, doubling=1, tallies=3))
    assert pace.slow() == (
        "took longest: learner 999 10 s, learner 998 10 s, learner 997 10 s; "
        "of the tests' time: tallies 75%, doubling 25%"
    )
    assert len(pace._longest) == 3


# A wrong call.


@pytest.mark.parametrize(
    ("option", "text"),
    [
        (("--log", "solutions"), "--log solutions: Is a directory"),
        (("--log", "grading.toml/log"), "--log grading.toml/log: "),
        (("--metrics", "99999"), "--metrics 99999: "),
    ],
)
def test_a_wrong_call_is_one_line(course, autograder, submissions, tmp_path, option, text):
    finished = autograder(course, "grade", submissions, "--out", tmp_path / "out", *option)
    assert finished.returncode == 2
    assert finished.stderr.startswith(f"autograder: {text}")
    assert len(finished.stderr.splitlines()) == 1
    assert list((tmp_path / "out" / "records").iterdir()) == []
