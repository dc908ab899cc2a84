"""The plugin of a Dask worker: examine the submissions that graders send, and keep their courses ready."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from distributed import Worker, WorkerPlugin, get_worker

from autograder.cluster.bundle import Corrupted, CourseBundle
from autograder.cluster.identity import Identity, own_identity
from autograder.course import read_course
from autograder.examiner.pool import ExaminerPool
from autograder.examiner.result import Examination, ExaminerLost
from autograder.sandbox import Level, Unavailable
from autograder.submissions import digest_of

NAME = "autograder"
# The number of courses kept ready in a worker; each needs the memory of its two fork servers.
_READY_COURSES = 2


@dataclass(frozen=True)
class Task:
    """An examination for a worker, with everything needed, so that any worker can do it.

    Attributes:
        course: the course with its suites.
        files: the submission's modules, by name.
        digest: their hash.
        suites: the suites to run, relative to the course folder.
        diagnosed: the exercises whose wrong answers are compared with the known mistakes.
        stand_ins: by exercise, the functions that the solutions answer for.
    """

    course: CourseBundle
    files: dict[str, bytes]
    digest: str
    suites: tuple[str, ...]
    diagnosed: tuple[str, ...]
    stand_ins: dict[str, list[str]] = field(default_factory=dict)

    def check(self) -> None:
        """Check that the submission arrived undamaged.

        Raises:
            Corrupted: if it did not.
        """
        if digest_of(self.files) != self.digest:
            raise Corrupted("the submission was damaged on the way")


class ExaminerPlugin(WorkerPlugin):
    """Offers a worker's identity as a resource, one unit for each thread, and keeps courses ready.

    Args:
        identity: the worker's identity.
    """

    name = NAME

    def __init__(self, identity: Identity):
        self.identity = identity

    def setup(self, worker: Worker) -> None:
        """Set up the plugin in the worker's process, before the worker registers with the scheduler."""
        for resources in (worker.state.total_resources, worker.state.available_resources):
            resources[self.identity.resource] = worker.state.nthreads
        # Dask removes the files that a killed worker leaves here.
        self._directory = Path(worker.local_directory)
        self._opened: OrderedDict[CourseBundle, _Opened] = OrderedDict()
        self._lock = threading.Lock()

    def teardown(self, worker: Worker) -> None:
        """End all servers."""
        del worker
        with self._lock:
            for opened in self._opened.values():
                opened.close()
            self._opened.clear()

    def examine(self, task: Task) -> Examination:
        """Do a task.

        Raises:
            Unavailable: if this machine does not provide the sandbox.
            ExaminerLost: if examiners keep ending early.
            Corrupted: if the course or submission is damaged, or the worker's kit has changed.
        """
        task.check()
        with self._open(task.course) as opened:
            suites = [opened.folder / suite for suite in task.suites]
            return opened.pool.examine(task.files, suites, task.diagnosed, stand_ins=task.stand_ins)

    @contextmanager
    def _open(self, course: CourseBundle) -> Iterator[_Opened]:
        with self._lock:
            opened = self._opened.get(course)
            if opened is None:
                if own_identity(Level(self.identity.sandbox)) != self.identity:
                    raise Corrupted("its kit has changed since it started: restart it")
                self._close_the_oldest()
                opened = self._opened[course] = _Opened(course, Level(self.identity.sandbox), self._directory)
            self._opened.move_to_end(course)
            opened.users += 1
        try:
            yield opened
        finally:
            with self._lock:
                opened.users -= 1

    def _close_the_oldest(self) -> None:
        unused = [course for course, opened in self._opened.items() if not opened.users]
        for course in unused[: max(0, len(self._opened) + 1 - _READY_COURSES)]:
            self._opened.pop(course).close()


class _Opened:
    """A course unpacked into a folder below `directory`, with its pool."""

    def __init__(self, course: CourseBundle, level: Level, directory: Path):
        self.users = 0
        self._stack = ExitStack()
        with ExitStack() as stack:
            self.folder = Path(tempfile.mkdtemp(prefix="course-", dir=directory))
            stack.callback(shutil.rmtree, self.folder, ignore_errors=True)
            course.unpack(self.folder)
            self.pool = stack.enter_context(
                ExaminerPool(self.folder, read_course(self.folder), list(course.names), level)
            )
            self._stack = stack.pop_all()

    def close(self) -> None:
        self._stack.close()


def run_task(task: Task) -> Examination:
    """Do a task in the current worker.

    Raises:
        Unavailable: if its machine does not provide the sandbox.
        ExaminerLost: if examiners keep ending early, or the machine is at fault.
    """
    worker = get_worker()
    plugin = worker.plugins[NAME]
    assert isinstance(plugin, ExaminerPlugin)
    try:
        return plugin.examine(task)
    except Unavailable as error:
        raise Unavailable(f"{worker.address}: {error}") from None
    except (Corrupted, OSError) as error:
        # Name the worker, because an OSError would look like the grader's.
        raise ExaminerLost(f"{worker.address}: {error}") from None


def identity_of(dask_worker: Worker) -> Identity | None:
    """Return the identity of a worker; None if it is not ours. Dask passes the worker by this parameter name."""
    plugin = dask_worker.plugins.get(NAME)
    return plugin.identity if isinstance(plugin, ExaminerPlugin) else None
