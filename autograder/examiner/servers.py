"""The two fork servers behind every examination: one forks examiners, one forks sandboxed candidates."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import threading
from collections.abc import Iterable, Mapping
from concurrent.futures import CancelledError
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from autograder.course import Course, need_tensorflow, read_given
from autograder.course.kit import COURSE_DATA, PACKAGE
from autograder.examiner.result import ExaminerLost
from autograder.files import remove_folder
from autograder.forkserver.client import ServerProcess
from autograder.forkserver.connect import NotReady, connect
from autograder.protocol.messages import CandidateStart
from autograder.sandbox import Level, Unavailable, bubblewrap, cgroups, leftovers, slots, users
from autograder.sandbox.isolation import USERS

# The processes that the two servers fork.
_EXAMINER = "autograder.examiner.run:ExaminerHandler"
_CANDIDATE = "autograder.candidate.serve:CandidateHandler"
# How often to start the candidates' server if it is killed before the first candidate is ready.
_STARTS = 3
# One thread per process: there are many workers, and sums are then the same on every machine.
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


@dataclass(frozen=True)
class Running:
    """Both servers, while they run."""

    examiners: ServerProcess
    candidates: ServerProcess

    @property
    def both(self) -> tuple[ServerProcess, ServerProcess]:
        """Both servers as a tuple."""
        return self.examiners, self.candidates


class Servers:
    """A context for both servers: they start at the first request and are replaced if they die.

    Args:
        folder: the course folder.
        course: the parsed `grading.toml`.
        names: the exercises whose suites may be run.
        level: the sandbox level.
        hidden: folders that no candidate may see, in addition to the course.

    Attributes:
        scratch: a folder for temporary files, removed when the context ends.
        closed: True if the context has ended.
    """

    def __init__(self, folder: Path, course: Course, names: list[str], level: Level, hidden: Iterable[Path]):
        self.scratch = Path()
        self.closed = False
        self._folder = folder.resolve()
        self._course = course
        self._names = names
        self._level = level
        self._hidden = [self._folder, *hidden]
        self._examiners: ServerProcess | None = None
        self._candidates: ServerProcess | None = None
        self._first_user: int | None = None  # of candidates; None: they keep ours
        self._open_folders: list[Path] = []
        self._groups: cgroups.ControlGroups | None = None
        self._has_reserved = False
        self._cleanup = ExitStack()
        self._starting = threading.Lock()

    def __enter__(self) -> Servers:
        self.scratch = Path(tempfile.mkdtemp(prefix="autograder-"))
        return self

    def __exit__(self, *_: object) -> None:
        self.closed = True
        with self._starting:
            for server in (self._examiners, self._candidates):
                if server:
                    server.end()
            self._cleanup.close()
        remove_folder(self.scratch)

    def running(self) -> Running:
        """Return both servers; start those that are not running.

        A class that is already graded needs no servers; a server that has died is replaced.

        Raises:
            Unavailable: if this machine does not provide the sandbox.
            ExaminerLost: if the candidates' server ends or does not answer, and the sandbox is not the reason.
            CancelledError: if grading has ended.
        """
        with self._starting:
            if self.closed:
                raise CancelledError
            if self._examiners and self._examiners.has_ended():
                self._examiners.end()
                self._examiners = None
            if self._candidates and self._candidates.has_ended():
                self._candidates.end()
                self._candidates = None
            # Both import their libraries at the same time.
            self._examiners = self._examiners or self._start_examiners()
            self._candidates = self._candidates or self._start_candidates_and_try()
            return Running(self._examiners, self._candidates)

    @property
    def memory_limit(self) -> str:
        """How the memory limit is enforced: by the kernel (`cgroup v2` or `cgroup v1`), or by us (`measured`)."""
        return f"cgroup v{self._groups.version}" if self._groups else "measured"

    def start_message(
        self, files: dict[str, bytes], stand_ins: Mapping[str, list[str]] | None = None
    ) -> CandidateStart:
        """Return the message that sends a submission to a new candidate, with the given modules.

        Args:
            files: the submission's modules, by file name.
            stand_ins: by exercise, the functions that the examiner answers for.
        """
        together = {**files, **read_given(self._folder, self._course)}
        return CandidateStart(
            together,
            self._course.names,
            list(self._course.given),
            {"PATH": os.defpath, **_ENVIRONMENT},
            dict(stand_ins or {}),
        )

    def _start_examiners(self) -> ServerProcess:
        # Python uses only time and size to check if a compiled file is up to date. That fails if the clock was
        # set back, or if an archive gave all files the same time.
        for name in ("", "hidden", "oracles"):
            for compiled in (self._folder / "tests" / name / "__pycache__").glob("*.pyc"):
                with suppress(OSError):
                    compiled.unlink()
        oracles = [
            f"tests.oracles.{name}"
            for name in self._names
            if (self._folder / "tests" / "oracles" / f"{name}.py").is_file()
        ]
        settings = {
            "modules": ["hypothesis.extra.numpy", "hypothesis.stateful", *oracles],
            # So that the server can remove it if the grader is killed.
            "scratch": str(self.scratch),
        }
        return self._start(_EXAMINER, [], str(PACKAGE.parent), settings, str(self.scratch), self._folder)

    def _start_candidates_and_try(self) -> ServerProcess:
        """Start the candidates' server; try again if it is killed, because that is no fault of the sandbox."""
        for start in range(_STARTS):
            server = self._start_candidates()
            try:
                self._try_the_sandbox(server)
                return server
            except (Unavailable, ExaminerLost):
                server.end()
                if not server.was_killed() or start == _STARTS - 1:
                    raise
        raise AssertionError("unreachable")

    def _start_candidates(self) -> ServerProcess:
        settings = {
            "modules": [
                "numpy",
                "jaxtyping",
                *(["tensorflow"] if need_tensorflow(self._folder, self._names) else []),
            ],
            "level": self._level.value,
            "limits": msgspec.to_builtins(self._course.limits),
            **self._users_and_processor(),
        }
        wrapper: list[str] = []
        groups, seen = self._groups, dict[Path, Path]()
        kit, temporary = str(PACKAGE.parent), tempfile.gettempdir()
        if self._level is Level.user:
            # A separate folder, which can be removed if the server or the grader is killed.
            temporary = settings["scratch"] = tempfile.mkdtemp(prefix="autograder-")
            self._cleanup.callback(remove_folder, Path(temporary))
            os.chmod(temporary, 0o711)
        if self._level is Level.namespaces:
            if self._groups:
                groups = self._groups.moved(Path(bubblewrap.GROUPS))
                seen = dict(zip(self._groups.unique, groups.unique, strict=True))
            wrapper = bubblewrap.command(self._hidden, seen)
            kit, temporary = bubblewrap.KIT, bubblewrap.TEMPORARY
        settings["groups"] = groups and groups.settings
        return self._start(_CANDIDATE, wrapper, kit, settings, temporary)

    def _users_and_processor(self) -> dict[str, Any]:
        """Return the settings that keep candidates of several graders apart, and from what others may write to."""
        linux = sys.platform == "linux"
        root = linux and os.getuid() == 0
        if self._level is Level.user and not root:
            raise Unavailable(
                "--sandbox user needs Linux and root: only root can run a candidate as another user"
            )
        isolated = linux and self._level is not Level.none
        if isolated and not self._has_reserved:
            if root:
                self._reserve_users()
            self._groups = self._cleanup.enter_context(cgroups.reserved())
            self._has_reserved = True
        return {
            "first_user": self._first_user,
            "first_processor": slots.first_processor() if isolated else 0,
            "open_folders": [str(folder) for folder in self._open_folders],
        }

    def _reserve_users(self) -> None:
        first = users.first_of(self._cleanup.enter_context(slots.reserved()))
        if self._level is Level.user:
            users.check([*self._hidden, COURSE_DATA], first)
            self._open_folders = users.open_folders()
            self._cleanup.callback(leftovers.clean_up, range(first, first + USERS), self._open_folders)
        self._first_user = first

    def _start(
        self,
        handler: str,
        wrapper: list[str],
        kit: str,
        settings: dict[str, Any],
        temporary: str,
        home: Path | None = None,
    ) -> ServerProcess:
        libraries = os.environ.get("LD_LIBRARY_PATH")
        environment = {
            # What an instructor has installed is nothing to a candidate.
            "PATH": os.defpath if handler == _CANDIDATE else os.environ.get("PATH", ""),
            "PYTHONPATH": kit,
            "TMPDIR": temporary,
            **({"LD_LIBRARY_PATH": libraries} if libraries else {}),
            **_ENVIRONMENT,
        }
        return ServerProcess(wrapper, self.scratch, environment, handler, json.dumps(settings), home)

    def _try_the_sandbox(self, server: ServerProcess) -> None:
        """Start one empty candidate, so that no submission ever runs in a broken sandbox."""
        try:
            connect(server.address, self.start_message({})).close()
        except NotReady as error:
            raise bubblewrap.refused(str(error)) from None
        except OSError:
            if not server.has_ended(1.0):
                raise ExaminerLost("the candidates' fork server does not answer") from None
            if self._level is Level.namespaces:
                raise bubblewrap.refused(server.last_words()) from None
            raise ExaminerLost(f"the candidates' fork server ended: {server.last_words()}") from None
