"""A pool of examiners on this machine: it forks one for each submission, several at a time."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import CancelledError
from pathlib import Path

from autograder.course import Course, exercise_of
from autograder.examiner.result import GRACE_SECONDS, KILLED, Examination, ExaminerLost
from autograder.examiner.servers import Running, Servers
from autograder.protocol import channel, messages
from autograder.sandbox import Level
from autograder.suite.prerequisites import WHOLE, Fault, unmet

# On a busy machine, an examiner may take this many times its CPU time.
_PATIENCE = 4
# How often to examine a submission if its fork servers keep dying.
_ATTEMPTS = 4


class _Ended(ExaminerLost):
    """The examiner ended while both fork servers ran on: an answer of the submission ended it."""


class ExaminerPool:
    """A context in which several threads can examine submissions.

    Args:
        folder: the course folder.
        course: the parsed `grading.toml`.
        names: the exercises whose suites may be run; all of them by default.
        level: the sandbox level.
        hidden: folders that no candidate may see, in addition to the course.

    Attributes:
        servers: the two fork servers.
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
        self.servers = Servers(folder, course, course.names if names is None else names, level, hidden)

    def __enter__(self) -> ExaminerPool:
        self.servers.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self.servers.__exit__()

    def examine(
        self,
        files: dict[str, bytes],
        suites: list[Path],
        diagnosed: Iterable[str] = (),
        purpose: messages.Purpose = messages.Purpose.EXPLAIN,
        stand_ins: Mapping[str, list[str]] | None = None,
    ) -> Examination:
        """Run suites on the modules in `files`; run them again if a fork server dies.

        If a suite finds that a function does not pass, the suites of exercises that need it are left out.

        Args:
            files: the submission's modules, by file name.
            suites: the suites to run.
            diagnosed: the exercises whose wrong answers are compared with the known mistakes.
            purpose: what the examination is for.
            stand_ins: by exercise, the functions that the solutions answer for in place of the submission's.

        Raises:
            SuitesBroken: if the suites themselves cannot run.
            ExaminerLost: if the examiner ended before its verdict, or fork servers kept dying.
            Unavailable: if this machine does not provide the sandbox.
            CancelledError: if grading ended; there is no result.
        """
        begun = time.monotonic()
        whole = Examination()
        left = list(suites)
        while left:
            start = self.servers.start_message(files, stand_ins)
            found, ending = self._judged(start, left, diagnosed, purpose)
            whole.add(found)
            if not ending:
                break
            # The tests of the exercises after it have not run.
            whole.broken[found.running] = ending
            exercises = [exercise_of(suite) for suite in left]
            left = left[exercises.index(found.running) + 1 :]
            failing = {name: {WHOLE: Fault()} for name in whole.broken}
            left = [suite for suite in left if not unmet(self._course.needs(exercise_of(suite)), failing)]
        whole.judged = True
        whole.seconds = time.monotonic() - begun
        return whole

    def _judged(
        self,
        start: messages.CandidateStart,
        suites: list[Path],
        diagnosed: Iterable[str],
        purpose: messages.Purpose,
    ) -> tuple[Examination, str]:
        """Run suites until they have a verdict; return it, or how the submission has ended the examiner twice."""
        ended_before = False
        for attempt in range(_ATTEMPTS):
            running = self.servers.running()
            needs = {exercise_of(suite): list(self._course.needs(exercise_of(suite))) for suite in suites}
            job = messages.Job(
                submission=start,
                suites=[str(suite) for suite in suites],
                limits=self._course.limits,
                candidates=running.candidates.address,
                diagnosed=list(diagnosed),
                purpose=purpose,
                replays=str(self.servers.scratch / "replays"),
                needs=needs,
            )
            examination = Examination(memory_limit=self.servers.memory_limit)
            try:
                self._examine(running, job, examination)
            except ExaminerLost as lost:
                if self.servers.closed:
                    raise CancelledError from None
                # Not `any`: wait for each server.
                ended = [server.has_ended(0.5) for server in running.both]
                if any(ended) and attempt < _ATTEMPTS - 1:
                    continue
                # After the verdict only explanations are missing: keep the verdict.
                if not examination.judged:
                    if not (isinstance(lost, _Ended) and examination.running):
                        raise
                    if ended_before:
                        return examination, str(lost)
                    if attempt == _ATTEMPTS - 1:
                        raise
                    ended_before = True
                    continue
            return examination, ""
        raise AssertionError("unreachable")

    def _examine(self, running: Running, job: messages.Job, examination: Examination) -> None:
        deadline = time.monotonic() + _PATIENCE * (job.limits.submission_seconds + GRACE_SECONDS)
        with socket.socket(socket.AF_UNIX) as connection:
            try:
                connection.connect(running.examiners.address)
                channel.send(connection, messages.encode(job))
                while True:
                    left = deadline - time.monotonic()
                    match messages.decode_report(channel.receive(connection, max(left, 0.001))):
                        case messages.Listed(tests=tests):
                            examination.listed = tests
                        case messages.Result() as result:
                            # If a test reports twice, only the first report counts.
                            examination.results.setdefault(result.id, result)
                        case messages.Judged() as judged:
                            examination.judge(judged)
                        case messages.Diagnosed(id=test, mistakes=mistakes):
                            examination.mistakes[test] = mistakes
                        case messages.Unexplained(exercise=exercise):
                            examination.unexplained.add(exercise)
                        case messages.Finished(cpu_seconds=seconds):
                            examination.cpu_seconds = seconds
                            return
            except TimeoutError:
                raise ExaminerLost("the examiner did not finish in time") from None
            except OSError as error:
                if ended := [server for server in running.both if server.has_ended(0.5)]:
                    raise ExaminerLost(f"the examiner ended early: {ended[0].last_words()}") from None
                if not isinstance(error, channel.PeerExited):
                    raise ExaminerLost("the examiner ended early") from None
                if str(error) == KILLED:
                    raise ExaminerLost(
                        f"the examiner ended early: {KILLED}; is there enough memory?"
                    ) from None
                raise _Ended(f"judging its answers ended the examiner twice ({error})") from None
