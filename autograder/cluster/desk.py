"""The worker's side: what it is asked, and the warm parents with which it answers."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from distributed import Worker, WorkerPlugin, get_worker

from autograder.cluster.identity import Identity, own_identity
from autograder.cluster.parcel import CourseParcel, Differs
from autograder.course import read_course
from autograder.examination import Examination, ExaminerLost
from autograder.examinations import Examinations
from autograder.sandbox import Level, Unavailable
from autograder.submissions import digest_of

NAME = "autograder"
# So many courses stay warm in a worker; each takes the memory of its two parents.
_WARM_COURSES = 2


@dataclass(frozen=True)
class Question:
    """What a worker is asked: all that it needs, so that any other can be asked instead.

    Attributes:
        course: with its suites.
        files: the submission's modules, by name.
        digest: their hash.
        suites: what is to run, as named in the course's folder.
        diagnosed: the exercises whose wrong answers are compared with the known mistakes.
    """

    course: CourseParcel
    files: dict[str, bytes]
    digest: str
    suites: tuple[str, ...]
    diagnosed: tuple[str, ...]

    def check(self) -> None:
        """Check that the submission is the one that was sent.

        Raises:
            Differs: where it is not.
        """
        if digest_of(self.files) != self.digest:
            raise Differs("the submission did not arrive as it was sent")


class Desk(WorkerPlugin):
    """Offers a worker's identity, one question for each of its threads at a time, and keeps its courses warm.

    Args:
        identity: of the worker.
    """

    name = NAME

    def __init__(self, identity: Identity):
        self.identity = identity

    def setup(self, worker: Worker) -> None:
        """Begin, in the process of the worker, before the scheduler knows it."""
        for resources in (worker.state.total_resources, worker.state.available_resources):
            resources[self.identity.resource] = worker.state.nthreads
        # Dask removes what a worker that was killed has left there.
        self._room = Path(worker.local_directory)
        self._opened: OrderedDict[CourseParcel, _Opened] = OrderedDict()
        self._lock = threading.Lock()

    def teardown(self, worker: Worker) -> None:
        """End all that is warm."""
        del worker
        with self._lock:
            for opened in self._opened.values():
                opened.close()
            self._opened.clear()

    def examine(self, question: Question) -> Examination:
        """Answer a question.

        Raises:
            Unavailable: where the sandbox cannot be had.
            ExaminerLost: where the examiner ended early, again and again.
            Differs: where course or submission did not arrive whole, or the kit has changed under the worker.
        """
        question.check()
        with self._open(question.course) as opened:
            suites = [opened.folder / suite for suite in question.suites]
            return opened.examinations.examine(question.files, suites, question.diagnosed)

    @contextmanager
    def _open(self, course: CourseParcel) -> Iterator[_Opened]:
        with self._lock:
            opened = self._opened.get(course)
            if opened is None:
                if own_identity(Level(self.identity.sandbox)) != self.identity:
                    raise Differs("its kit has changed since it was started: start it anew")
                self._close_the_oldest()
                opened = self._opened[course] = _Opened(course, Level(self.identity.sandbox), self._room)
            self._opened.move_to_end(course)
            opened.users += 1
        try:
            yield opened
        finally:
            with self._lock:
                opened.users -= 1

    def _close_the_oldest(self) -> None:
        unused = [course for course, opened in self._opened.items() if not opened.users]
        for course in unused[: max(0, len(self._opened) + 1 - _WARM_COURSES)]:
            self._opened.pop(course).close()


class _Opened:
    """A course that is unpacked, in a folder below `room`, and warm."""

    def __init__(self, course: CourseParcel, level: Level, room: Path):
        self.users = 0
        self._stack = ExitStack()
        with ExitStack() as stack:
            self.folder = Path(tempfile.mkdtemp(prefix="course-", dir=room))
            stack.callback(shutil.rmtree, self.folder, ignore_errors=True)
            course.unpack(self.folder)
            self.examinations = stack.enter_context(
                Examinations(self.folder, read_course(self.folder), list(course.names), level)
            )
            self._stack = stack.pop_all()

    def close(self) -> None:
        self._stack.close()


def answer(question: Question) -> Examination:
    """Answer a question in the worker that runs this.

    Raises:
        Unavailable: where the sandbox cannot be had there.
        ExaminerLost: where the examiner ended early, again and again, or the machine is at fault.
    """
    worker = get_worker()
    desk = worker.plugins[NAME]
    assert isinstance(desk, Desk)
    try:
        return desk.examine(question)
    except Unavailable as error:
        raise Unavailable(f"{worker.address}: {error}") from None
    except (Differs, OSError) as error:
        # Whose disk is full must be told: an OSError would seem to be of the grader's.
        raise ExaminerLost(f"{worker.address}: {error}") from None


def identity_of(dask_worker: Worker) -> Identity | None:
    """Return the identity of a worker; None where it is none of ours. Dask hands it in by that name."""
    desk = dask_worker.plugins.get(NAME)
    return desk.identity if isinstance(desk, Desk) else None
