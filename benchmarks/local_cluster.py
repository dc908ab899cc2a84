"""A class of small submissions, and a cluster of this machine that grades it, for the benchmarks."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from autograder.course.variants import read_variants
from autograder.sandbox.usage import children_of

ROOT = Path(__file__).resolve().parent.parent
EXERCISE = "early_stopping"
AUTOGRADER = (sys.executable, "-m", "autograder")


def write_class(
    folder: Path, learners: int, mistakes: bool = True, exercises: Sequence[str] = (EXERCISE,)
) -> None:
    """Write submissions, no two the same: right ones, and as many of every known mistake, if so wanted."""
    for exercise in exercises:
        sources = [(ROOT / "solutions" / f"{exercise}.py").read_text()]
        if mistakes:
            sources += [mistake.source for mistake in read_variants(ROOT, "mistakes", exercise)]
        for number in range(learners):
            place = folder / f"learner{number:05}"
            place.mkdir(parents=True, exist_ok=True)
            (place / f"{exercise}.py").write_text(f"{sources[number % len(sources)]}\n# {number}\n")


def grade_command(
    submissions: Path, results: Path, *options: object, exercises: Sequence[str] = (EXERCISE,)
) -> list[str]:
    """Return the command that grades such a class."""
    words = ("grade", submissions, "--only", ",".join(exercises), "--out", results, *options)
    return [*AUTOGRADER, *map(str, words)]


class Kept:
    """A process that is started again when it ends, as long as `wanted` says so.

    Args:
        command: that starts it.
        log: the file in which its output is kept.
        wanted: whether to start it again after that exit code.
    """

    def __init__(self, command: list[str], log: Path, wanted: Callable[[int], bool] = lambda code: True):
        self.starts = 0
        self._command, self._log, self._wanted = command, log, wanted
        self.look()

    def look(self) -> bool:
        """Start it where it has ended; tell whether it runs."""
        if self.starts and (self.process.poll() is None or not self._wanted(self.process.returncode)):
            return self.process.poll() is None
        self.starts += 1
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                self._command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        return True

    def end(self) -> None:
        """End it for good."""
        self.process.terminate()
        self.process.wait(60)


class LocalCluster:
    """A scheduler and workers, each of one submission at a time.

    Args:
        folder: for what they print.
        workers: how many.

    Attributes:
        address: of the scheduler.
    """

    def __init__(self, folder: Path, workers: int):
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            port = listener.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        # As docs/scale.md says: without it a scheduler keeps its last messages.
        os.environ["DASK_DISTRIBUTED__ADMIN__LOW_LEVEL_LOG_LENGTH"] = "0"
        dask = [sys.executable, "-m", "dask", "scheduler", "--host", "127.0.0.1", "--no-dashboard"]
        self.scheduler = Kept([*dask, "--port", str(port)], folder / "scheduler.txt")
        self.workers = [
            Kept([*AUTOGRADER, "worker", self.address, "-j", "1"], folder / f"worker{number}.txt")
            for number in range(workers)
        ]

    def look(self) -> None:
        """Start again what has ended, as systemd, Slurm or Kubernetes would."""
        for kept in (self.scheduler, *self.workers):
            kept.look()

    def end(self) -> None:
        """End all."""
        for kept in (*self.workers, self.scheduler):
            kept.end()


def below(ancestors: list[int]) -> dict[int, tuple[int, str]]:
    """Return the processes that those have started, and they in turn: each one's parent and command."""
    found: dict[int, tuple[int, str]] = {}
    family = list(ancestors)
    for parent in family:
        for child in children_of(parent):
            with suppress(OSError):
                words = Path(f"/proc/{child}/cmdline").read_bytes().replace(b"\0", b" ")
                found[child] = (parent, words.decode(errors="replace"))
                family.append(child)
    return found
