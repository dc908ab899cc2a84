"""What a machine can do to a run of the grader: nothing is lost, and what is wrong is found."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.autograder.tiny import DOUBLING, KIT, TALLIES, write_course

needs_bubblewrap = pytest.mark.skipif(not shutil.which("bwrap"), reason="needs bubblewrap")


@pytest.fixture
def submissions(tmp_path) -> Path:
    """Four that pass."""
    for number in range(4):
        place = tmp_path / "submissions" / f"learner{number}"
        place.mkdir(parents=True)
        (place / "doubling.py").write_text(f"{DOUBLING}\n# {number}\n")
        (place / "tallies.py").write_text(TALLIES)
    return tmp_path / "submissions"


def earned(results: Path) -> dict[str, float]:
    """What each has earned, by the records."""
    records = [json.loads(path.read_text()) for path in (results / "records").glob("*.json")]
    return {one["learner"]: sum(each["earned"] for each in one["exercises"]) for one in records}


ALL = {f"learner{number}": 16 for number in range(4)}


def test_a_record_that_a_crash_has_cut_in_half_is_graded_again(course, autograder, submissions, tmp_path):
    out = tmp_path / "out"
    autograder(course, "grade", submissions, "--out", out)
    halved, emptied, other = (out / "records" / f"learner{number}.json" for number in (0, 1, 2))
    halved.write_bytes(halved.read_bytes()[: halved.stat().st_size // 2])
    emptied.write_bytes(b"")
    whole = other.read_text()
    finished = autograder(course, "grade", submissions, "--out", out)
    assert finished.returncode == 0, finished.stderr
    assert earned(out) == ALL
    assert other.read_text() == whole


def test_what_a_killed_grader_left_unfinished_is_removed(course, autograder, submissions, tmp_path):
    out = tmp_path / "out"
    left = [out / "records" / ".writing-abc", out / "feedback" / ".writing-def", out / ".writing-ghi"]
    for path in left:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text('{"learner": "lea')
    assert autograder(course, "grade", submissions, "--out", out).returncode == 0
    assert not any(path.exists() for path in left)
    assert earned(out) == ALL


def test_two_graders_do_not_write_to_one_folder(course, autograder, submissions, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    with (out / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)  # the weakest that another could have
        finished = autograder(course, "grade", submissions, "--out", out)
    assert finished.returncode == 2
    assert "another grader is using this folder" in finished.stderr
    assert len(finished.stderr.strip().splitlines()) == 1
    assert autograder(course, "grade", submissions, "--out", out).returncode == 0


def in_a_folder_of_its_own(words: list[str], script: str, course: Path) -> subprocess.CompletedProcess[str]:
    """Run a shell's script where the folder of results is mounted as `words` say."""
    return subprocess.run(
        ["bwrap", "--dev-bind", "/", "/", *words, "--", "sh", "-c", script],
        cwd=course,
        env={**os.environ, "PYTHONPATH": str(KIT), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=600,
    )


@needs_bubblewrap
def test_a_full_disk_is_one_line_and_the_same_command_goes_on(course, submissions, tmp_path):
    out, saved = tmp_path / "out", tmp_path / "saved"
    out.mkdir()
    grade = f"{sys.executable} -m autograder grade {submissions} --out {out} --sandbox none -j 1"
    script = f"""
        head -c 140000 /dev/zero > {out}/filler
        {grade}; echo "exit code $?"
        ls {out}/records | wc -l
        rm {out}/filler
        {grade}; echo "exit code $?"
        cp -r {out} {saved}
    """
    finished = in_a_folder_of_its_own(["--size", str(160 * 1024), "--tmpfs", str(out)], script, course)
    assert "No space left on device" in finished.stderr
    assert len(finished.stderr.strip().splitlines()) == 1, finished.stderr
    assert "exit code 2" in finished.stdout
    assert "exit code 0" in finished.stdout
    assert earned(saved) == ALL
    assert not list(saved.rglob(".writing-*"))


@needs_bubblewrap
def test_results_that_cannot_be_written_are_one_line(course, submissions, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    grade = f"{sys.executable} -m autograder grade {submissions} --out {out} --sandbox none"
    finished = in_a_folder_of_its_own(["--ro-bind", str(out), str(out)], grade, course)
    assert finished.returncode == 2
    assert "Read-only file system" in finished.stderr
    assert len(finished.stderr.strip().splitlines()) == 1


def test_a_clock_that_is_set_back_hides_no_change(autograder, submissions, tmp_path):
    """What was written in the future holds; what has changed counts, whatever time its file has."""
    course, out = write_course(tmp_path / "course"), tmp_path / "out"
    suite, oracle = (
        course / "tests" / "hidden" / "test_tallies.py",
        course / "tests" / "oracles" / "tallies.py",
    )
    oracle.parent.mkdir()
    for path, text in ((oracle, "THREE = 3\n"), (course / "tests" / "__init__.py", "")):
        path.write_text(text)
    suite.write_text(
        "from tests.oracles.tallies import THREE\n" + suite.read_text().replace("same(3)", "same(THREE)")
    )
    future = 2**31 - 1  # the last second of 32 bits
    for path in (*submissions.rglob("*"), *submissions.glob("*"), *course.rglob("*")):
        os.utime(path, (future, future))
    autograder(course, "grade", submissions, "--out", out)
    for path in (out / "records").glob("*.json"):
        record = json.loads(path.read_text())
        path.write_text(json.dumps({**record, "graded": "2038-01-19T03:14:07Z"}, indent=1))
    autograder(course, "grade", submissions, "--out", out)
    kept = [json.loads(path.read_text()) for path in (out / "records").glob("*.json")]
    assert {record["graded"] for record in kept} == {"2038-01-19T03:14:07Z"}
    assert earned(out) == ALL
    # As long as before, and of the same second: what Python has compiled seems to be of this file.
    for file, old, new, points in (
        (suite, "same(6)", "same(7)", 12),
        (suite, "same(7)", "same(6)", 16),
        (oracle, "3", "4", 12),
    ):
        size = file.stat().st_size
        file.write_text(file.read_text().replace(old, new))
        os.utime(file, (future, future))
        assert file.stat().st_size == size
        autograder(course, "grade", submissions, "--out", out)
        assert set(earned(out).values()) == {points}
