"""Read submissions in a separate process with limits, so that a submission that breaks it breaks nothing else.

No code of a submission runs here. But an archive can unpack to gigabytes, and deeply nested code can crash a parser.
"""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from queue import Empty, SimpleQueue

import msgspec

from autograder import UserError
from autograder.course.kit import PACKAGE
from autograder.protocol import channel
from autograder.protocol.text import one_line
from autograder.submissions import Entry, Submission, UnreadableSubmission

# CPU time for one submission; a notebook with pictures takes a tenth of a second.
_SECONDS = 20
# Elapsed time, which a busy machine or a slow disk makes long.
_MOST_SECONDS = 300.0
_MEMORY = 1 * 2**30


class _Question(msgspec.Struct, frozen=True):
    learner: str
    # As bytes: a name need not be UTF-8.
    paths: tuple[bytes, ...]
    stubs: dict[str, str]
    only: list[str]
    given: datetime | None
    submitted: datetime | None
    platform: str


class _Answer(msgspec.Struct, frozen=True):
    submission: Submission | None = None
    unreadable: str = ""


class Reader:
    """A context in which submissions can be read, by several threads at once.

    Args:
        stubs: those of all exercises, by name.
        only: the exercises to be graded.
        times: when learners handed in, from `--handed-in`.
    """

    def __init__(
        self, stubs: Mapping[str, str], only: list[str], times: Mapping[str, datetime] | None = None
    ):
        self._stubs = dict(stubs)
        self._only = only
        self._times = dict(times or {})
        self._idle: SimpleQueue[_Process] = SimpleQueue()

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(Empty):
            while True:
                self._idle.get_nowait().end()

    def read(self, entry: Entry) -> Submission:
        """Read one submission.

        Raises:
            UnreadableSubmission: if nothing of it can be graded; the text says why, and what was found.
        """
        try:
            process = self._idle.get_nowait()
        except Empty:
            process = _Process()
        # The other process runs in another folder.
        paths = tuple(bytes(path.absolute()) for path in entry.paths)
        given = self._times.get(entry.learner)
        try:
            answer = process.ask(
                _Question(
                    *(entry.learner, paths, self._stubs, self._only, given, entry.submitted, entry.platform)
                )
            )
        except BaseException:
            process.end()
            raise
        self._idle.put(process)
        if answer.submission is None:
            raise UnreadableSubmission(answer.unreadable)
        return answer.submission


class _Process:
    """The process that reads, one submission after the other."""

    def __init__(self) -> None:
        self._connection, theirs = socket.socketpair()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "autograder.submissions.reader", str(theirs.fileno())],
            cwd=PACKAGE.parent,
            pass_fds=(theirs.fileno(),),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # Ctrl-C is the grader's to handle.
            start_new_session=True,
        )
        theirs.close()

    def ask(self, question: _Question) -> _Answer:
        """Return the answer.

        Raises:
            UnreadableSubmission: if the process ends over it.
        """
        try:
            channel.send(self._connection, msgspec.msgpack.encode(question))
            packed = channel.receive(self._connection, _MOST_SECONDS)
        except TimeoutError:
            raise UnreadableSubmission(f"reading it took longer than {_MOST_SECONDS:g} s") from None
        except OSError:
            raise UnreadableSubmission(self._how_it_ended()) from None
        return _ANSWERS.decode(packed)

    def _how_it_ended(self) -> str:
        code = self._process.wait()
        if code == -signal.SIGXCPU:
            return f"reading it takes more than {_SECONDS} s of processor time"
        reason = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        return f"reading it ended the process that reads ({reason})"

    def end(self) -> None:
        """End it."""
        self._connection.close()
        self._process.kill()
        self._process.wait()


# Made once: threads that make the first decoder of a type at the same time crash the process.
_ANSWERS = msgspec.msgpack.Decoder(_Answer)
_QUESTIONS = msgspec.msgpack.Decoder(_Question)


def _serve(connection: socket.socket) -> None:
    """Answer questions until nobody asks any more."""
    import os
    import resource  # POSIX only, as is grading

    from autograder.submissions.read import read

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(ValueError, OSError):  # macOS does not know it
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    while True:
        try:
            question = _QUESTIONS.decode(channel.receive(connection))
        except channel.ConnectionLost:
            return
        used = sum(os.times()[:2])
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used) + _SECONDS, hard))
        paths = tuple(Path(os.fsdecode(path)) for path in question.paths)
        entry = Entry(question.learner, paths, question.submitted, question.platform)
        try:
            answer = _Answer(read(entry, question.stubs, question.only, question.given))
        except UserError as error:
            answer = _Answer(unreadable=one_line(error))
        except OSError as error:
            answer = _Answer(unreadable=one_line(f"{entry.shown} cannot be read: {error.strerror}"))
        except Exception as error:  # whatever a submission makes of our code, it is that submission's
            answer = _Answer(unreadable=one_line(f"{entry.shown} cannot be read: {_named(error)}"))
        channel.send(connection, msgspec.msgpack.encode(answer))


def _named(error: Exception) -> str:
    text = str(error)
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
