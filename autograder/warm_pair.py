"""The two warm parents behind every examination: of examiners, and of candidates in their sandbox."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sys
import tempfile
import threading
from collections.abc import Iterable
from concurrent.futures import CancelledError
from contextlib import suppress
from pathlib import Path
from typing import Any

from autograder import plain
from autograder.candidates import NotReady, connect
from autograder.course import Course, need_tensorflow
from autograder.examination import ExaminerLost
from autograder.parents import Parent
from autograder.sandbox import Level, Unavailable, bubblewrap, seats, users

# How often candidates' parents are started that are killed before the first candidate is there.
_STARTS = 3
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


class WarmPair:
    """A context in which both parents can be had: started when first asked for, replaced where one has died.

    Args:
        folder: of the course.
        course: what its `grading.toml` says.
        names: the exercises whose suites may be asked for.
        level: the sandbox around each candidate.
        hidden: what no candidate may see, beside the course itself.

    Attributes:
        scratch: a folder of its own, which ends with it.
        closed: whether the context has ended.
    """

    def __init__(self, folder: Path, course: Course, names: list[str], level: Level, hidden: Iterable[Path]):
        self.scratch = Path()
        self.closed = False
        self._folder = folder.resolve()
        self._course = course
        self._names = names
        self._level = level
        self._hidden = [self._folder, *hidden]
        self._parents: dict[str, Parent] = {}
        self._reserved: tuple[int, socket.socket] | None = None
        self._starting = threading.Lock()

    def __enter__(self) -> WarmPair:
        self.scratch = Path(tempfile.mkdtemp(prefix="autograder-"))
        return self

    def __exit__(self, *_: object) -> None:
        self.closed = True
        with self._starting:
            for parent in self._parents.values():
                parent.end()
        if self._reserved:
            self._reserved[1].close()
        shutil.rmtree(self.scratch, ignore_errors=True)

    def living(self) -> dict[str, Parent]:
        """Return both parents, started where they are not running.

        A class that is graded already needs none; one that has died in the middle of a class is replaced.

        Raises:
            Unavailable: where the sandbox cannot be had.
            ExaminerLost: where the candidates' parent ends or is silent, and the sandbox is not the reason.
            CancelledError: where grading has ended.
        """
        with self._starting:
            if self.closed:
                raise CancelledError
            ended = [role for role, parent in self._parents.items() if parent.has_ended()]
            for role in ended:
                self._parents.pop(role).end()
            # Both import their libraries at the same time.
            if "examiner" not in self._parents:
                self._parents["examiner"] = self._start_examiners()
            if "candidate" not in self._parents:
                self._parents["candidate"] = self._start_candidates_and_try()
            return dict(self._parents)

    def first_message(self, files: dict[str, bytes]) -> bytes:
        """Return what makes a fresh candidate that submission's."""
        environment = {"PATH": os.environ.get("PATH", ""), **_ENVIRONMENT}
        return plain.pack({"files": files, "names": self._course.names, "environment": environment})

    @property
    def candidates(self) -> str:
        """The address at which candidates are started."""
        return self.living()["candidate"].address

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
        settings = {
            "modules": ["hypothesis.extra.numpy", "hypothesis.stateful", *oracles],
            # Should the grader be killed, who else could remove it?
            "scratch": str(self.scratch),
        }
        return self._start("examiner", [], str(_KIT), settings, str(self.scratch), self._folder)

    def _start_candidates_and_try(self) -> Parent:
        """Start them, and again where they are killed meanwhile: that tells nothing of the sandbox."""
        for start in range(_STARTS):
            parent = self._start_candidates()
            try:
                self._try_the_sandbox(parent)
                return parent
            except (Unavailable, ExaminerLost):
                parent.end()
                if not parent.was_killed() or start == _STARTS - 1:
                    raise
        raise AssertionError("unreachable")

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
        kit, temporary = str(_KIT), tempfile.gettempdir()
        if self._level is Level.namespaces:
            words = bubblewrap.command(self._hidden)
            kit, temporary = bubblewrap.KIT, bubblewrap.TEMPORARY
        return self._start("candidate", words, kit, settings, temporary)

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
        self,
        role: str,
        words: list[str],
        kit: str,
        settings: dict[str, Any],
        temporary: str,
        home: Path | None = None,
    ) -> Parent:
        libraries = os.environ.get("LD_LIBRARY_PATH")
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": kit,
            "TMPDIR": temporary,
            **({"LD_LIBRARY_PATH": libraries} if libraries else {}),
            **_ENVIRONMENT,
        }
        return Parent(words, self.scratch, environment, role, json.dumps(settings), home)

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
