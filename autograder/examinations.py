"""Examine submissions with warm parents: one for examiners, one for candidates, shared by all workers."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterable
from concurrent.futures import CancelledError
from pathlib import Path
from typing import Any

from autograder import channel, plain
from autograder.course import Course
from autograder.examination import Examination, ExaminerLost
from autograder.parents import Parent
from autograder.sandbox import Level
from autograder.warm_pair import WarmPair

# What an examiner may take beyond the time that the submission has: to start, collect and report.
_GRACE_SECONDS = 60.0
# How often a submission is examined whose parents die under it.
_ATTEMPTS = 4


class Examinations:
    """A context in which submissions can be examined, by several threads at once.

    Args:
        folder: of the course.
        course: what its `grading.toml` says.
        names: the exercises whose suites may be asked for; all of them by default.
        level: the sandbox around each candidate.
        hidden: what no candidate may see, beside the course itself.

    Attributes:
        pair: the warm parents.
    """

    def __init__(
        self,
        folder: Path,
        course: Course,
        names: list[str] | None = None,
        level: Level = Level.none,
        hidden: Iterable[Path] = (),
    ):
        self._course = course
        self.pair = WarmPair(folder, course, course.names if names is None else names, level, hidden)

    def __enter__(self) -> Examinations:
        self.pair.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self.pair.__exit__()

    def examine(
        self,
        files: dict[str, bytes],
        suites: list[Path],
        diagnosed: Iterable[str] = (),
        first_failure_only: bool = False,
    ) -> Examination:
        """Run suites against the modules in `files`; again, where a parent died meanwhile.

        Args:
            files: the submission's modules, by file name.
            suites: what is to run.
            diagnosed: the exercises whose wrong answers are compared with the known mistakes.
            first_failure_only: end with the first test that fails, by whichever example is found first.

        Raises:
            ExaminerLost: where the examiner ended before its verdict, under dying parents again and again.
            Unavailable: where the sandbox cannot be had.
            CancelledError: where it ended because grading did; there is no result to keep.
        """
        begun = time.monotonic()
        options = {"diagnosed": list(diagnosed), "first_failure_only": first_failure_only}
        for attempt in range(_ATTEMPTS):
            parents = self.pair.living()
            examination = Examination()
            try:
                self._examine(parents, files, suites, options, examination)
            except ExaminerLost:
                if self.pair.closed:
                    raise CancelledError from None
                # Not `any`: the end of each is waited for.
                ended = [parent.has_ended(0.5) for parent in parents.values()]
                if any(ended) and attempt < _ATTEMPTS - 1:
                    continue
                # What comes after the verdict explains it: it stands without.
                if not examination.judged:
                    raise
            examination.seconds = time.monotonic() - begun
            return examination
        raise AssertionError("unreachable")

    def _examine(
        self,
        parents: dict[str, Parent],
        files: dict[str, bytes],
        suites: list[Path],
        options: dict[str, Any],
        examination: Examination,
    ) -> None:
        limits = self._course.limits
        job = {
            "files": files,
            "names": self._course.names,
            "suites": [str(suite) for suite in suites],
            "limits": limits.model_dump(),
            "candidates": parents["candidate"].address,
            "first_message": self.pair.first_message(files),
            **options,
            "memory": str(self.pair.scratch / "replays"),
        }
        deadline = time.monotonic() + limits.submission_seconds + _GRACE_SECONDS
        with socket.socket(socket.AF_UNIX) as connection:
            try:
                connection.connect(parents["examiner"].address)
                channel.send(connection, plain.pack(job))
                while True:
                    left = deadline - time.monotonic()
                    message = plain.unpack(channel.receive(connection, max(left, 0.001)))
                    if message["kind"] == "listed":
                        examination.listed = message["tests"]
                    elif message["kind"] == "result":
                        # The first word counts; a test that reports twice is not believed the second time.
                        examination.results.setdefault(message["id"], message)
                    elif message["kind"] == "judged":
                        examination.judge(message)
                    elif message["kind"] == "diagnosed":
                        examination.mistakes[message["id"]] = message["mistakes"]
                    else:
                        examination.cpu_seconds = message["cpu_seconds"]
                        return
            except TimeoutError:
                raise ExaminerLost("the examiner did not finish in time") from None
            except OSError:
                ended = [parent for parent in parents.values() if parent.has_ended(0.5)]
                reason = f": {ended[0].last_words()}" if ended else ""
                raise ExaminerLost(f"the examiner ended early{reason}") from None
