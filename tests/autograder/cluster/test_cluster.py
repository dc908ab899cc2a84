"""Grading by a cluster's workers: the records of one machine, whoever is lost; who differs is not asked."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from autograder.cluster.bundle import Corrupted, CourseBundle, bundle
from autograder.cluster.identity import Identity, own_identity
from autograder.cluster.worker_plugin import Task
from autograder.sandbox import Level
from autograder.sandbox.usage import with_descendants
from autograder.submissions import digest_of
from tests.autograder.machine import until
from tests.autograder.tiny import DOUBLING, KIT, TALLIES, timeless_records, write_course

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

SUBMISSIONS = {
    "right": DOUBLING,
    "wrong": DOUBLING.replace("* 2", "* 3"),
    "unwritten": "def double(numbers):\n    raise NotImplementedError()\n",
    "ends": "import os; os._exit(0)\n",
    "floods": DOUBLING.replace("return number / 2", "print('x' * 10**6)"),
}


class Process:
    """A command that runs beside the test.

    Args:
        log: the file in which its output is kept.
        kit: the folder of the kit that it runs.
        arguments: of Python.
    """

    def __init__(self, log: Path, *arguments: object, kit: Path = KIT, folder: Path | None = None):
        self.log = log
        with log.open("ab") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *map(str, arguments)],
                cwd=folder or log.parent,
                env={**os.environ, "PYTHONPATH": str(kit), "COLUMNS": "200"},
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
            )

    def said(self, text: str) -> bool:
        """Wait until it has printed a text."""
        return until(lambda: text in self.log.read_text())

    def kill(self, number: signal.Signals = signal.SIGKILL) -> int:
        """Send it a signal, and return its exit code."""
        self.process.send_signal(number)
        return self.process.wait(180)


class Cluster:
    """A scheduler and workers on this machine."""

    def __init__(self, folder: Path):
        self.folder = folder
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            self.port = listener.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{self.port}"
        self._running: list[Process] = []
        self.scheduler = self.start_scheduler()

    def start_scheduler(self) -> Process:
        where = ("--host", "127.0.0.1", "--port", self.port)
        scheduler = self._start("dask", "scheduler", *where, "--no-dashboard")
        assert scheduler.said("Scheduler at")
        return scheduler

    def start_worker(self, *options: object, kit: Path = KIT) -> Process:
        """Start a worker, in a folder in which no course is; it is ready when this returns."""
        worker = self._start("autograder", "worker", self.address, "-j", 1, *options, kit=kit)
        assert worker.said("ready"), worker.log.read_text()
        return worker

    def start_dask_worker(self, *options: object) -> Process:
        """Start a worker as Dask's own launchers do."""
        worker = self._start("dask", "worker", self.address, "--nthreads", 1, "--no-dashboard", *options)
        assert worker.said("Registered to")
        return worker

    def start_grader(self, course: Path, submissions: Path, out: Path, *options: object) -> Process:
        where = ("grade", submissions, "--out", out, "--cluster", self.address)
        return self._start("autograder", *where, *options, folder=course)

    def _start(self, *arguments: object, **more: Any) -> Process:
        process = Process(self.folder / f"{len(self._running)}.txt", *arguments, **more)
        self._running.append(process)
        return process

    def end(self) -> None:
        for one in reversed(self._running):
            if one.process.poll() is None:
                one.process.terminate()
        for one in self._running:
            one.process.wait(180)


@pytest.fixture
def cluster(tmp_path, socket_enabled) -> Iterator[Cluster]:
    """A scheduler that has no worker yet."""
    folder = tmp_path / "cluster"
    folder.mkdir()
    cluster = Cluster(folder)
    try:
        yield cluster
    finally:
        cluster.end()


@pytest.fixture
def submissions(tmp_path) -> Path:
    """Each of `SUBMISSIONS` twice."""
    for learner, source in SUBMISSIONS.items():
        for number in (1, 2):
            place = tmp_path / "submissions" / f"{learner}{number}"
            place.mkdir(parents=True)
            (place / "doubling.py").write_text(f"{source}\n# {number}\n")
            (place / "tallies.py").write_text(TALLIES)
    (tmp_path / "submissions" / "corrupt.zip").write_bytes(b"no zip")
    return tmp_path / "submissions"


@pytest.fixture
def here(course, autograder, submissions, tmp_path) -> dict[str, Any]:
    """The records of a run on this machine alone."""
    finished = autograder(course, "grade", submissions, "--out", tmp_path / "here")
    assert finished.returncode == 1, finished.stderr
    return timeless_records(tmp_path / "here")


def below(ancestor: int) -> dict[int, str]:
    """The processes that one has started, and they in turn, each with its command."""
    found = {}
    for number in set(with_descendants(ancestor)) - {ancestor}:
        with suppress(OSError):
            found[number] = Path(f"/proc/{number}/cmdline").read_text().replace("\0", " ")
    return found


def one_below(worker: Process, text: str) -> int:
    """The first process of a worker whose command has a text in it, as soon as there is one."""
    assert until(lambda: any(text in words for words in below(worker.process.pid).values()))
    return min(number for number, words in below(worker.process.pid).items() if text in words)


def test_the_records_are_those_of_one_machine(cluster, course, autograder, submissions, tmp_path, here):
    workers = [cluster.start_worker(), cluster.start_dask_worker("--preload", "autograder.cluster.worker")]
    out = tmp_path / "out"

    def grade() -> str:
        finished = autograder(course, "grade", submissions, "--out", out, "--cluster", cluster.address)
        assert finished.returncode == 1, finished.stderr
        assert "10 of 11 graded" in finished.stdout
        assert not finished.stderr
        return finished.stdout

    grade()
    assert timeless_records(out) == here
    assert (out / "class.csv").read_text() == (tmp_path / "here" / "class.csv").read_text()
    # Both have examined: each has its fork servers. Nothing of the course is left once they end.
    for worker in workers:
        assert one_below(worker, "CandidateHandler")
        family = below(worker.process.pid)
        assert worker.kill(signal.SIGTERM) == 0
        assert until(lambda family=family: not any(Path(f"/proc/{number}").exists() for number in family))


def test_suites_travel_and_a_changed_one_counts_at_once(cluster, autograder, submissions, tmp_path):
    """The worker has been told of a course before, and has a folder `tests` of its own where it runs."""
    course = write_course(tmp_path / "course")
    (cluster.folder / "tests" / "hidden").mkdir(parents=True)
    (cluster.folder / "tests" / "__init__.py").write_text("raise RuntimeError('not this one')\n")
    (course / "tests" / "oracles").mkdir()
    oracle = course / "tests" / "oracles" / "tallies.py"
    for path, text in ((oracle, "THREE = 3\n"), (course / "tests" / "__init__.py", "")):
        path.write_text(text)
    suite = course / "tests" / "hidden" / "test_tallies.py"
    text = suite.read_text().replace("same(3)", "same(THREE)")
    suite.write_text("from tests.oracles.tallies import THREE\n" + text)
    cluster.start_worker()

    def earned() -> set[float]:
        where = ("--out", tmp_path / "out", "--cluster", cluster.address)
        autograder(course, "grade", submissions / "right1", *where)
        record = json.loads((tmp_path / "out" / "records" / "right1.json").read_text())
        return {exercise["earned"] for exercise in record["exercises"]}

    assert earned() == {10, 6}
    oracle.write_text("THREE = 4\n")
    assert earned() == {10, 2}
    suite.write_text(suite.read_text().replace("same(6)", "same(7)"))
    oracle.write_text("THREE = 3\n")
    assert earned() == {10, 2}


def test_who_differs_is_not_asked_and_told_why(cluster, course, submissions, tmp_path, here):
    other = tmp_path / "other kit"
    shutil.copytree(KIT / "autograder", other / "autograder", ignore=shutil.ignore_patterns("__pycache__"))
    with (other / "autograder" / "examiner" / "scoring.py").open("a") as file:
        file.write("# changed\n")
    cluster.start_worker(kit=other)
    cluster.start_worker("--sandbox", "none")
    cluster.start_dask_worker()
    cluster.start_dask_worker("--preload", "autograder.cluster.worker", "--sandbox", "none")
    grader = cluster.start_grader(course, submissions, tmp_path / "out")
    assert grader.said("is not used: different kit: autograder/examiner/scoring.py\n")
    assert until(lambda: grader.log.read_text().count("--sandbox none there, namespaces here\n") == 2)
    assert grader.said(
        "is not used: start it with autograder worker, or with --preload autograder.cluster.worker"
    )
    assert grader.said(f"waiting for a worker: start one with autograder worker {cluster.address}")
    assert grader.process.poll() is None
    assert not list((tmp_path / "out" / "records").glob("learner*.json"))
    cluster.start_worker()
    assert grader.process.wait(300) == 1
    assert timeless_records(tmp_path / "out") == here
    assert grader.log.read_text().count("is not used") == 4


@pytest.fixture
def slow(tmp_path) -> Path:
    """Eight submissions of a second each, so that there is something to disturb."""
    body = "import time; time.sleep(0.02); return np.asarray(numbers) * 2"
    for number in range(8):
        place = tmp_path / "slow" / f"learner{number}"
        place.mkdir(parents=True)
        (place / "doubling.py").write_text(
            DOUBLING.replace("return np.asarray(numbers) * 2", f"{body}  # {number}")
        )
    return tmp_path / "slow"


def test_whoever_is_killed_nothing_is_lost_and_nothing_done_twice(cluster, course, slow, tmp_path):
    """Each waits until there is one more record: the last is examined after all that."""
    worker = cluster.start_worker()
    out, log = tmp_path / "out", tmp_path / "log.jsonl"
    grader = cluster.start_grader(course, slow, out, "--only", "doubling", "--log", log)

    def one_more() -> None:
        there = len(list((out / "records").glob("*.json")))
        assert until(lambda: len(list((out / "records").glob("*.json"))) > there)
        assert grader.process.poll() is None

    one_more()
    os.kill(one_below(worker, "CandidateHandler"), signal.SIGKILL)
    one_more()
    os.kill(one_below(worker, "ExaminerHandler"), signal.SIGKILL)
    one_more()
    os.kill(one_below(worker, "spawn_main"), signal.SIGKILL)
    one_more()
    cluster.scheduler.kill()
    assert grader.said("waiting for it to come back")
    cluster.start_scheduler()
    one_more()
    assert grader.process.wait(600) == 0, grader.log.read_text()
    found = timeless_records(out).values()
    assert [[each["earned"] for each in record["exercises"]] for record in found] == [[10]] * 8
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    statuses = sorted((line["learner"], line["status"]) for line in lines if line["event"] == "graded")
    assert statuses == [(f"learner{number}", "graded") for number in range(8)]


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGKILL, -signal.SIGKILL), (signal.SIGINT, 130)], ids=["killed", "stopped"]
)
def test_a_grader_that_is_killed_or_stopped_goes_on(cluster, course, slow, tmp_path, number, code):
    cluster.start_worker()
    out = tmp_path / "out"
    # Fifteen seconds of calls: the signal comes before the class ends, also on a busy machine.
    hangs = slow / "slowest" / "doubling.py"
    hangs.parent.mkdir()
    hangs.write_text(DOUBLING.replace("    return", "    import time; time.sleep(0.3); return"))

    def files() -> set[Path]:
        return set((out / "records").glob("*.json"))

    grader = cluster.start_grader(course, slow, out, "--only", "doubling")
    assert until(files)
    assert grader.kill(number) == code, grader.log.read_text()
    kept = {path: path.read_text() for path in files()}
    assert len(kept) < 9
    shutil.rmtree(hangs.parent)
    assert cluster.start_grader(course, slow, out, "--only", "doubling").process.wait(300) == 0
    assert {path.stem for path in files()} >= {f"learner{number}" for number in range(8)}
    assert all(path.read_text() == text for path, text in kept.items())


# What can be said before anything is started.


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (
            ("grade", "solutions", "--cluster", "tcp://127.0.0.1:1"),
            "no scheduler answers at tcp://127.0.0.1:1: start one with dask scheduler",
        ),
        (("grade", "solutions", "--cluster", "nonsense://x"), "use the form tcp://host:8786"),
        (("grade", "solutions", "--cluster", "tcp://x"), "use the form tcp://host:8786"),
        (("worker", "127.0.0.1:8786"), "use the form tcp://host:8786"),
    ],
)
def test_a_wrong_address_is_one_line(course, autograder, tmp_path, arguments, text):
    finished = autograder(course, *arguments, *(("--out", tmp_path) if arguments[0] == "grade" else ()))
    assert finished.returncode == 2
    assert text in finished.stderr
    assert len(finished.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "arguments", [("grade", "solutions", "--cluster", "tcp://h:1"), ("worker", "tcp://h:1")]
)
def test_without_dask_it_says_what_to_install(course, tmp_path, arguments):
    script = "import sys; sys.modules['distributed'] = None; from autograder.cli import main; main()"
    finished = subprocess.run(
        [sys.executable, "-c", script, *arguments, *(("--out", tmp_path) if arguments[0] == "grade" else ())],
        cwd=course,
        env={**os.environ, "PYTHONPATH": str(KIT)},
        capture_output=True,
        text=True,
    )
    assert finished.returncode == 2
    assert "needs distributed: pip install 'convolution-course[cluster]'" in finished.stderr
    assert len(finished.stderr.strip().splitlines()) == 1


def test_a_sandbox_that_cannot_be_had_is_told_when_a_worker_starts(course, autograder):
    finished = autograder(course, "worker", "tcp://127.0.0.1:1", environment={"PATH": "/nowhere"})
    assert finished.returncode == 2
    assert "bubblewrap is not installed" in finished.stderr


def test_what_differs_is_named():
    here = Identity({"python": "3.11.2", "numpy": "2.2.6"}, {"a.py": "1", "b.py": "2"}, "namespaces")
    assert here.differences(here) == ""
    there = Identity({"python": "3.11.2", "numpy": "2.1.0"}, {"a.py": "1", "b.py": "3", "c.py": "4"}, "none")
    assert there.differences(here) == (
        "numpy 2.1.0 there, 2.2.6 here; --sandbox none there, namespaces here; "
        "different kit: autograder/b.py, c.py"
    )
    assert there.resource != here.resource
    assert own_identity(Level.none).resource == own_identity(Level.none).resource
    assert own_identity(Level.none).resource != own_identity(Level.user).resource


def test_what_was_changed_on_its_way_is_not_opened(tmp_path):
    sent = bundle({"grading.toml": b"title = 'A'", "tests/hidden/test_a.py": b""}, ["a"])
    sent.unpack(tmp_path / "whole")
    assert (tmp_path / "whole" / "grading.toml").read_bytes() == b"title = 'A'"
    assert bundle({"tests/hidden/test_a.py": b"", "grading.toml": b"title = 'A'"}, ["a"]) == sent
    changed = CourseBundle(sent.packed[:-1] + b"x", sent.digest, sent.names)
    with pytest.raises(Corrupted, match="was damaged on the way"):
        changed.unpack(tmp_path / "changed")
    files = {"doubling.py": DOUBLING.encode()}
    Task(sent, files, digest_of(files), (), ()).check()
    with pytest.raises(Corrupted, match="the submission was damaged on the way"):
        Task(sent, {"doubling.py": b""}, digest_of(files), (), ()).check()
