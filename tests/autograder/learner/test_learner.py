"""What a learner has beside pytest: hints step by step, status, reset, the solution, watch."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.autograder.machine import until
from tests.autograder.tiny import DOUBLING, KIT, write_course

HINTS = "# doubling\n\n## A nudge\n\nAdd it to itself.\n\n## The way\n\nUse `*`.\n\n## Almost\n\n    n * 2\n"
WRONG = DOUBLING.replace("* 2", "* 3")


@pytest.fixture
def course(tmp_path) -> Path:
    """A course of its own for each test, with hints for one exercise."""
    folder = write_course(tmp_path / "course")
    hints = folder / "exercises" / "hints" / "doubling.md"
    hints.parent.mkdir()
    hints.write_text(HINTS, encoding="utf-8")
    return folder


def write(course: Path, source: str) -> None:
    (course / "exercises" / "doubling.py").write_text(source, encoding="utf-8")


# Hints.


def test_hints_come_one_at_a_time_and_are_remembered(course, autograder):
    said = [autograder(course, "hint", "doubling").stdout for _ in range(4)]
    assert ["Add it to itself" in text for text in said] == [True, False, False, False]
    assert "hint 2 of 3: The way" in said[1]
    assert "--give-up" in said[2]
    assert said[3] == said[2]


def test_where_nothing_can_be_remembered_all_hints_come(course, autograder):
    """A read-only folder; a file in the place of the folder for the memory is the same for root too."""
    (course / ".autograder").write_text("")
    finished = autograder(course, "hint", "doubling")
    assert finished.returncode == 0
    assert "doubling, hint 1 of " in finished.stdout
    assert "That was the last hint." in finished.stdout


def test_a_broken_memory_is_no_memory(course, autograder):
    (course / ".autograder").mkdir()
    (course / ".autograder" / "hints.json").write_text("[1, 2")
    (course / ".autograder" / "results.json").write_text('{"doubling": {"key": 1}}')
    assert "hint 1 of 3" in autograder(course, "hint", "doubling").stdout
    assert "0 of 2 exercises done" in autograder(course, "status").stdout


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["hint", "tallies"], "there are no hints: exercises/hints/tallies.md is missing"),
        (["hint", "triples"], "unknown exercise 'triples'; choose from doubling, tallies"),
        (["reset", "triples"], "unknown exercise 'triples'; choose from doubling, tallies"),
        (["reset", "doubling"], "exercises/doubling.py is already the stub"),
        (
            ["solution", "doubling"],
            "0 of 2 tests of doubling pass; --give-up shows the solution anyway",
        ),
        (["watch", "triples"], "unknown exercise 'triples'; choose from doubling, tallies"),
    ],
)
def test_a_wrong_call_is_one_line(course, autograder, arguments, text):
    finished = autograder(course, *arguments)
    assert (finished.returncode, finished.stderr) == (2, f"autograder: {text}\n")


def test_a_sign_that_the_terminal_lacks_is_replaced(course, autograder):
    hints = course / "exercises" / "hints" / "doubling.md"
    hints.write_text("## A nudge\n\n1 · 2 … n\n", encoding="utf-8")
    finished = autograder(course, "hint", "doubling", environment={"PYTHONIOENCODING": "ascii"})
    assert (finished.returncode, finished.stderr) == (0, "")
    assert "1 ? 2 ? n" in finished.stdout


# Status.


def test_status_shows_what_passes_and_what_is_next(course, autograder):
    write(course, WRONG)
    said = autograder(course, "status").stdout
    assert re.search(r"doubling +#{10}\.{10} +1/2", said)
    assert re.search(r"tallies +\.{20} +0/1 +10 min", said)
    assert "next: doubling, in exercises/doubling.py:6" in said
    write(course, DOUBLING)
    said = autograder(course, "status").stdout
    assert "1 of 2 exercises done" in said
    assert "next: tallies, in exercises/tallies.py:" in said


def test_only_what_has_changed_is_run_again(course, autograder):
    autograder(course, "status")
    # Nobody would notice a suite that cannot run, if it is not run.
    (course / "conftest.py").write_text("raise RuntimeError('pytest was started')\n")
    assert autograder(course, "status").returncode == 0
    write(course, DOUBLING)
    finished = autograder(course, "status")
    assert finished.returncode == 2
    assert "the tests of doubling could not run" in finished.stderr
    assert "pytest was started" in finished.stderr


def test_no_colour_where_none_is_wanted(course, autograder):
    finished = autograder(course, "status", environment={"NO_COLOR": "1", "FORCE_COLOR": "1"})
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", finished.stdout)


# Why.


SQUARED = (
    '"""You squared."""\nimport numpy as np\ndef double(numbers):\n    return np.asarray(numbers) ** 2\n'
)


@pytest.fixture
def with_mistakes(course) -> Path:
    """The course with one known mistake."""
    mistake = course / "tests" / "mistakes" / "doubling" / "squared.py"
    mistake.parent.mkdir(parents=True)
    mistake.write_text(SQUARED, encoding="utf-8")
    return course


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            DOUBLING.replace("np.asarray(numbers) * 2", "[number**2 for number in numbers]"),
            "doubling\n\n  mistake:    You squared.\n  edit:       exercises/doubling.py:6\n",
        ),
        (
            WRONG,
            "doubling\n\n  mistake:    Every answer of `double` is 1.5 times the right one.\n"
            "  edit:       exercises/doubling.py:6\n",
        ),
        (
            DOUBLING.replace("* 2", "* 2 + np.sin(1e3 * np.asarray(numbers, float))"),
            "Your answers match none of the known mistakes, and show no simple pattern.\n",
        ),
        (DOUBLING, "All hidden tests pass.\n"),
        (
            DOUBLING.replace("return number / 2", "raise NotImplementedError()"),
            "Nothing is wrong so far; some functions are not written yet.\n",
        ),
    ],
)
def test_why(with_mistakes, autograder, written, said):
    write(with_mistakes, written)
    assert autograder(with_mistakes, "why", "doubling").stdout == said


def test_why_needs_no_known_mistakes(course, autograder):
    write(course, WRONG)
    assert "1.5 times the right one" in autograder(course, "why", "doubling").stdout


def test_why_needs_the_hidden_tests(course, autograder):
    (course / "tests" / "hidden" / "test_doubling.py").unlink()
    finished = autograder(course, "why", "doubling")
    assert finished.returncode == 2
    assert finished.stderr == "autograder: this course does not include the hidden tests of doubling\n"


# Check: the hidden suite at home.


def test_check_shows_points_and_the_smallest_wrong_call(with_mistakes, autograder):
    write(with_mistakes, DOUBLING.replace("np.asarray(numbers) * 2", "np.asarray(numbers) ** 2"))
    checked = autograder(with_mistakes, "check", "doubling")
    assert checked.returncode == 1
    first = checked.stdout.splitlines()[0]
    assert first.startswith("doubling: ")
    assert "hidden tests pass" in first
    assert first.endswith("of 10 points")
    assert "doubling.double(" in checked.stdout
    assert "expected:" in checked.stdout
    assert "You squared." in checked.stdout


def test_check_of_a_right_answer(course, autograder):
    write(course, DOUBLING)
    checked = autograder(course, "check", "doubling")
    assert checked.returncode == 0
    assert checked.stdout.endswith("10 of 10 points\n")
    assert checked.stdout.count("\n") == 1


def test_check_needs_the_hidden_tests(course, autograder):
    (course / "tests" / "hidden" / "test_doubling.py").unlink()
    checked = autograder(course, "check", "doubling")
    assert checked.returncode == 2
    assert checked.stderr == "autograder: this course does not include the hidden tests of doubling\n"


# Reset and solution.


def test_reset_keeps_what_was_written(course, autograder):
    stub = (course / "exercises" / "doubling.py").read_text()
    write(course, WRONG)
    said = autograder(course, "reset", "doubling").stdout
    assert (course / "exercises" / "doubling.py").read_text() == stub
    kept = course / re.search(r"kept in (\S+)", said)[1]
    assert kept.read_text() == WRONG


def test_reset_without_a_solution_changes_nothing(course, autograder):
    write(course, WRONG)
    (course / "solutions" / "doubling.py").unlink()
    finished = autograder(course, "reset", "doubling")
    assert finished.returncode == 2
    assert "solutions/doubling.py is missing" in finished.stderr
    assert (course / "exercises" / "doubling.py").read_text() == WRONG


def test_the_solution_opens_once_the_tests_pass(course, autograder):
    assert autograder(course, "solution", "doubling", "--give-up").stdout == DOUBLING
    write(course, WRONG)
    assert autograder(course, "solution", "doubling").stdout == ""
    write(course, DOUBLING.replace("np.asarray(numbers) * 2", "[2 * number for number in numbers]"))
    assert autograder(course, "solution", "doubling").stdout == DOUBLING
    (course / "solutions" / "doubling.py").unlink()
    assert "this course does not include solutions" in autograder(course, "solution", "doubling").stderr


# Watch.


class Terminal:
    """`autograder watch` in a terminal of 80 columns and 24 rows."""

    def __init__(self, course: Path):
        import fcntl
        import struct
        import termios

        self._side, other = pty.openpty()
        fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.before = termios.tcgetattr(other)
        environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "autograder", "watch"],
            cwd=course,
            env={**environment, "PYTHONPATH": str(KIT), "TERM": "xterm"},
            stdin=other,
            stdout=other,
            stderr=other,
        )
        self.after = lambda: termios.tcgetattr(other)

    def shows(self, text: str) -> str:
        """Wait for a text, and return what is on the screen when it comes."""
        seen, end = "", time.monotonic() + 60
        while time.monotonic() < end:
            if select.select([self._side], [], [], 0.1)[0]:
                seen += os.read(self._side, 65536).decode(errors="replace")
                screen = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", seen.rpartition("\x1b[2J")[2])
                if text in screen:
                    return screen
        raise AssertionError(f"{text!r} does not come, but {seen[-2000:]!r}")

    def press(self, key: str) -> None:
        os.write(self._side, key.encode())

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()


SHOWS = """
import sys
sys.path.insert(0, "exercises")
if sys.argv[1] != "doubling":
    sys.exit(f"{sys.argv[1]} is not written yet")
import doubling
print("twice 21 is", *doubling.double([21]))
"""


def test_an_exercise_from_stub_to_pass_by_watch_alone(with_mistakes):
    course = with_mistakes
    (course / "shows.py").write_text(SHOWS)
    settings = (course / "grading.toml").read_text()
    (course / "grading.toml").write_text(f'demonstration = "shows"\n{settings}')
    terminal = Terminal(course)
    try:
        terminal.shows("double is not written yet: exercises/doubling.py:6")
        terminal.press("h")
        terminal.shows("Add it to itself")
        write(course, WRONG)
        screen = terminal.shows("doubling.double([2])")
        assert "came back:  [6]" in screen
        assert "1/2" in screen
        terminal.press("w")
        terminal.shows("1.5 times the right one")
        write(course, "def double(:\n")
        terminal.shows("doubling.py, line 1: syntax error")
        write(course, DOUBLING)
        terminal.shows("d: see it at work")
        terminal.press("d")
        terminal.shows("twice 21 is 42")
        (course / "shows.py").write_text("while True: pass")
        terminal.press("d")
        terminal.shows("drawing")
        terminal.press("n")
        terminal.shows("is not written yet: exercises/tallies.py")
        (course / "shows.py").write_text(SHOWS)
        terminal.press("d")
        terminal.shows("tallies is not written yet")
        terminal.press("l")
        screen = terminal.shows("done, 1 hint read")
        assert max(map(len, screen.splitlines())) <= 80
        terminal.press("q")
        assert terminal.process.wait(180) == 0
        assert terminal.after() == terminal.before
    finally:
        terminal.close()


def test_a_loop_without_an_end_holds_up_neither_keys_nor_saved_files(with_mistakes):
    """Its call may take an hour; the next save ends it."""
    course = with_mistakes
    limits = (course / "grading.toml").read_text()
    (course / "grading.toml").write_text(limits.replace("call_seconds = 2", "call_seconds = 3600"))
    terminal = Terminal(course)
    try:
        terminal.shows("double is not written yet: exercises/doubling.py:6")
        write(course, DOUBLING.replace("return number / 2", "while True: pass"))
        terminal.shows("running the tests of doubling")
        terminal.press("h")
        terminal.shows("Add it to itself")
        write(course, DOUBLING)
        terminal.shows("All tests pass.")
        write(course, DOUBLING.replace("return number / 2", "while True: pass"))
        terminal.shows("running the tests of doubling")
        terminal.press("q")
        assert terminal.process.wait(180) == 0
    finally:
        terminal.close()


def test_watch_works_without_a_terminal(course):
    process = subprocess.Popen(
        [sys.executable, "-m", "autograder", "watch", "tallies"],
        cwd=course,
        env={**os.environ, "PYTHONPATH": str(KIT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    said: list[str] = []
    reader = threading.Thread(target=lambda: said.extend(process.stdout))
    reader.start()
    try:
        assert until(lambda: any("exercises/tallies.py" in line for line in said))

        def saved_and_seen() -> bool:
            # It may not watch yet, so it is saved again and again.
            write(course, WRONG)
            return any("doubling.double([2])" in line for line in said)

        # Another exercise is saved, so that is the one that is worked on.
        assert until(saved_and_seen)
    finally:
        process.terminate()
        process.wait()
        reader.join()
    assert not any("q: quit" in line for line in said)
