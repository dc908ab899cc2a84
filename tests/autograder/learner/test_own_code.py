"""A learner's own code in `pytest exercises/`: loops without an end, Ctrl-C, breakpoints, exit() and input()."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.learner.results import RESULTS_VARIABLE
from tests.autograder.machine import until
from tests.autograder.tiny import DOUBLING, write_course

HALF = "return number / 2"


@pytest.fixture
def own(tmp_path) -> Path:
    """A course of one's own, to write answers into; a call may take two seconds in it."""
    return write_course(tmp_path)


def write(course: Path, half: str) -> int:
    """Write the first exercise with another body of `half`; return the line of the body."""
    source = DOUBLING.replace(HALF, half)
    (course / "exercises" / "doubling.py").write_text(source)
    return source[: source.index(half)].count("\n") + 1


@pytest.fixture(params=["alarm", "no alarm"])
def clock(request, own) -> list[str]:
    """Options for pytest: with alarms, and without them as on Windows."""
    (own / "no_alarm.py").write_text("import signal\n\ndel signal.setitimer, signal.SIGALRM\n")
    return ["-p", "no_alarm"] if request.param == "no alarm" else []


@pytest.mark.parametrize(
    ("half", "further"),
    [
        ("while True: pass", 0),
        ("while True:\n        try: number += 1\n        except BaseException: pass", 0),
        ("import time; time.sleep(1000)", 0),
    ],
    ids=["loop", "catches_all", "sleeps"],
)
def test_code_without_an_end_is_stopped_and_its_line_named(own, learner_pytest, clock, half, further):
    if clock and "sleep" in half:
        pytest.skip("only Windows wakes what sleeps without an alarm")
    line = write(own, half)
    finished = learner_pytest(own, *clock, "exercises", "-k", "doubling")
    assert "difference: stopped: no answer within 2 s, in doubling.py, line " in finished.stdout
    named = int(finished.stdout.partition("in doubling.py, line ")[2].split()[0])
    assert line + further <= named <= line + half.count("\n")
    assert "doubling  ##########..........   1/2   1 wrong" in finished.stdout


def test_the_import_of_a_library_is_not_the_learners_time(own, learner_pytest, clock):
    """Nor what comes after it, until that has taken too long by itself."""
    (own / "slow_library.py").write_text("import time\n\ntime.sleep(4)\n")
    computes = "end = time.monotonic() + 1\n    while time.monotonic() < end: pass"
    write(own, f"import time, slow_library\n    {computes}\n    {HALF}")
    finished = learner_pytest(own, *clock, "exercises", "-k", "doubling")
    assert "doubling  ####################   2/2   done" in finished.stdout


def test_a_loop_at_import_is_stopped(own, learner_pytest, clock):
    (own / "exercises" / "doubling.py").write_text("import numpy\n\nwhile True:\n    pass\n")
    finished = learner_pytest(own, *clock, "exercises", "-k", "doubling")
    assert (
        "doubling.py cannot be imported: stopped: no answer within 2 s, in doubling.py, line "
        in finished.stdout
    )


def test_ctrl_c_ends_the_run_at_the_line(own, clock):
    line = write(own, "open('begun', 'w').close()\n    while True: pass")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "no:cacheprovider",
        *clock,
        "exercises",
        "-k",
        "doubling",
    ]
    process = subprocess.Popen(command, cwd=own, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert until((own / "begun").exists)
    process.send_signal(signal.SIGINT)
    printed, _ = process.communicate(timeout=300)
    assert process.returncode == 2
    assert f"exercises/doubling.py:{line + 1}: KeyboardInterrupt" in printed
    assert "came back" not in printed
    assert "done" not in printed


def test_right_code_is_left_alone_without_an_alarm(own, learner_pytest):
    """Even if the calls of a run take longer together than one may."""
    (own / "no_alarm.py").write_text("import signal\n\ndel signal.setitimer, signal.SIGALRM\n")
    write(own, "[number for _ in range(100_000)]\n    return number / 2")
    (own / "exercises" / "test_doubling.py").write_text(
        "def test_half(doubling):\n    assert all(doubling.half(4) == 2 for _ in range(600))\n"
    )
    finished = learner_pytest(own, "-p", "no_alarm", "exercises", "-k", "doubling")
    assert "1 passed" in finished.stdout, finished.stdout


@pytest.mark.parametrize(
    ("half", "said"),
    [
        ("return nothing", "NameError: name 'nothing' is not defined (in doubling.py, line {})"),
        (
            "exit()",
            "SystemExit: exit() ends Python here: return the answer instead (in doubling.py, line {})",
        ),
        (
            "input()",
            "input() waits for somebody to type: use the arguments instead (in doubling.py, line {})",
        ),
        ("assert number > 9", "AssertionError: an assert of yours does not hold (in doubling.py, line {})"),
        ("assert number > 9, 'small'", "AssertionError: small (in doubling.py, line {})"),
    ],
    ids=["name", "exit", "input", "assert", "assert_with_text"],
)
def test_an_error_has_its_line_and_words_that_a_learner_knows(own, learner_pytest, half, said):
    line = write(own, half)
    finished = learner_pytest(own, "exercises", "-k", "doubling")
    assert said.format(line) in finished.stdout
    assert "SubmissionError" not in finished.stdout
    assert "Consider" not in finished.stdout


def test_a_debugger_has_all_the_time_it_takes(own, clock):
    write(own, "breakpoint()\n    return number / 2")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *clock, "exercises", "-k", "half"]
    process = subprocess.Popen(
        command, cwd=own, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    # Longer than a call may take.
    printed, _ = process.communicate("import time; time.sleep(3)\np number + 1000\nc\n", timeout=300)
    assert process.returncode == 0, printed
    assert "return number / 2" in printed
    assert "1002" in printed


def test_a_breakpoint_in_a_run_of_another_command_says_what_to_do(own, learner_pytest, monkeypatch):
    monkeypatch.setenv(RESULTS_VARIABLE, str(own / "results.json"))
    line = write(own, "breakpoint()\n    return number / 2")
    printed = learner_pytest(own, "exercises", "-k", "doubling").stdout
    said = (
        f"stopped: breakpoint() needs a terminal; run pytest exercises/ yourself, in doubling.py, line {line}"
    )
    assert said in printed
    assert "BdbQuit" not in printed


@pytest.mark.parametrize(
    "chosen", [("exercises/test_doubling.py::test_half_of_two",), ("exercises", "-k", "half")]
)
def test_one_test_does_not_make_an_exercise_done(own, learner_pytest, chosen):
    write(own, HALF)
    finished = learner_pytest(own, *chosen)
    assert "doubling  ####################   1/1   run all of its tests" in finished.stdout
    assert "next: all tests of doubling: pytest exercises/ -k doubling" in finished.stdout
    assert "done" not in finished.stdout
