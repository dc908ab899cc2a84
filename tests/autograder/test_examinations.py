"""Three roles in three processes: what survives of a submission that misbehaves, and what is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from autograder.course import read_course
from autograder.examination import ExaminerLost
from autograder.examinations import Examinations
from autograder.sandbox import Level, watch
from autograder.warm_pair import WarmPair
from tests.autograder.conftest import DOUBLING, KIT, TALLIES, until

MARK = "autograder-test-mark"


@pytest.fixture(params=[Level.none, Level.namespaces])
def examinations(course, request):
    with Examinations(course, read_course(course), level=request.param) as running:
        yield running


@pytest.fixture
def suites(course) -> list[Path]:
    return [course / "tests" / "hidden" / f"test_{name}.py" for name in ("doubling", "tallies")]


def outcomes(examination) -> dict[str, str]:
    """The outcome of each test, by the function's name."""
    return {test.split("::")[1]: result["outcome"] for test, result in examination.results.items()}


def processes(mark: str) -> list[str]:
    """The command lines that hold `mark`."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            line = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if mark in line:
            found.append(line)
    return found


def test_the_tests_are_listed_before_they_run(examinations, suites):
    examination = examinations.examine({"doubling.py": DOUBLING.encode()}, suites)
    listed = {test["id"].split("::")[1]: test["weight"] for test in examination.listed}
    expected = {"test_each_is_doubled": 3, "test_none_is_refused": 1, "test_half": 1}
    assert listed == {**expected, "test_adds": 2, "test_counts_down": 1}
    assert set(examination.results) == {test["id"] for test in examination.listed}


def test_a_submission_that_dies_is_started_anew(examinations, suites):
    """It dies in one test; the others are judged as if nothing had happened."""
    source = DOUBLING.replace(
        "if len(numbers) == 0:", "if len(numbers) == 0:\n        import os; os._exit(9)"
    )
    examination = examinations.examine(
        {"doubling.py": source.encode(), "tallies.py": TALLIES.encode()}, suites
    )
    assert outcomes(examination) == {
        "test_each_is_doubled": "passed",
        "test_none_is_refused": "unusable",
        "test_half": "passed",
        "test_adds": "passed",
        "test_counts_down": "passed",
    }


def test_a_dead_candidates_objects_are_not_mixed_up(examinations, tmp_path):
    """What was kept by a candidate that died is neither found nor released in the one that follows it."""
    suite = tmp_path / "test_tallies.py"
    suite.write_text(
        "import gc\n"
        "from autograder import same\n"
        "def test_both(tallies):\n"
        "    before = tallies.Tally(start=1)\n"
        "    try:\n"
        "        tallies.die()\n"
        "    except BaseException:\n"
        "        pass\n"
        "    after = tallies.Tally(start=5)\n"
        "    del before\n"
        "    gc.collect()\n"
        "    assert after.add(1) == same(6)\n"
    )
    source = f"{TALLIES}\n\ndef die():\n    import os\n    os._exit(0)\n"
    assert outcomes(examinations.examine({"tallies.py": source.encode()}, [suite])) == {"test_both": "passed"}


def test_what_hangs_is_not_called_for_ever(examinations, suites, tmp_path):
    """After three calls without an answer the other tests of that exercise fail at once; others go on."""
    suite = tmp_path / "test_doubling.py"
    tests = [f"def test_{number}(doubling):\n    doubling.half({number})\n" for number in range(8)]
    suite.write_text("\n\n".join(tests))
    files = {"doubling.py": b"def half(number):\n    while True: pass\n", "tallies.py": TALLIES.encode()}
    examination = examinations.examine(files, [suite, suites[1]])
    said = [result["failure"]["difference"] for result in examination.results.values() if result["failure"]]
    assert said[:3] == ["stopped: no answer within 2 s"] * 3
    assert said[3:] == ["not called any more: 3 calls of doubling gave no answer in time"] * 5
    assert outcomes(examination)["test_adds"] == "passed"


def test_two_submissions_at_a_time_do_not_meet(examinations, suites):
    right, wrong = DOUBLING.encode(), DOUBLING.replace("* 2", "* 3").encode()
    with ThreadPoolExecutor(4) as pool:
        sources = [right, wrong] * 4
        graded = list(
            pool.map(lambda source: examinations.examine({"doubling.py": source}, suites[:1]), sources)
        )
    for source, examination in zip(sources, graded, strict=True):
        assert outcomes(examination)["test_each_is_doubled"] == ("passed" if source == right else "wrong")


def test_the_submission_finds_neither_suites_nor_solutions_to_import(examinations, suites, course):
    """Nor a word of the grader's environment."""
    os.environ["A_SECRET"] = "of the instructor"
    try:
        source = (
            "import os, sys\n"
            "found = 'A_SECRET' in os.environ\n"
            "for name in ('tests.hidden.test_doubling', 'solutions.doubling', 'tests'):\n"
            "    try:\n"
            "        __import__(name)\n"
            "        found = True\n"
            "    except ImportError:\n"
            "        pass\n"
            "def half(number):\n"
            "    return 'found' if found else number / 2\n"
        )
        examination = examinations.examine({"doubling.py": source.encode()}, suites[:1])
    finally:
        del os.environ["A_SECRET"]
    assert outcomes(examination)["test_half"] == "passed"


def test_nothing_is_left_behind(course, suites, monkeypatch):
    """No process that the submission started, no temporary folder."""
    source = (
        "import subprocess, sys\n"
        f"subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(99)', '{MARK}'])\n" + DOUBLING
    )
    # Not below pytest's folder: the address of a socket has room for about a hundred characters.
    scratch = tempfile.mkdtemp(dir="/tmp")
    monkeypatch.setenv("TMPDIR", scratch)
    monkeypatch.setattr(tempfile, "tempdir", None)
    with Examinations(course, read_course(course)) as examinations:
        examination = examinations.examine({"doubling.py": source.encode()}, suites[:1])
        assert outcomes(examination)["test_half"] == "passed"
        assert until(lambda: not processes(MARK))
    assert os.listdir(scratch) == []
    os.rmdir(scratch)


def test_parents_end_with_a_grader_that_is_killed(course, tmp_path):
    """And remove what it has left in the folder for temporary files."""
    scratch = tempfile.mkdtemp(dir="/tmp")
    (tmp_path / "someone").mkdir()
    (tmp_path / "someone" / "doubling.py").write_text("while True: pass\n")
    command = [sys.executable, "-m", "autograder", "grade", str(tmp_path), "--out", str(tmp_path / MARK)]
    environment = {**os.environ, "PYTHONPATH": str(KIT), "TMPDIR": scratch}
    grader = subprocess.Popen(command, cwd=course, env=environment)

    def children() -> list[str]:
        stats = [path.read_text() for path in Path("/proc").glob("[0-9]*/stat") if path.exists()]
        # After the name in parentheses: the state, then the parent.
        return [stat.split()[0] for stat in stats if stat.rpartition(")")[2].split()[1] == str(grader.pid)]

    assert until(lambda: len(children()) >= 2)
    parents = children()
    # Where the submission runs.
    assert until(lambda: any(Path(scratch).glob("*/autograder-*")))
    grader.send_signal(signal.SIGKILL)
    grader.wait()
    assert until(lambda: not any(Path(f"/proc/{parent}/cmdline").exists() for parent in parents))
    assert until(lambda: os.listdir(scratch) == [])
    os.rmdir(scratch)


def test_a_suite_that_cannot_run_is_said_to(examinations, tmp_path):
    broken = tmp_path / "test_doubling.py"
    broken.write_text("import nothing_there\n")
    with pytest.raises(ExaminerLost, match="the suites cannot run"):
        examinations.examine({"doubling.py": DOUBLING.encode()}, [broken])


def warm_process(parent) -> int:
    """The warm parent itself, which may be below bubblewrap."""
    family = watch.with_descendants(parent._process.pid)
    return next(one for one in family if "bwrap" not in Path(f"/proc/{one}/comm").read_text())


@pytest.mark.parametrize("role", ["examiner", "candidate"])
def test_a_parent_that_dies_between_two_submissions_is_replaced(examinations, suites, role):
    examinations.examine({"doubling.py": DOUBLING.encode()}, suites[:1])
    os.kill(warm_process(examinations.pair._parents[role]), signal.SIGKILL)
    examination = examinations.examine({"doubling.py": DOUBLING.encode()}, suites[:1])
    assert set(outcomes(examination).values()) == {"passed"}


@pytest.mark.parametrize("role", ["examiner", "candidate"])
def test_what_a_dying_parent_was_doing_is_done_again(examinations, tmp_path, role):
    """No test fails because the candidates' parent died under it."""
    suite = tmp_path / "test_doubling.py"
    suite.write_text("def test_half(doubling):\n    assert [doubling.half(2) for _ in range(9)] == [1] * 9\n")
    slow = b"import time\n\ndef half(number):\n    time.sleep(0.2)\n    return number / 2\n"
    first = examinations.examine({"doubling.py": slow}, [suite])
    former = examinations.pair._parents[role]
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(examinations.examine, {"doubling.py": slow}, [suite])
        time.sleep(0.9)
        os.kill(warm_process(former), signal.SIGKILL)
        assert outcomes(running.result()) == outcomes(first) == {"test_half": "passed"}
    assert examinations.pair._parents[role] is not former


def test_a_submission_pays_for_its_own_time_only(course, tmp_path):
    """What the examiner does between two calls is not the submission's; what the submission does is."""
    suite = tmp_path / "test_doubling.py"
    suite.write_text(
        "import time\n"
        "from autograder import same\n"
        "def test_slow_examiner(doubling):\n"
        "    for _ in range(2):\n"
        "        time.sleep(0.7)\n"
        "        assert doubling.half(2) == same(1)\n"
        "def test_slow_submission(doubling):\n"
        "    for _ in range(2):\n"
        "        doubling.sleep()\n"
    )
    given = read_course(course)
    limits = given.limits.model_copy(update={"submission_seconds": 1.0})
    source = f"{DOUBLING}\n\ndef sleep():\n    import time; time.sleep(1.2)\n"
    with Examinations(course, given.model_copy(update={"limits": limits})) as running:
        examination = running.examine({"doubling.py": source.encode()}, [suite])
    assert outcomes(examination) == {"test_slow_examiner": "passed", "test_slow_submission": "unusable"}
    told = [result["failure"]["difference"] for result in examination.results.values() if result["failure"]]
    assert told == ["stopped: the 1 s for the whole submission are used up"]


def test_a_parent_that_is_killed_while_it_starts_is_replaced(examinations, suites, monkeypatch):
    """Neither is the sandbox said to be missing, nor is the submission left without a result."""
    try_the_sandbox, tried = WarmPair._try_the_sandbox, []

    def names(parent) -> str:
        family = watch.with_descendants(parent._process.pid)
        return " ".join(Path(f"/proc/{one}/comm").read_text() for one in family)

    def kill_the_first(pair, parent):
        tried.append(parent)
        if len(tried) == 1:
            assert until(lambda: "python" in names(parent))
            os.kill(warm_process(parent), signal.SIGKILL)
        try_the_sandbox(pair, parent)

    monkeypatch.setattr(WarmPair, "_try_the_sandbox", kill_the_first)
    examination = examinations.examine({"doubling.py": DOUBLING.encode()}, suites[:1])
    assert set(outcomes(examination).values()) == {"passed"}
    assert len(tried) == 2
