"""Examine submissions with warm parents: one for examiners, one for candidates, shared by all workers."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterable
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from autograder import channel, plain
from autograder.candidates import NotReady, connect
from autograder.course import Course, need_tensorflow
from autograder.parents import Parent
from autograder.sandbox import Level, Unavailable, bubblewrap, seats, users

# What an examiner may take beyond the time that the submission has: to start, collect and report.
_GRACE_SECONDS = 60.0
# How often a submission is examined whose parents die under it.
_ATTEMPTS = 4
_KIT = Path(__file__).resolve().parent.parent
# One thread for each process: workers are many, and sums come out the same on every machine.
_ENVIRONMENT = {
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "-1",
    "PYTHONHASHSEED": "0",
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    "LANG": "C.UTF-8",
}


class ExaminerLost(Exception):
    """An examiner ended before it had reported; the text says how."""


@dataclass
class Examination:
    """What an examiner reported.

    Attributes:
        listed: the tests there are, as told before any ran.
        results: what came of each, by the test's id.
        judged: whether the run came to its end.
        mistakes: by the test's id, the sentences of the known mistakes that a wrong answer could be.
        cpu_seconds: of the examiner.
        seconds: from the question to the last answer.
    """

    listed: list[dict[str, Any]] = field(default_factory=list)
    results: dict[str, dict[str, Any]] = field(default_factory=dict)
    judged: bool = False
    mistakes: dict[str, list[str]] = field(default_factory=dict)
    cpu_seconds: float = 0.0
    seconds: float = 0.0

    def judge(self, message: dict[str, Any]) -> None:
        """Take down that the run is over.

        Raises:
            ExaminerLost: where the suites could not run.
        """
        if message["code"] > 1:
            lines = [line.strip("! =") for line in str(message["output"]).splitlines() if line.strip("! =")]
            raise ExaminerLost(f"the suites cannot run: {lines[-1] if lines else message['code']}")
        self.judged = True


class Examiner(Protocol):
    """Examines submissions: on this machine, or wherever it has workers."""

    def examine(
        self, files: dict[str, bytes], suites: list[Path], diagnosed: Iterable[str] = ()
    ) -> Examination:
        """Run suites against a submission; may be called by several threads at once (see `Examinations`)."""


class Examinations:
    """A context in which submissions can be examined, by several threads at once.

    Args:
        folder: of the course.
        course: what its `grading.toml` says.
        names: the exercises whose suites may be asked for; all of them by default.
        level: the sandbox around each candidate.
        hidden: what no candidate may see, beside the course itself.
    """

    def __init__(
        self,
        folder: Path,
        course: Course,
        names: list[str] | None = None,
        level: Level = Level.none,
        hidden: Iterable[Path] = (),
    ):
        self._folder = folder.resolve()
        self._course = course
        self._names = course.names if names is None else names
        self._level = level
        self._hidden = [self._folder, *hidden]
        self._parents: dict[str, Parent] = {}
        self._sockets = Path()
        self._reserved: tuple[int, socket.socket] | None = None
        self._ended = False
        self._starting = threading.Lock()

    def __enter__(self) -> Examinations:
        self._sockets = Path(tempfile.mkdtemp(prefix="autograder-"))
        return self

    def __exit__(self, *_: object) -> None:
        self._ended = True
        with self._starting:
            for parent in self._parents.values():
                parent.end()
        if self._reserved:
            self._reserved[1].close()
        shutil.rmtree(self._sockets, ignore_errors=True)

    def _living_parents(self) -> dict[str, Parent]:
        """Return both parents, started where they are not running.

        A class that is graded already needs none; one that has died in the middle of a class is replaced.

        Raises:
            Unavailable: where the sandbox cannot be had.
            CancelledError: where grading has ended.
        """
        with self._starting:
            if self._ended:
                raise CancelledError
            ended = [role for role, parent in self._parents.items() if parent.has_ended()]
            for role in ended:
                self._parents.pop(role).end()
            candidates_are_new = "candidate" not in self._parents
            if "examiner" not in self._parents:
                self._parents["examiner"] = self._start_examiners()
            if candidates_are_new:
                self._parents["candidate"] = self._start_candidates()
                self._try_the_sandbox(self._parents["candidate"])
            return dict(self._parents)

    def _start_examiners(self) -> Parent:
        # Python tells by time and size alone whether what it has compiled is of a file: clocks are set back,
        # and archives give all files one time.
        for place in ("", "hidden", "oracles"):
            for compiled in (self._folder / "tests" / place / "__pycache__").glob("*.pyc"):
                with suppress(OSError):
                    compiled.unlink()
        oracles = [
            f"tests.oracles.{name}"
            for name in self._names
            if (self._folder / "tests" / "oracles" / f"{name}.py").is_file()
        ]
        settings = {"modules": ["hypothesis.extra.numpy", "hypothesis.stateful", *oracles]}
        return self._start("examiner", [], str(_KIT), settings, self._folder)

    def _start_candidates(self) -> Parent:
        settings = {
            "modules": [
                "numpy",
                "jaxtyping",
                *(["tensorflow"] if need_tensorflow(self._folder, self._names) else []),
            ],
            "level": self._level.value,
            "limits": self._course.limits.model_dump(),
            **self._seat(),
        }
        words: list[str] = []
        kit = str(_KIT)
        if self._level is Level.namespaces:
            words, kit = bubblewrap.command(self._hidden), bubblewrap.KIT
        return self._start("candidate", words, kit, settings)

    def _seat(self) -> dict[str, int | None]:
        """Return which users candidates become, where they do not stay who we are, and which processors."""
        root = sys.platform == "linux" and os.getuid() == 0
        if self._level is Level.user and not root:
            raise Unavailable(
                "--sandbox user needs Linux and root, who alone can give a candidate another user"
            )
        if self._level is Level.none or sys.platform != "linux":
            return {"first_user": None, "first_processor": 0}
        if self._reserved is None:
            self._reserved = seats.reserve()
        number, _ = self._reserved
        first = users.first_of(number) if root else None
        if first is not None and self._level is Level.user:
            users.check(self._hidden, first)
        return {"first_user": first, "first_processor": seats.first_processor(number)}

    def _start(
        self, role: str, words: list[str], kit: str, settings: dict[str, Any], home: Path | None = None
    ) -> Parent:
        inherited = ("LD_LIBRARY_PATH", "TMPDIR")
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": kit,
            **{name: os.environ[name] for name in inherited if name in os.environ},
            **_ENVIRONMENT,
        }
        if words:
            environment["TMPDIR"] = bubblewrap.TEMPORARY
        return Parent(words, self._sockets, environment, role, json.dumps(settings), home)

    def _try_the_sandbox(self, parent: Parent) -> None:
        """Start one candidate that holds nothing, so that no submission meets a wall that does not stand."""
        try:
            connect(parent.address, self.first_message({})).close()
        except NotReady as error:
            raise bubblewrap.refused(str(error)) from None
        except OSError:
            if not parent.has_ended(1.0):
                raise ExaminerLost("the candidates' parent does not answer") from None
            if self._level is Level.namespaces:
                raise bubblewrap.refused(parent.last_words()) from None
            raise ExaminerLost(f"the candidates' parent ended: {parent.last_words()}") from None

    def first_message(self, files: dict[str, bytes]) -> bytes:
        """Return what makes a fresh candidate that submission's."""
        environment = {"PATH": os.environ.get("PATH", ""), **_ENVIRONMENT}
        return plain.pack({"files": files, "names": self._course.names, "environment": environment})

    @property
    def candidates(self) -> str:
        """The address at which candidates are started."""
        return self._living_parents()["candidate"].address

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
            parents = self._living_parents()
            examination = Examination()
            try:
                self._examine(parents, files, suites, options, examination)
            except ExaminerLost:
                if self._ended:
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
            "first_message": self.first_message(files),
            **options,
            "memory": str(self._sockets / "replays"),
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
