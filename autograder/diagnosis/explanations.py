"""Explain a submission's wrong answers, in the examiner: ask the suite's questions and compare with the mistakes."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

import msgspec
import pytest

from autograder.course.variants import Variant, read_variants
from autograder.diagnosis import Example, Mistake, Replay, diagnose
from autograder.diagnosis.cases import signature_of
from autograder.diagnosis.examples import read_example
from autograder.diagnosis.patterns import pattern
from autograder.diagnosis.replay import Expired, cached
from autograder.protocol.calls import Hold, pack_request
from autograder.protocol.messages import Diagnosed, Job, Unexplained
from autograder.suite.hooks import Suite
from autograder.suite.remote_transport import RemoteTransport, Spent, read_solutions, transport_to
from autograder.suite.tape import Exchange, Tape

# How many bytes of answers we store for a submission, and for the solution.
CAPACITY = 32 * 2**20
# The time limit for explanations. Answers of mistakes are cached, so only the first submission in a class with a
# wrong training loop takes half a minute.
_SECONDS = 90.0
# The time limit for the submission's answers, in case it hangs.
_SUBMISSION_SECONDS = 20.0
# The time limit for a pattern in the answers of one function.
_PATTERN_SECONDS = 5.0
# The number of examples of each test used as questions.
_QUESTIONS_OF_A_TEST = 25


def explanations(
    job: Job,
    tape: Tape,
    wrong: Mapping[str, list[str]],
    arguments: Callable[[list[str]], list[str]],
) -> Iterator[Diagnosed | Unexplained]:
    """Yield the failing tests, each with the sentences of the possible mistakes, and where the time ran out.

    Args:
        job: the examiner's job.
        tape: the submission's answers.
        wrong: by exercise, the tests that failed because of a wrong answer.
        arguments: makes pytest's arguments from a list of suites.
    """
    course = Path.cwd()
    with closing(_Processes(job)) as processes:
        for exercise in job.diagnosed:
            variants = read_variants(course, "mistakes", exercise)
            failing = {
                test: read_example(tape.failing[test])
                for test in wrong.get(exercise, ())
                if test in tape.failing
            }
            if not failing:
                continue
            source = (course / "solutions" / f"{exercise}.py").read_bytes()
            with closing(processes.submission()) as transport:
                submission = Replay("submission", transport.ask, None)
                questions = _questions(job, exercise, processes.transport(exercise, source), arguments)
                solution = processes.replay(exercise, source)
                mistakes = partial(processes.replays, variants)
                search = _PatternSearch(source.decode(), solution, submission)
                try:
                    found = diagnose(failing, questions, submission, solution, mistakes, search.computed)
                except Expired:
                    found, search.expired = {}, True
                yield from (Diagnosed(test, sentences) for test, sentences in found.items())
                if failing.keys() - found.keys() and (search.expired or transport.is_used_up()):
                    yield Unexplained(exercise)


@dataclass
class _PatternSearch:
    """The search for what the answers of a submission have in common.

    Attributes:
        source: of the solution.
        solution: the right answers.
        submission: its answers.
        expired: True if the time for it was used up.
    """

    source: str
    solution: Replay
    submission: Replay
    expired: bool = False

    def computed(self, function: str, questions: list[Example], refusals: bool) -> str:
        """Return what the answers of a function have in common; empty if nothing, or if that takes too long."""
        end = time.monotonic() + _PATTERN_SECONDS
        signatures = cache(partial(signature_of, self.source, function))
        with self.submission.until(end), self.solution.until(end):
            try:
                return pattern(function, signatures, questions, self.solution, self.submission, refusals)
            except Expired:
                self.expired = True
            except (ValueError, TypeError, ArithmeticError, LookupError):
                pass  # it may answer with anything
        return ""


class _KnownTransport(RemoteTransport):
    """A transport to one process for the solution and the mistakes, one after another.

    Starting a process takes longer than most answers. Also, the next mistake can use what TensorFlow has compiled,
    because mistakes share most functions.
    """

    def __init__(self, job: Job):
        start = msgspec.structs.replace(job.submission, stand_ins={})
        super().__init__(job.candidates, start, job.limits, job.examined)
        self._held: dict[str, bytes] = {}

    def ask_about(self, files: dict[str, bytes], request: bytes) -> bytes:
        """Return the reply of the code in `files`."""
        if files is not self._held:
            if self.charged() > self._limits.submission_seconds / 2:
                # Start a new process before this one reaches the limits of a submission.
                self.close()
            self._held = files
            self.start = msgspec.structs.replace(self.start, files=files)
            if self._candidate:
                self._candidate.files.clear()
                self.ask(pack_request(Hold(files)))
        return self.ask(request)

    def close(self) -> None:
        """Close the connection to the process; the next one has the time of a submission again."""
        super().close()
        self.spent = Spent()


class _Processes:
    """Starts processes for the submission, the solution and the mistakes."""

    def __init__(self, job: Job):
        self._job = job
        self._end = time.monotonic() + _SECONDS
        self._reference = read_solutions(job)
        self._known = _KnownTransport(job)

    def close(self) -> None:
        """Close the connection to the process of the solution and the mistakes."""
        self._known.close()

    def transport(self, exercise: str, source: bytes) -> RemoteTransport:
        """Return a transport to the solutions, with one exercise replaced by `source`."""
        files = self._files(exercise, source)
        start = msgspec.structs.replace(self._job.submission, files=files, stand_ins={})
        return RemoteTransport(self._job.candidates, start, self._job.limits, [exercise])

    def _files(self, exercise: str, source: bytes) -> dict[str, bytes]:
        return {**self._reference, f"{exercise}.py": source}

    def submission(self) -> RemoteTransport:
        """Return a transport to the submission."""
        seconds = min(self._job.limits.submission_seconds, _SUBMISSION_SECONDS)
        limits = msgspec.structs.replace(self._job.limits, submission_seconds=seconds)
        return transport_to(self._job, limits)

    def replay(self, exercise: str, source: bytes) -> Replay:
        ask = partial(self._known.ask_about, self._files(exercise, source))
        name = f"{exercise} {hashlib.sha256(source).hexdigest()}"
        return Replay(name, ask, Path(self._job.replays))

    def replays(self, variants: list[Variant]) -> Iterator[Mistake]:
        """Yield the mistakes."""
        for variant in variants:
            if time.monotonic() > self._end:
                raise Expired
            replay = self.replay(variant.exercise, variant.source.encode())
            yield Mistake(variant.sentence, variant.defines, replay)


def _questions(
    job: Job, exercise: str, transport: RemoteTransport, arguments: Callable[[list[str]], list[str]]
) -> list[Example]:
    """Return the questions that an exercise's suite asks a right submission; cached for the whole class."""
    suite = next(path for path in job.suites if Path(path).name == f"test_{exercise}.py")

    def ask() -> list[list[list[Any]]]:
        asking = Suite(job.submission.names, lambda: transport, lambda location: location)
        asking.tape.capacity, asking.tape.most_episodes = CAPACITY, _QUESTIONS_OF_A_TEST
        code = pytest.main(arguments([suite]), plugins=[asking, asking.fixtures()])
        transport.close()
        if code > 1:
            # Otherwise incomplete questions would be cached for the whole class.
            raise RuntimeError(f"the suite of {exercise} did not finish with the solution: {code}")
        asking.tape.begin_test("")
        # One example of each test, then another, to cover many tests early. A property's last examples are
        # larger than its first.
        rounds = zip_longest(*(reversed(kept) for kept in asking.tape.episodes.values()))
        episodes = [episode for episode in chain.from_iterable(rounds) if episode]
        return [
            [[exchange.request, exchange.reply, exchange.seconds] for exchange in episode]
            for episode in episodes
        ]

    file = Path(job.replays) / f"questions-{exercise}"
    return [read_example(tuple(Exchange(*exchange) for exchange in episode)) for episode in cached(file, ask)]
