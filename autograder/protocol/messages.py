"""The messages between the grader's processes, each with a type.

All of them come from the kit's code and are trusted; a submission's answers are `plain` values and are not.
"""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from autograder.course import Limits
from autograder.protocol.failure import Failure

_Message = TypeVar("_Message")


class CandidateStart(msgspec.Struct, frozen=True):
    """The first message to a new candidate: its submission.

    Attributes:
        files: the modules, by file name.
        names: the exercises.
        environment: the environment variables that the submission sees.
    """

    files: dict[str, bytes]
    names: list[str]
    environment: dict[str, str]


class CandidateReady(msgspec.Struct, frozen=True):
    """A candidate's first replies, before it loads the submission: once it has a home folder, once it is isolated.

    A file descriptor of the home folder follows the first one, if it has not failed.

    Attributes:
        home: the path of its home folder, as it sees it; empty in the second reply.
        failed: why it could not isolate itself; empty if it did.
    """

    home: str = ""
    failed: str = ""


class Job(msgspec.Struct, frozen=True):
    """An examination of one submission.

    Attributes:
        submission: the first message to each candidate.
        suites: the paths of the suites to run.
        limits: the limits of the submission.
        candidates: the address of the candidates' fork server.
        diagnosed: the exercises whose wrong answers are compared with the known mistakes.
        first_failure_only: stop at the first failing test.
        replays: a folder for the replies of known mistakes, shared by all examinations of a run.
    """

    submission: CandidateStart
    suites: list[str]
    limits: Limits
    candidates: str
    diagnosed: list[str]
    first_failure_only: bool
    replays: str


class ListedTest(msgspec.Struct, frozen=True):
    """A test, listed before any test runs."""

    id: str
    exercise: str
    weight: float
    idea: str


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
        called: the functions that were called.
        answered: the called functions that returned a value.
    """

    id: str
    failure: Failure | None
    details: str
    seconds: float
    called: list[str]
    answered: list[str]


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


class Finished(msgspec.Struct, frozen=True, tag=True):
    """The examiner's last message."""

    cpu_seconds: float


Report = Listed | Result | Judged | Diagnosed | Finished


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
