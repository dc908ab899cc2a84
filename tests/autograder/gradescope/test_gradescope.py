"""The upload for Gradescope, run in a folder laid out as Gradescope's: the points, and who is shown what."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.autograder.machine import shell_where_all_can_read
from tests.autograder.tiny import DOUBLING, KIT, TALLIES, write_course

SQUARED = (
    '"""You squared."""\nimport numpy as np\ndef double(numbers):\n    return np.asarray(numbers) ** 2\n'
)
WRONG = DOUBLING.replace("np.asarray(numbers) * 2", "np.asarray(numbers) ** 2")
# Late by years: Gradescope has a late rule of its own.
LATE = "\n[late]\ndue = 2020-01-01T00:00:00Z\npercent_per_day = 50\n\n[[exercises]]"
VISIBILITIES = {"hidden", "after_due_date", "after_published", "visible"}
FORMATS = {"text", "html", "simple_format", "md", "ansi"}
# Every key that Gradescope's page of specifications knows, with what it may hold.
TOP: dict[str, Any] = {
    "score": (int, float),
    "execution_time": int,
    "output": str,
    "output_format": FORMATS,
    "test_output_format": FORMATS,
    "test_name_format": FORMATS,
    "visibility": VISIBILITIES,
    "stdout_visibility": VISIBILITIES,
    "extra_data": dict,
    "tests": list,
    "leaderboard": list,
}
TEST: dict[str, Any] = {
    "score": (int, float),
    "max_score": (int, float),
    "status": {"passed", "failed"},
    "name": str,
    "name_format": FORMATS,
    "number": str,
    "output": str,
    "output_format": FORMATS,
    "tags": list,
    "visibility": VISIBILITIES,
    "extra_data": dict,
}
LEADERBOARD: dict[str, Any] = {"name": str, "value": (int, float, str), "order": {"asc", "desc"}}


def check_format(found: dict[str, Any]) -> None:
    """Check a results.json against the published format."""

    def check(part: dict[str, Any], allowed: dict[str, Any]) -> None:
        for key, value in part.items():
            assert key in allowed, key
            if isinstance(allowed[key], set):
                assert value in allowed[key], (key, value)
            else:
                assert isinstance(value, allowed[key]), (key, value)

    check(found, TOP)
    for test in found["tests"]:
        check(test, TEST)
        # A score that learners may not see would hide the total from them too.
        assert test["visibility"] == "visible" or "score" not in test
    for line in found.get("leaderboard", ()):
        check(line, LEADERBOARD)


class Gradescope:
    """A folder like Gradescope's `/autograder`, with the upload in it."""

    def __init__(self, upload: Path):
        # Where another user may go, as there.
        self.root = Path(tempfile.mkdtemp(prefix="gradescope-", dir="/tmp"))
        self.root.chmod(0o755)
        for name in ("source", "submission", "results"):
            (self.root / name).mkdir()
        with zipfile.ZipFile(upload) as archive:
            for member in archive.infolist():
                Path(archive.extract(member, self.root / "source")).chmod(member.external_attr >> 16 & 0o777)
        shutil.copy(self.root / "source" / "run_autograder", self.root)
        metadata = {
            "id": 1,
            "created_at": "2026-11-19T14:22:32.365935-07:00",
            "users": [{"email": "ann@school.edu", "id": 7, "name": "Ann Bee"}],
            "assignment": {"due_date": "2026-11-20T23:00:00.000000-07:00", "late_due_date": None},
        }
        (self.root / "submission_metadata.json").write_text(json.dumps(metadata))
        # What setup.sh makes, of what is installed here.
        (self.root / "venv").symlink_to(sys.prefix)

    def run(self, files: dict[str, str]) -> subprocess.CompletedProcess[str]:
        """Hand in files, and grade them."""
        shutil.rmtree(self.root / "submission")
        for name, text in files.items():
            path = self.root / "submission" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        (self.root / "results" / "results.json").unlink(missing_ok=True)
        words: list[str] = []
        if os.getuid() == 0:
            words = shell_where_all_can_read([KIT, Path(sys.prefix), Path(sys.base_prefix)])
        return subprocess.run(
            [*words, str(self.root / "run_autograder")],
            cwd=self.root,
            env={**os.environ, "AUTOGRADER_ROOT": str(self.root), "PYTHONPATH": str(KIT)},
            capture_output=True,
            text=True,
            timeout=900,
        )

    def results(self, files: dict[str, str]) -> dict[str, Any]:
        """Hand in files, and return what Gradescope gets."""
        finished = self.run(files)
        assert (finished.returncode, finished.stdout) == (0, ""), finished.stderr
        found = json.loads((self.root / "results" / "results.json").read_text())
        check_format(found)
        return found


@pytest.fixture
def gradescope(autograder, tmp_path):
    """Make the folder of a course with one known mistake, with options of the command."""
    made: list[Gradescope] = []

    def make(*options: str, disclosure: str = "example", suite: str = "") -> Gradescope:
        course = write_course(tmp_path / f"course-{len(made)}")
        mistake = course / "tests" / "mistakes" / "doubling" / "squared.py"
        mistake.parent.mkdir(parents=True)
        mistake.write_text(SQUARED)
        grading = (course / "grading.toml").read_text()
        grading = grading.replace('"example"', f'"{disclosure}"').replace("\n[[exercises]]", LATE, 1)
        (course / "grading.toml").write_text(grading)
        if suite:
            (course / "tests" / "hidden" / "test_doubling.py").write_text(suite)
        # Who is not root cannot become somebody else.
        level = [] if os.getuid() == 0 else ["--sandbox", "namespaces"]
        upload = tmp_path / f"upload-{len(made)}.zip"
        finished = autograder(course, "gradescope", upload, *level, *options)
        assert (finished.returncode, finished.stderr) == (0, "")
        made.append(Gradescope(upload))
        return made[-1]

    yield make
    for one in made:
        shutil.rmtree(one.root)


def by_name(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {test["name"]: test for test in found["tests"]}


def test_points_and_feedback_by_disclosure(gradescope):
    folder = gradescope()
    found = folder.results({"doubling.py": DOUBLING, "tallies.py": TALLIES})
    assert (found["score"], found["output"]) == (16, "")
    assert found["extra_data"]["submitted"] == "2026-11-19T21:22:32.365935+00:00"
    assert found["extra_data"]["submitted_source"] == "Gradescope"
    tests = by_name(found)
    assert list(tests) == ["doubling", "tallies"]
    assert (tests["doubling"]["score"], tests["doubling"]["max_score"]) == (10, 10)
    assert {test["status"] for test in tests.values()} == {"passed"}
    assert "leaderboard" not in found

    found = folder.results({"handed/in/doubling.py": WRONG})
    tests = by_name(found)
    assert list(tests) == ["doubling", "tallies", "doubling, for instructors"]
    assert (found["score"], tests["doubling"]["status"]) == (2, "failed")
    shown, hidden = tests["doubling"]["output"], tests["doubling, for instructors"]["output"]
    assert "doubling.double([1] (int64 array of shape (1,)))" in shown
    assert "You squared." in shown
    assert "expected" not in shown
    assert "expected:" in hidden
    assert tests["doubling, for instructors"]["visibility"] == "hidden"


@pytest.mark.parametrize(
    ("disclosure", "told", "not_told", "tests"),
    [("full", "expected:", "nothing", 2), ("name", "Every number becomes", "double(", 3)],
)
def test_another_disclosure(gradescope, disclosure, told, not_told, tests):
    found = gradescope(disclosure=disclosure).results({"doubling.py": WRONG})
    assert len(found["tests"]) == tests
    shown = by_name(found)["doubling"]["output"]
    assert told in shown
    assert not_told not in shown


def test_some_exercises_and_a_leaderboard(gradescope):
    found = gradescope("--only", "tallies", "--leaderboard").results({"tallies.py": TALLIES})
    assert (found["score"], list(by_name(found))) == (6, ["tallies"])
    assert found["leaderboard"] == [{"name": "points", "value": 6}, {"name": "tests", "value": 2}]


def test_what_is_missing_or_cannot_be_read_is_told(gradescope):
    folder = gradescope()
    found = folder.results({"essay.txt": "I have written nothing."})
    assert (found["score"], found["tests"]) == (0, [])
    assert found["output"].startswith("no exercise was recognized in it: found essay.txt; name each module")
    found = folder.results({"doubling.py": "#" * 2**21})
    assert (found["score"], found["tests"]) == (0, [])
    assert found["output"].startswith("doubling.py is larger than")


SPY = """
def attempt(path, mode="r"):
    try:
        with open(ROOT + "/" + path, mode) as file:
            return file.read() if mode == "r" else file.write('{"score": 1000}')
    except OSError as error:
        return "no"


def double(numbers):
    secrets = ("source/course/solutions/doubling.py", "submission_metadata.json", "submission/doubling.py")
    found = [attempt(path) for path in secrets]
    raise RuntimeError(f"found {found}, wrote {attempt('results/results.json', 'w')}")
"""


def test_a_submission_reads_nothing_and_writes_no_results(gradescope):
    folder = gradescope()
    found = folder.results({"doubling.py": f"ROOT = {str(folder.root)!r}\n{SPY}"})
    assert found["score"] == 0
    assert "found ['no', 'no', 'no'], wrote no" in by_name(found)["doubling, for instructors"]["output"]


def test_where_the_grader_fails_nobody_gets_nothing(gradescope):
    """Without results Gradescope tells the instructor, and keeps the submission to be graded again."""
    folder = gradescope(suite="import nothing_there\n")
    finished = folder.run({"doubling.py": DOUBLING})
    assert finished.returncode == 1
    assert "autograder: not graded: the suites cannot run" in finished.stderr
    assert "Traceback" not in finished.stderr
    assert not (folder.root / "results" / "results.json").exists()


def test_what_is_uploaded(course, autograder, tmp_path):
    upload = tmp_path / "new" / "upload.zip"
    assert autograder(course, "gradescope", upload).returncode == 0
    with zipfile.ZipFile(upload) as archive:
        modes = {member.filename: member.external_attr >> 16 & 0o777 for member in archive.infolist()}
    # At the root of the archive, or Gradescope does not find them.
    assert modes["setup.sh"] == modes["run_autograder"] == 0o755
    assert modes["kit/pyproject.toml"] == modes["course/solutions/doubling.py"] == 0o644
    assert not {name for name in modes if "learners_folder" in name or "__pycache__" in name}
    first = upload.read_bytes()
    autograder(course, "gradescope", upload)
    assert upload.read_bytes() == first


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("upload",), "upload: the file name must end in .zip"),
        (("upload.zip", "--only", "triples"), "unknown exercise 'triples'; choose from doubling, tallies"),
        (("grading.toml/upload.zip",), "grading.toml: File exists"),
    ],
)
def test_a_wrong_call_is_one_line(course, autograder, arguments, text):
    finished = autograder(course, "gradescope", *arguments)
    assert finished.returncode == 2
    assert text in finished.stderr
    assert len(finished.stderr.splitlines()) == 1
