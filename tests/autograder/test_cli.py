"""The command line: a mistake of the user's, a missing extra or another system is one line and exit code 2."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version

import pytest

from tests.autograder.tiny import KIT

RUN = "import sys; sys.argv[0] = 'autograder'; from autograder.cli import main; main()"


def run(folder, *arguments, before=""):
    """Run the command line in a process that executes something first."""
    command = [sys.executable, "-c", f"{before}\n{RUN}", *map(str, arguments)]
    environment = {"PYTHONPATH": str(KIT), "PATH": "", "COLUMNS": "200"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=600)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("grade", "nowhere"), "nowhere: no such file or folder"),
        (("grade", ".", "--only", "tripling"), "unknown exercise 'tripling'; choose from doubling, tallies"),
        (("report", "nowhere"), "no records in nowhere/records: run autograder grade first"),
        (("gradebook", "blackboard", ".", "--roster", "x", "--out", "y"), "unknown system 'blackboard'"),
        (("hint", "doubling"), "there are no hints: exercises/hints/doubling.md is missing"),
        (("reset", "doubling"), "exercises/doubling.py is already the stub"),
        (("grade", "grading.toml", "--out", "grading.toml/out"), "Not a directory"),
    ],
)
def test_a_users_mistake_is_one_line(course, arguments, message):
    finished = run(course, *arguments)
    assert finished.returncode == 2
    assert finished.stderr.startswith("autograder: ")
    assert message in finished.stderr
    assert len(finished.stderr.splitlines()) == 1


def test_outside_of_a_course_it_says_where_to_run_it(tmp_path):
    finished = run(tmp_path, "status")
    assert finished.returncode == 2
    assert finished.stderr == (
        f"autograder: no grading.toml in {tmp_path.resolve()} or above it: run this in the course folder\n"
    )


@pytest.mark.parametrize(
    ("module", "arguments", "extra"),
    [
        ("jinja2", ("report", "results"), "grade"),
        ("distributed", ("grade", "solutions", "--cluster", "tcp://localhost:1"), "cluster"),
        ("nbformat", ("notebooks", "out"), "nbgrader"),
    ],
)
def test_a_missing_extra_is_named(course, tmp_path, module, arguments, extra):
    finished = run(course, *arguments, before=f"import sys; sys.modules[{module!r}] = None")
    assert finished.returncode == 2
    needed = f"autograder: this command needs {module}: pip install 'convolution-course[{extra}]'"
    assert needed in finished.stderr
    assert "Traceback" not in finished.stderr


def test_a_missing_module_of_our_own_is_no_extra(course):
    """A broken installation keeps its traceback."""
    finished = run(course, "verify", before="import sys; sys.modules['autograder.verify'] = None")
    assert finished.returncode == 1
    assert "Traceback" in finished.stderr


def test_grading_on_windows_says_that_it_needs_linux(course):
    """Before anything is imported that Windows does not have."""
    windows = (
        "import sys, types; sys.modules['fcntl'] = None; import autograder.commands.instructors as commands; "
        "commands.os = types.SimpleNamespace(name='nt')"
    )
    finished = run(course, "grade", "solutions", before=windows)
    assert finished.returncode == 2
    assert finished.stderr == (
        "autograder: grading needs Linux or macOS; `pytest exercises/` runs everywhere\n"
    )


def test_the_version_is_that_of_the_package(tmp_path):
    finished = run(tmp_path, "--version")
    assert finished.stdout == f"convolution-course {version('convolution-course')}\n"
