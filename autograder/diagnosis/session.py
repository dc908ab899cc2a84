"""Diagnose one submission in the examiner: fetch the mistakes, ask what the suite asks, compare."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from functools import partial
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

import pytest

from autograder import plain
from autograder.diagnosis import Example, Replay, diagnose
from autograder.diagnosis.examples import read_example
from autograder.diagnosis.replay import remembered
from autograder.recorder import Exchange, Recorder
from autograder.remote_link import RemoteLink
from autograder.subject import Conversation
from autograder.suite import Suite
from autograder.variants import Variant, read_variants

# What may be kept of a submission's answers, and of the solution's.
ROOM_FOR_EXCHANGES = 32 * 2**20
# For an explanation nobody waits as long as for a verdict. What a mistake has answered once is remembered, so
# that only the first of a class with a wrong training loop takes half a minute.
_SECONDS = 90.0
# A submission that hangs is not waited for so long.
_SUBMISSION_SECONDS = 20.0
# So many examples of each test are questions.
_QUESTIONS_OF_A_TEST = 25


def explanations(
    job: dict[str, Any],
    recorder: Recorder,
    wrong: Mapping[str, list[str]],
    arguments: Callable[[list[str]], list[str]],
) -> Iterator[tuple[str, list[str]]]:
    """Yield the ids of failing tests, each with the sentences of the mistakes that it could be.

    Args:
        job: what the examiner was told.
        recorder: what the submission was asked, and answered.
        wrong: by exercise, the tests that a wrong answer has failed.
        arguments: makes pytest's arguments of a list of suites.
    """
    course = Path.cwd()
    with closing(_Processes(job, course)) as processes:
        for exercise in job["diagnosed"]:
            variants = read_variants(course, "mistakes", exercise)
            failing = {
                test: read_example(recorder.failing[test])
                for test in wrong.get(exercise, ())
                if test in recorder.failing
            }
            if not failing or not variants:
                continue
            source = (course / "solutions" / f"{exercise}.py").read_bytes()
            with suppress(_OutOfTime), processes.submission() as submission:
                questions = _questions(job, exercise, processes.link(exercise, source), arguments)
                solution = processes.replay(exercise, source)
                mistakes = partial(processes.replays, variants)
                yield from diagnose(failing, questions, submission, solution, mistakes).items()


class _OutOfTime(Exception):
    """The time for explanations is used up: what was not compared with every mistake is not explained."""


class _KnownLink(RemoteLink):
    """A link to a process that holds the solution and the mistakes, one after another.

    To start a process takes longer than most answers do; and what TensorFlow has made of functions serves the
    next mistake too, which has most of them in common with this one.

    Args:
        job: what the examiner was told.
        first: of the message that starts a process, all but the files.
    """

    def __init__(self, job: dict[str, Any], first: dict[str, Any]):
        super().__init__(job["candidates"], b"", job["limits"])
        self._first = first
        self._held: dict[str, bytes] = {}

    def ask_about(self, files: dict[str, bytes], request: bytes) -> bytes:
        """Return the reply of the code in `files`."""
        if files is not self._held:
            if self._waited > self._submission_seconds / 2:
                # Before the process reaches the limits that one submission has.
                self.close()
            self._held = files
            self._first_message = plain.pack({**self._first, "files": files})
            if self._connection:
                self.ask(plain.pack({"do": "hold", "files": files}))
        return self.ask(request)

    def close(self) -> None:
        """Let go of the process."""
        super().close()
        self._waited = 0.0


class _Processes:
    """Starts processes that hold the submission, the solution or a mistake."""

    def __init__(self, job: dict[str, Any], course: Path):
        self._job = job
        self._end = time.monotonic() + _SECONDS
        self._first = plain.unpack(job["first_message"])
        self._reference = {
            f"{name}.py": path.read_bytes()
            for name in job["names"]
            if (path := course / "solutions" / f"{name}.py").is_file()
        }
        self._known = _KnownLink(job, self._first)

    def close(self) -> None:
        """Let go of the solution and the mistakes."""
        self._known.close()

    def link(self, exercise: str, source: bytes) -> RemoteLink:
        """Return a link to the solutions, one exercise written as in `source`."""
        first = plain.pack({**self._first, "files": self._files(exercise, source)})
        return RemoteLink(self._job["candidates"], first, self._job["limits"])

    def _files(self, exercise: str, source: bytes) -> dict[str, bytes]:
        return {**self._reference, f"{exercise}.py": source}

    @contextmanager
    def submission(self) -> Iterator[Replay]:
        limits = self._job["limits"]
        seconds = min(limits["submission_seconds"], _SUBMISSION_SECONDS)
        limits = {**limits, "submission_seconds": seconds}
        link = RemoteLink(self._job["candidates"], self._job["first_message"], limits)
        try:
            yield Replay("submission", link.ask, None)
        finally:
            link.close()

    def replay(self, exercise: str, source: bytes) -> Replay:
        ask = partial(self._known.ask_about, self._files(exercise, source))
        name = f"{exercise} {hashlib.sha256(source).hexdigest()}"
        return Replay(name, ask, Path(self._job["memory"]))

    def replays(self, variants: list[Variant]) -> Iterator[tuple[str, Replay]]:
        """Yield each mistake's sentence, and the mistake."""
        for variant in variants:
            if time.monotonic() > self._end:
                raise _OutOfTime
            yield variant.sentence, self.replay(variant.exercise, variant.source.encode())


def _questions(
    job: dict[str, Any], exercise: str, link: RemoteLink, arguments: Callable[[list[str]], list[str]]
) -> list[Example]:
    """Return what the suite of an exercise asks a right submission: found out once for a class."""
    suite = next(path for path in job["suites"] if Path(path).name == f"test_{exercise}.py")

    def ask() -> list[list[list]]:
        asking = Suite(job["names"], lambda recorder: Conversation(link, recorder), lambda *_: "")
        asking.recorder.room, asking.recorder.most_episodes = ROOM_FOR_EXCHANGES, _QUESTIONS_OF_A_TEST
        code = pytest.main(arguments([suite]), plugins=[asking, asking.fixtures()])
        link.close()
        if code > 1:
            # Half of the questions would be remembered for the whole class.
            raise RuntimeError(f"the solution of {exercise} was not asked to the end: {code}")
        asking.recorder.begin_test("")
        # One example of each test, then another: the more tests, the more that is seen. What is asked last of
        # a property is larger than what is asked first.
        rounds = zip_longest(*(reversed(kept) for kept in asking.recorder.episodes.values()))
        episodes = [episode for episode in chain.from_iterable(rounds) if episode]
        return [
            [[exchange.request, exchange.reply, exchange.seconds] for exchange in episode]
            for episode in episodes
        ]

    file = Path(job["memory"]) / f"questions-{exercise}"
    return [
        read_example(tuple(Exchange(*exchange) for exchange in episode)) for episode in remembered(file, ask)
    ]
