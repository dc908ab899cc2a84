"""The wheel works outside the checkout: a learner's light environment, and an instructor's."""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.autograder.tiny import KIT, write_course

# Counts the files of the kit's course, beside the library and where the sandbox shows the kit.
SPY = """
import sys
from pathlib import Path

folders = [Path(sys.prefix), Path("/kit")]
found = [len(list(folder.rglob("course_data/**/*.py"))) for folder in folders]


def half(number):
    return f"{found[0]} files, {found[1]} files"
"""
# What `pip install` brings for the NumPy exercises.
_MOST_MEGABYTES = 250


class Environment:
    """A virtual environment, and the commands in it."""

    def __init__(self, folder: Path):
        venv.create(folder, with_pip=True)
        self.folder = folder

    def run(
        self, program: str, *arguments: object, cwd: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a program of the environment, which must succeed."""
        finished = self.try_to_run(program, *arguments, cwd=cwd)
        assert finished.returncode == 0, finished.stdout + finished.stderr
        return finished

    def try_to_run(
        self, program: str, *arguments: object, cwd: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a program of the environment."""
        command = [str(self.folder / "bin" / program), *map(str, arguments)]
        return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=600)

    @property
    def packages(self) -> Path:
        """The folder of its packages."""
        (found,) = self.folder.glob("lib/python*/site-packages")
        return found


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel, built from a copy of what git would hand out."""
    folder = tmp_path_factory.mktemp("wheel")
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=KIT,
        capture_output=True,
        check=True,
    ).stdout.split(b"\0")
    for name in filter(None, map(bytes.decode, names)):
        if (KIT / name).is_file():
            (folder / "source" / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / "source" / name).write_bytes((KIT / name).read_bytes())
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
    subprocess.run([*command, "--wheel-dir", folder, folder / "source"], check=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def instructors(wheel, tmp_path_factory) -> Environment:
    """An environment with the wheel in it, and the libraries of this one behind it."""
    environment = Environment(tmp_path_factory.mktemp("instructor") / "venv")
    environment.run("pip", "install", "--quiet", "--no-deps", wheel)
    (environment.packages / "libraries.pth").write_text(sysconfig.get_path("purelib"))
    return environment


def test_the_wheel_holds_the_course_and_no_tests_of_the_kit(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert "autograder/course_data/solutions/padding.py" in names
    assert "autograder/py.typed" in names
    assert not [name for name in names if "tests/autograder" in name or "tests/attacks" in name]
    assert not [name for name in names if "__pycache__" in name]


@pytest.fixture(scope="module")
def learners(wheel, tmp_path_factory) -> Environment:
    """An environment with what a learner installs."""
    environment = Environment(tmp_path_factory.mktemp("learner") / "venv")
    environment.run("pip", "install", "--quiet", "--constraint", KIT / "constraints.txt", wheel)
    return environment


def test_a_learner_installs_little_and_starts(learners, tmp_path):
    """Neither TensorFlow nor a notebook; the first test runs, and what needs more says so."""
    environment = learners
    size = sum(path.stat().st_size for path in environment.folder.rglob("*") if path.is_file())
    assert size < _MOST_MEGABYTES * 1e6
    installed = {path.name.partition("-")[0] for path in environment.packages.glob("*.dist-info")}
    assert not installed & {"tensorflow", "notebook", "nbgrader", "distributed", "scipy"}
    assert environment.run("autograder", "--version").stdout.startswith("convolution-course ")
    course = tmp_path / "course"
    environment.run("autograder", "init", course)
    assert not (course / "solutions").exists()
    finished = environment.try_to_run("pytest", "exercises/", "-q", cwd=course)
    # Of all exercises: only tests that hand over tensors are left out.
    assert int(re.search(r"(\d+) not written yet in", finished.stdout)[1]) > 200
    assert re.search(r"next: padding, in exercises/padding\.py:\d+\n", finished.stdout)
    layers = environment.try_to_run("pytest", "exercises/", "-k", "layers", cwd=course)
    assert "needs tensorflow: pip install 'convolution-course[train]'" in layers.stdout
    for arguments in (("report", "results"), ("notebooks", "out")):
        finished = environment.try_to_run("autograder", *arguments, cwd=course)
        assert finished.returncode == 2
        assert finished.stderr.startswith("autograder: this command needs ")
        assert len(finished.stderr.splitlines()) == 1
    graded = environment.try_to_run("autograder", "grade", "exercises", cwd=course)
    assert "hidden suites" in graded.stderr
    finished = environment.try_to_run("python", "-m", "trainer", "cnn", cwd=course)
    assert finished.returncode == 1
    assert "pip install 'convolution-course[train]'" in finished.stderr


def test_no_submission_sees_the_course_in_an_installed_kit(learners, tmp_path):
    """The wheel holds solutions and hidden suites among the libraries, which every submission sees."""
    course = write_course(tmp_path / "course")
    (tmp_path / "class" / "spy").mkdir(parents=True)
    (tmp_path / "class" / "spy" / "doubling.py").write_text(SPY)
    graded = learners.run("autograder", "grade", tmp_path / "class", "--out", tmp_path / "out", cwd=course)
    assert "sandbox: namespaces" in graded.stdout
    record = (tmp_path / "out" / "records" / "spy.json").read_text()
    assert "0 files, 0 files" in record


def test_an_instructor_teaches_from_it(instructors, tmp_path):
    """The whole course, graded; the folder for learners, installed from what is in it."""
    course = tmp_path / "course"
    instructors.run("autograder", "init", course, "--solutions")
    instructors.run("autograder", "cut", "--check", cwd=course)
    options = ("--only", "padding", "--sandbox", "none")
    graded = instructors.run("autograder", "grade", "solutions", *options, cwd=course)
    assert "10/10" in graded.stdout
    instructors.run("autograder", "gradescope", tmp_path / "autograder.zip", cwd=course)
    instructors.run("autograder", "notebooks", tmp_path / "nbgrader", cwd=course)
    released = tmp_path / "released"
    instructors.run("autograder", "release", released, cwd=course)
    assert (released / "requirements.txt").read_text() == "./kit\n"
    assert not list(released.rglob("course_data"))
    learner = Environment(tmp_path / "venv")
    learner.run("pip", "install", "--quiet", "--no-deps", "--requirement", "requirements.txt", cwd=released)
    (learner.packages / "libraries.pth").write_text(sysconfig.get_path("purelib"))
    finished = learner.try_to_run("python", "-m", "pytest", "exercises/", "-k", "padding", cwd=released)
    assert re.search(r"\d+ not written yet in", finished.stdout)
    assert "failed" not in finished.stdout


def test_release_fails_if_a_piece_is_missing(instructors, tmp_path):
    """Without the public tests of an exercise, and without a file of the kit."""
    course = tmp_path / "course"
    instructors.run("autograder", "init", course, "--solutions")
    suite = course / "exercises" / "test_padding.py"
    suite.rename(suite.with_suffix(".gone"))
    finished = instructors.try_to_run("autograder", "release", tmp_path / "out", cwd=course)
    assert finished.returncode == 2
    assert "exercises/test_padding.py is missing: learners would have no tests for padding" in finished.stderr
    suite.with_suffix(".gone").rename(suite)
    data = instructors.packages / "autograder" / "course_data"
    (data / "constraints.txt").rename(data / "gone")
    finished = instructors.try_to_run("autograder", "release", tmp_path / "out", cwd=course)
    (data / "gone").rename(data / "constraints.txt")
    assert finished.returncode == 2
    assert "constraints.txt is missing: install the kit again" in finished.stderr
    assert not (tmp_path / "out").exists()
