"""Examine submissions with warm parents: one for examiners, one for candidates, shared by all workers."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import CancelledError
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder import channel, plain
from autograder.course import Course

# What an examiner may take beyond the time that the submission has: to start, collect and report.
_GRACE_SECONDS = 60.0
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
        cpu_seconds: of the examiner.
    """

    listed: list[dict[str, Any]] = field(default_factory=list)
    results: dict[str, dict[str, Any]] = field(default_factory=dict)
    cpu_seconds: float = 0.0


class Examinations:
    """A context in which submissions can be examined, by several threads at once."""

    def __init__(self, folder: Path, course: Course, names: list[str] | None = None):
        self._folder = folder.resolve()
        self._course = course
        self._names = course.names if names is None else names
        self._parents: list[subprocess.Popen[bytes]] = []
        self._lifelines: list[int] = []
        self._sockets = Path()
        self._ended = False
        self._starting = threading.Lock()

    def __enter__(self) -> Examinations:
        self._sockets = Path(tempfile.mkdtemp(prefix="autograder-"))
        return self

    def _start_once(self) -> None:
        """Start the parents when they are first needed: a class that is graded already needs none."""
        if self._ended:
            raise CancelledError
        with self._starting:
            if not self._parents:
                self._start_both()

    def _start_both(self) -> None:
        oracles = [
            f"tests.oracles.{name}"
            for name in self._names
            if (self._folder / "tests" / "oracles" / f"{name}.py").is_file()
        ]
        self._start("examiner", ["hypothesis.extra.numpy", "hypothesis.stateful", *oracles])
        self._start("candidate", ["numpy", *(["tensorflow"] if self._need_tensorflow() else [])])

    def __exit__(self, *_: object) -> None:
        self._ended = True
        for lifeline in self._lifelines:
            os.close(lifeline)
        for parent in self._parents:
            parent.wait()
        shutil.rmtree(self._sockets, ignore_errors=True)

    def _need_tensorflow(self) -> bool:
        """Tell whether a suite hands tensors to the submission; importing TensorFlow takes seconds."""
        suites = (self._folder / "tests" / "hidden" / f"test_{name}.py" for name in self._names)
        return any(
            re.search(rb"tensorflow|in_graph", suite.read_bytes()) for suite in suites if suite.is_file()
        )

    def _start(self, role: str, modules: list[str]) -> None:
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(self._sockets / role))
        listener.listen(128)
        lifeline, ours = os.pipe()
        self._lifelines.append(ours)
        kit = str(Path(__file__).resolve().parent.parent)
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": kit,
            **{name: os.environ[name] for name in ("LD_LIBRARY_PATH", "TMPDIR") if name in os.environ},
            **_ENVIRONMENT,
        }
        # What the libraries say while they load is of interest only when a parent does not start.
        log = (self._sockets / f"{role}.log").open("wb")
        self._parents.append(
            subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "autograder.warm",
                    role,
                    str(listener.fileno()),
                    str(lifeline),
                    *modules,
                ],
                cwd=self._folder if role == "examiner" else self._sockets,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=(listener.fileno(), lifeline),
                start_new_session=True,
            )
        )
        log.close()
        listener.close()
        os.close(lifeline)

    @property
    def candidates(self) -> str:
        """The address at which candidates are started."""
        self._start_once()
        return str(self._sockets / "candidate")

    def first_message(self, files: dict[str, bytes]) -> bytes:
        """Return what makes a fresh candidate that submission's."""
        return plain.pack(
            {
                "files": files,
                "names": self._course.names,
                "limits": self._course.limits.model_dump(),
                "environment": {"PATH": os.environ.get("PATH", ""), **_ENVIRONMENT},
            }
        )

    def examine(self, files: dict[str, bytes], suites: list[Path]) -> Examination:
        """Run suites against the modules in `files`.

        Raises:
            ExaminerLost: where the examiner ended early.
            CancelledError: where it ended because grading did; there is no result to keep.
        """
        limits = self._course.limits
        job = {
            "files": files,
            "names": self._course.names,
            "suites": [str(suite) for suite in suites],
            "limits": limits.model_dump(),
            "candidates": self.candidates,
            "first_message": self.first_message(files),
        }
        examination = Examination()
        deadline = time.monotonic() + limits.submission_seconds + _GRACE_SECONDS
        with socket.socket(socket.AF_UNIX) as connection:
            try:
                connection.connect(str(self._sockets / "examiner"))
                channel.send(connection, plain.pack(job))
                while True:
                    left = deadline - time.monotonic()
                    message = plain.unpack(channel.receive(connection, max(left, 0.001)))
                    if message["kind"] == "listed":
                        examination.listed = message["tests"]
                    elif message["kind"] == "result":
                        # The first word counts; a test that reports twice is not believed the second time.
                        examination.results.setdefault(message["id"], message)
                    else:
                        break
            except TimeoutError:
                raise ExaminerLost("the examiner did not finish in time") from None
            except ConnectionError:
                if self._ended:
                    raise CancelledError from None
                raise ExaminerLost(f"the examiner ended early{self._last_words()}") from None
        if message["code"] > 1:
            lines = [line.strip("! =") for line in str(message["output"]).splitlines() if line.strip("! =")]
            raise ExaminerLost(f"the suites cannot run: {lines[-1] if lines else message['code']}")
        examination.cpu_seconds = message["cpu_seconds"]
        return examination

    def _last_words(self) -> str:
        """Return the last line of a parent that ended, which is the reason of its end."""
        for parent, role in zip(self._parents, ("examiner", "candidate"), strict=True):
            if parent.poll() is not None:
                log = (self._sockets / f"{role}.log").read_text(errors="replace").strip()
                return f": {log.splitlines()[-1]}" if log else f": the {role}s' parent ended"
        return ""
