"""The messages between the grader's processes, each with a type.

All of them come from the kit's code and are trusted; a submission's answers are `plain` values and are not.
"""

from __future__ import annotations

from enum import Enum
from typing import Any, TypeVar

import msgspec

from autograder.course import Limits, exercise_of
from autograder.protocol.failure import Failure

_Message = TypeVar("_Message")


class CandidateStart(msgspec.Struct, frozen=True):
    """The first message to a new candidate: its submission.

    Attributes:
        files: the modules, by file name.
        names: the exercises.
        given: the given modules, which are among the files.
        environment: the environment variables that the submission sees.
        stand_ins: by exercise, the functions that the examiner answers for; an empty name stands for all of them.
    """

    files: dict[str, bytes]
    names: list[str]
    given: list[str]
    environment: dict[str, str]
    stand_ins: dict[str, list[str]] = {}


class CandidateReady(msgspec.Struct, frozen=True):
    """A candidate's first replies, before it loads the submission: once it has a home folder, once it is isolated.

    A file descriptor of the home folder follows the first one, if it has not failed.

    Attributes:
        home: the path of its home folder, as it sees it; empty in the second reply.
        failed: why it could not isolate itself; empty if it did.
    """

    home: str = ""
    failed: str = ""


class Purpose(Enum):
    """What an examination is for; it takes only as long as that needs."""

    EXPLAIN = "explain"
    """Show a learner a small example of each failure."""
    SCORE = "score"
    """Find the failing tests; the first failing example of each is enough."""
    FIND_A_FAILURE = "find a failure"
    """Stop at the first failing test."""
    COUNT_GUESSES = "count guesses"
    """Count how hard the right answers are to guess."""


class Job(msgspec.Struct, frozen=True):
    """An examination of one submission.

    Attributes:
        submission: the first message to each candidate.
        suites: the paths of the suites to run.
        limits: the limits of the submission.
        candidates: the address of the candidates' fork server.
        diagnosed: the exercises whose wrong answers are compared with the known mistakes.
        purpose: what the examination is for.
        replays: a folder for the replies of known mistakes, shared by all examinations of a run.
        needs: by exercise, what it needs of earlier ones, as `Course.needs` returns it.
    """

    submission: CandidateStart
    suites: list[str]
    limits: Limits
    candidates: str
    diagnosed: list[str]
    purpose: Purpose
    replays: str
    needs: dict[str, list[str]]

    @property
    def examined(self) -> list[str]:
        """The exercises whose suites are run."""
        return [exercise_of(suite) for suite in self.suites]


class ListedTest(msgspec.Struct, frozen=True):
    """A test, listed before any test runs.

    Attributes:
        id: the id of the test.
        exercise: its exercise.
        weight: its weight within the exercise.
        idea: its docstring.
        proves: the functions that it proves, with their module: `padding.same_padding`.
    """

    id: str
    exercise: str
    weight: float
    idea: str
    proves: list[str] = []


class Listed(msgspec.Struct, frozen=True, tag=True):
    """All tests of the run."""

    tests: list[ListedTest]


class Result(msgspec.Struct, frozen=True, tag=True):
    """The result of one test.

    Attributes:
        id: the id of the test.
        failure: None if the test passed.
        details: pytest's text, if the suite itself broke.
        seconds: the duration of the test.
        called: the functions and methods that were called, in full: `early_stopping.EarlyStopping.update`.
        answered: those of them that returned a value.
        bits: how hard the right answers are to guess, if the examination counts that: one in `2**bits` guessers passes.
    """

    id: str
    failure: Failure | None
    details: str
    seconds: float
    called: list[str]
    answered: list[str]
    bits: float = 0.0


class Judged(msgspec.Struct, frozen=True, tag=True):
    """The end of the run: the verdict is final.

    Attributes:
        code: pytest's exit code.
        output: the end of what pytest printed, if the suites could not run.
    """

    code: int
    output: str


class Diagnosed(msgspec.Struct, frozen=True, tag=True):
    """The known mistakes that explain one failing test."""

    id: str
    mistakes: list[str]


class Unexplained(msgspec.Struct, frozen=True, tag=True):
    """The search for an exercise's mistakes took too long and was stopped."""

    exercise: str


class Finished(msgspec.Struct, frozen=True, tag=True):
    """The examiner's last message."""

    cpu_seconds: float


Report = Listed | Result | Judged | Diagnosed | Unexplained | Finished


class PytestJob(msgspec.Struct, frozen=True):
    """A learner's run of pytest.

    Attributes:
        folder: the current directory of the run.
        arguments: pytest's command line arguments.
        environment: variables to add to the environment.
    """

    folder: str
    arguments: list[str]
    environment: dict[str, str]


class PytestOutput(msgspec.Struct, frozen=True):
    """The output of a pytest run."""

    text: str


# Made once: if threads make the first decoder of a type at the same time, the process crashes.
_REPORTS: msgspec.msgpack.Decoder[Report] = msgspec.msgpack.Decoder(Report)
_DECODERS: dict[type, msgspec.msgpack.Decoder[Any]] = {
    kind: msgspec.msgpack.Decoder(kind)
    for kind in (CandidateStart, CandidateReady, Job, PytestJob, PytestOutput)
}


def encode(message: msgspec.Struct) -> bytes:
    """Return a message as bytes."""
    return msgspec.msgpack.encode(message)


def decode(data: bytes, kind: type[_Message]) -> _Message:
    """Return the message in `data`.

    Raises:
        ValueError: for anything but a message of that kind.
    """
    message: _Message = _DECODERS[kind].decode(data)
    return message


def decode_report(data: bytes) -> Report:
    """Return an examiner's report.

    Raises:
        ValueError: for anything else.
    """
    return _REPORTS.decode(data)
