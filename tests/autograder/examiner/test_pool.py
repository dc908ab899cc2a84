"""The examiner and the candidate in two processes: what survives a submission that misbehaves, and what is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest

from autograder.course import read_course
from autograder.examiner.pool import ExaminerPool
from autograder.examiner.result import Examination, ExaminerLost
from autograder.examiner.scoring import score
from autograder.protocol.failure import Outcome
from autograder.sandbox import Level
from autograder.sandbox.usage import with_descendants
from tests.autograder.machine import until
from tests.autograder.tiny import DOUBLING, KIT, TALLIES, write_course

MARK = "autograder-test-mark"


@pytest.fixture(params=[Level.none, Level.namespaces])
def examiners(course, request):
    with ExaminerPool(course, read_course(course), level=request.param) as running:
        yield running


def suites_in(course: Path) -> list[Path]:
    return [course / "tests" / "hidden" / f"test_{name}.py" for name in ("doubling", "tallies")]


@pytest.fixture
def suites(course) -> list[Path]:
    return suites_in(course)


def outcomes(examination: Examination) -> dict[str, Outcome]:
    """The outcome of each test, by the function's name."""
    return {
        test.split("::")[1]: result.failure.outcome if result.failure else Outcome.PASSED
        for test, result in examination.results.items()
    }


def reasons(examination: Examination) -> list[str]:
    """What is said of each test that failed."""
    return [result.failure.reason for result in examination.results.values() if result.failure]


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


def test_the_tests_are_listed_before_they_run(examiners, suites):
    examination = examiners.examine({"doubling.py": DOUBLING.encode()}, suites)
    listed = {test.id.split("::")[1]: test.weight for test in examination.listed}
    expected = {"test_each_is_doubled": 3, "test_none_is_refused": 1, "test_half": 1}
    assert listed == {**expected, "test_adds": 2, "test_counts_down": 1}
    assert set(examination.results) == {test.id for test in examination.listed}


@pytest.mark.parametrize("needs", ["doubling.half", "doubling.double"])
def test_what_needs_a_function_that_fails_is_left_out(tmp_path, needs):
    """It would fail for nothing of its own, and perhaps slowly: the grader asks for it again, with right values."""
    course = write_course(tmp_path)
    grading = course / "grading.toml"
    grading.write_text(grading.read_text().replace("minutes = 10", f'minutes = 10\nneeds = ["{needs}"]'))
    files = {"doubling.py": DOUBLING.replace("/", "//").encode(), "tallies.py": TALLIES.encode()}
    with ExaminerPool(course, read_course(course)) as examiners:
        examination = examiners.examine(files, suites_in(course))
    left_out = needs == "doubling.half"
    expected = "needs" if left_out else "passed"
    assert outcomes(examination) == {
        "test_each_is_doubled": "passed",
        "test_none_is_refused": "passed",
        "test_half": "wrong",
        "test_adds": expected,
        "test_counts_down": expected,
    }
    reason = "needs doubling.half, which does not pass yet"
    assert reasons(examination)[1:] == [reason] * 2 * left_out


def test_a_submission_that_dies_is_started_anew(examiners, suites):
    """It dies in one test; the others are judged as if nothing had happened."""
    source = DOUBLING.replace(
        "if len(numbers) == 0:", "if len(numbers) == 0:\n        import os; os._exit(9)"
    )
    examination = examiners.examine({"doubling.py": source.encode(), "tallies.py": TALLIES.encode()}, suites)
    assert outcomes(examination) == {
        "test_each_is_doubled": "passed",
        "test_none_is_refused": "unusable",
        "test_half": "passed",
        "test_adds": "passed",
        "test_counts_down": "passed",
    }


def test_a_dead_candidates_objects_are_not_mixed_up(examiners, tmp_path):
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
    assert outcomes(examiners.examine({"tallies.py": source.encode()}, [suite])) == {"test_both": "passed"}


def test_what_hangs_is_not_called_for_ever(examiners, suites, tmp_path):
    """Calls without an answer get less time; after three the other tests of that exercise fail at once."""
    suite = tmp_path / "test_doubling.py"
    tests = [f"def test_{number}(doubling):\n    doubling.half({number})\n" for number in range(8)]
    suite.write_text("\n\n".join(tests))
    files = {"doubling.py": b"def half(number):\n    while True: pass\n", "tallies.py": TALLIES.encode()}
    examination = examiners.examine(files, [suite, suites[1]])
    assert reasons(examination)[:3] == [f"stopped: no answer within {limit} s" for limit in (2, 1, 1)]
    assert reasons(examination)[3:] == ["skipped: three calls to doubling timed out"] * 5
    assert outcomes(examination)["test_adds"] == "passed"


@pytest.fixture(params=[Level.none, Level.namespaces])
def patient_examiners(course, request):
    """Examiners that leave a call so much time that another limit is hit first, on a busy machine too."""
    given = read_course(course)
    limits = msgspec.structs.replace(given.limits, call_seconds=60.0, submission_seconds=600.0)
    with ExaminerPool(course, msgspec.structs.replace(given, limits=limits), level=request.param) as running:
        yield running


TAKES = {
    "used more than 256 MiB of memory": "bytearray(2**40)",
    "started more than 16 processes and threads": "[os.fork() or time.sleep(60) for _ in range(20)]",
}


@pytest.mark.parametrize("what", TAKES)
def test_what_takes_too_much_is_not_called_for_ever(patient_examiners, suites, tmp_path, what):
    """Three times, as what hangs; other exercises go on."""
    suite = tmp_path / "test_doubling.py"
    suite.write_text("\n\n".join(f"def test_{n}(doubling):\n    doubling.half({n})\n" for n in range(6)))
    source = f"import os, time\n\ndef half(number):\n    {TAKES[what]}\n    time.sleep(60)\n"
    files = {"doubling.py": source.encode(), "tallies.py": TALLIES.encode()}
    examination = patient_examiners.examine(files, [suite, suites[1]])
    skipped = "skipped: three calls to doubling took too much memory or too many processes"
    assert reasons(examination) == [f"stopped: {what}"] * 3 + [skipped] * 3
    assert outcomes(examination)["test_adds"] == "passed"


@pytest.mark.parametrize("use", ["next(doubling.bomb())", "list(doubling.bomb())", "doubling.bomb().size"])
def test_what_takes_too_much_elsewhere_than_in_a_call_is_not_asked_for_ever_either(examiners, tmp_path, use):
    suite = tmp_path / "test_doubling.py"
    suite.write_text("\n\n".join(f"def test_{n}(doubling):\n    {use}\n" for n in range(5)))
    source = (
        "class bomb:\n"
        "    def __iter__(self):\n        return self\n"
        "    def __next__(self):\n        bytearray(2**40)\n"
        "    @property\n    def size(self):\n        bytearray(2**40)\n"
    )
    examination = examiners.examine({"doubling.py": source.encode()}, [suite])
    skipped = "skipped: three calls to bomb took too much memory or too many processes"
    assert reasons(examination) == ["stopped: used more than 256 MiB of memory"] * 3 + [skipped] * 2


def test_two_submissions_at_a_time_do_not_meet(examiners, suites):
    right, wrong = DOUBLING.encode(), DOUBLING.replace("* 2", "* 3").encode()
    with ThreadPoolExecutor(4) as pool:
        sources = [right, wrong] * 4
        graded = list(
            pool.map(lambda source: examiners.examine({"doubling.py": source}, suites[:1]), sources)
        )
    for source, examination in zip(sources, graded, strict=True):
        assert outcomes(examination)["test_each_is_doubled"] == ("passed" if source == right else "wrong")


def test_the_submission_finds_neither_suites_nor_solutions_to_import(examiners, suites, course):
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
        examination = examiners.examine({"doubling.py": source.encode()}, suites[:1])
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
    with ExaminerPool(course, read_course(course)) as examiners:
        examination = examiners.examine({"doubling.py": source.encode()}, suites[:1])
        assert outcomes(examination)["test_half"] == "passed"
        assert until(lambda: not processes(MARK))
    assert os.listdir(scratch) == []
    os.rmdir(scratch)


def test_the_fork_servers_end_with_a_grader_that_is_killed(course, tmp_path):
    """And remove what it has left in the folder for temporary files."""
    scratch = tempfile.mkdtemp(dir="/tmp")
    (tmp_path / "someone").mkdir()
    (tmp_path / "someone" / "doubling.py").write_text("while True: pass\n")
    command = [sys.executable, "-m", "autograder", "grade", str(tmp_path), "--out", str(tmp_path / MARK)]
    environment = {**os.environ, "PYTHONPATH": str(KIT), "TMPDIR": scratch}
    grader = subprocess.Popen(command, cwd=course, env=environment)

    def children() -> list[str]:
        found = []
        for path in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):  # it has ended meanwhile
                stat = path.read_text()
                # After the name in parentheses: the state, then the parent.
                if stat.rpartition(")")[2].split()[1] == str(grader.pid):
                    found.append(stat.split()[0])
        return found

    assert until(lambda: len(children()) >= 2)
    servers = children()
    # Where the submission runs.
    assert until(lambda: any(Path(scratch).glob("*/autograder-*")))
    grader.send_signal(signal.SIGKILL)
    grader.wait()
    assert until(lambda: not any(Path(f"/proc/{server}/cmdline").exists() for server in servers))
    assert until(lambda: os.listdir(scratch) == [])
    os.rmdir(scratch)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("import nothing_there\n", "ModuleNotFoundError: No module named 'nothing_there'"),
        ("def test_half(:\n", "SyntaxError: invalid syntax"),
        ("import pytest\ndef test_half(): pytest.exit('enough', returncode=3)\n", ".*: enough"),
    ],
)
def test_a_suite_that_cannot_run_is_said_to_and_why(examiners, tmp_path, text, reason):
    broken = tmp_path / "test_doubling.py"
    broken.write_text(text)
    with pytest.raises(ExaminerLost, match=f"^the suites cannot run: {reason}$"):
        examiners.examine({"doubling.py": DOUBLING.encode()}, [broken])


def deadly_suite(folder: Path, number: signal.Signals) -> Path:
    """A suite whose process a certain answer ends, as a fault in NumPy or in our own decoder would."""
    suite = folder / "test_doubling.py"
    suite.write_text(
        "import os\n"
        "def test_right(doubling):\n"
        "    assert doubling.half(4) == 2\n"
        "def test_half(doubling):\n"
        "    if doubling.half(2) == 13:\n"
        f"        os.kill(os.getpid(), {int(number)})\n"
    )
    return suite


DEADLY = DOUBLING.replace("return number / 2", "return 13 if number == 2 else number / 2").encode()


def test_what_ends_its_examiner_twice_is_graded(examiners, suites, tmp_path, course):
    """0 points for that exercise, with the cause; the exercises after it are examined."""
    files = {"doubling.py": DEADLY, "tallies.py": TALLIES.encode()}
    examination = examiners.examine(files, [deadly_suite(tmp_path, signal.SIGSEGV), suites[1]])
    ending = "judging its answers ended the examiner twice (SIGSEGV)"
    assert examination.broken == {"doubling": ending}
    doubling, tallies = score(examination, read_course(course), ["doubling", "tallies"])
    assert (doubling.earned, tallies.earned) == (0, 6)
    assert [test.failure.reason for test in doubling.tests if test.failure] == [ending] * 2


def test_a_machine_that_kills_an_examiner_costs_nobody_a_point(examiners, tmp_path):
    """The kernel does so when memory runs out: it stays open."""
    with pytest.raises(ExaminerLost, match="it was killed; is there enough memory"):
        examiners.examine({"doubling.py": DEADLY}, [deadly_suite(tmp_path, signal.SIGKILL)])


def inside_the_sandbox(process: int) -> int | None:
    """The fork server itself, which may be below bubblewrap; None while it does not run yet."""
    for one in with_descendants(process):
        with suppress(OSError):
            if "python" in Path(f"/proc/{one}/comm").read_text():
                return one
    return None


def pid_of(examiners: ExaminerPool, server: str) -> int:
    """The process of a fork server that runs."""
    return inside_the_sandbox(getattr(examiners.servers.running(), server).pid)


@pytest.mark.parametrize("server", ["examiners", "candidates"])
def test_a_fork_server_that_dies_between_two_submissions_is_replaced(examiners, suites, server):
    examiners.examine({"doubling.py": DOUBLING.encode()}, suites[:1])
    os.kill(pid_of(examiners, server), signal.SIGKILL)
    examination = examiners.examine({"doubling.py": DOUBLING.encode()}, suites[:1])
    assert set(outcomes(examination).values()) == {"passed"}


@pytest.mark.parametrize("server", ["examiners", "candidates"])
def test_what_was_under_way_when_a_fork_server_died_is_done_again(examiners, tmp_path, server):
    """No test fails because the candidates' server died under it."""
    asked = tmp_path / "asked"
    suite = tmp_path / "test_doubling.py"
    suite.write_text(
        "def test_half(doubling):\n"
        "    for number in range(9):\n"
        f"        with open({str(asked)!r}, 'a') as file:\n"
        "            print(number, file=file)\n"
        "        assert doubling.half(2) == 1\n"
    )
    slow = b"import time\n\ndef half(number):\n    time.sleep(0.2)\n    return number / 2\n"
    former = pid_of(examiners, server)
    with ThreadPoolExecutor(1) as pool:
        examining = pool.submit(examiners.examine, {"doubling.py": slow}, [suite])
        assert until(lambda: asked.exists() and "3" in asked.read_text())
        os.kill(former, signal.SIGKILL)
        assert outcomes(examining.result()) == {"test_half": "passed"}
    # The first time it did not come to its end.
    numbers = asked.read_text().split()
    assert (numbers.count("0"), numbers.count("8")) == (2, 1)
    assert pid_of(examiners, server) != former


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
    limits = msgspec.structs.replace(given.limits, submission_seconds=1.0)
    source = f"{DOUBLING}\n\ndef sleep():\n    import time; time.sleep(1.2)\n"
    with ExaminerPool(course, msgspec.structs.replace(given, limits=limits)) as running:
        examination = running.examine({"doubling.py": source.encode()}, [suite])
    assert outcomes(examination) == {"test_slow_examiner": "passed", "test_slow_submission": "unusable"}
    assert reasons(examination) == ["stopped: the submission has used up its 1 s"]


def test_a_fork_server_that_is_killed_while_it_starts_is_replaced(examiners, suites):
    """Neither is the sandbox said to be missing, nor is the submission left without a result."""

    def candidates_server() -> int | None:
        for one in with_descendants(os.getpid()):
            with suppress(OSError):
                if b"CandidateHandler" in Path(f"/proc/{one}/cmdline").read_bytes():
                    return inside_the_sandbox(one)
        return None

    with ThreadPoolExecutor(1) as pool:
        starting = pool.submit(examiners.servers.running)
        assert until(lambda: candidates_server() is not None)
        first = candidates_server()
        os.kill(first, signal.SIGKILL)
        # Who asked for it never sees the one that was killed.
        assert inside_the_sandbox(starting.result().candidates.pid) not in (first, None)
    examination = examiners.examine({"doubling.py": DOUBLING.encode()}, suites[:1])
    assert set(outcomes(examination).values()) == {"passed"}
