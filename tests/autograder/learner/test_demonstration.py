"""The course's program that shows a learner's own function at work."""

from __future__ import annotations

import threading

import pytest
from msgspec.structs import replace

from autograder.course import read_course
from autograder.learner.demonstration import NoDemonstration, demonstrate
from autograder.learner.pytest_process import Cancelled


def shown(course, program: str) -> str:
    """Return what is said of `doubling` when this is the program."""
    (course / "shows.py").write_text(program)
    return demonstrate(
        course, replace(read_course(course), demonstration="shows once"), "doubling", threading.Event()
    )


def test_the_program_is_called_with_the_exercise(course):
    assert shown(course, "import sys\nprint(*sys.argv[1:])") == "once doubling"


def test_a_course_without_demonstrations_says_so(course):
    with pytest.raises(NoDemonstration, match="this course has no demonstrations"):
        demonstrate(course, read_course(course), "doubling", threading.Event())


def test_what_is_wrong_is_said(course):
    with pytest.raises(NoDemonstration, match=r"^doubling is not written yet$"):
        shown(course, "import sys\nsys.exit('doubling is not written yet')")


def test_code_without_an_end_is_stopped(course):
    (course / "shows.py").write_text("while True: pass")
    cancel = threading.Event()
    threading.Timer(0.5, cancel.set).start()
    with pytest.raises(Cancelled):
        demonstrate(course, replace(read_course(course), demonstration="shows"), "doubling", cancel)
