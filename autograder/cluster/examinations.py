"""The grader's side: submissions are examined by whichever workers a Dask scheduler knows."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import dask
import distributed
from distributed.client import ClosedClientError, FutureCancelledError
from distributed.comm import CommClosedError
from distributed.scheduler import KilledWorker

from autograder.cluster import PATIENCE_SECONDS, NoCluster, check_address
from autograder.cluster.desk import Question, answer, identity_of
from autograder.cluster.identity import Identity, own_identity
from autograder.cluster.parcel import parcel
from autograder.course_files import course_files
from autograder.examination import Examination, ExaminerLost
from autograder.grade import Assignment
from autograder.submissions import digest_of

# How often it is asked which workers there are.
_LOOK_SECONDS = 1.0
# So many submissions for each that a worker examines at a time: it never waits for the next.
_AHEAD = 2
# Dask itself gives up a task under which four workers have ended; it may not be the task's fault.
_ATTEMPTS = 3


class ClusterExaminations:
    """A context in which submissions are examined by the workers of a cluster.

    A worker with other versions, another kit or another sandbox is asked nothing: each worker offers its
    identity as a resource, and each question demands this one's. A scheduler that has gone is waited for.

    Args:
        address: of the scheduler, as `tcp://host:8786`.
        assignment: what is graded.
        tell: is told what an instructor should know of the cluster, a line each.

    Raises:
        NoCluster: on entering, where it is no address, or no scheduler answers.
    """

    def __init__(self, address: str, assignment: Assignment, tell: Callable[[str], None]):
        self._address = address
        self._folder = assignment.folder
        self._identity = own_identity(assignment.level)
        self._resource = self._identity.resource
        names = assignment.course.with_needs(assignment.names)
        self._course = parcel(course_files(assignment.folder, assignment.course), names)
        self._tell = tell
        self._ended = threading.Event()
        self._connecting = threading.Lock()
        self._changed = threading.Condition()
        self._room = 0
        self._asked = 0
        self._known: set[str] = set()

    def __enter__(self) -> ClusterExaminations:
        # What an instructor should know of it is told in words of ours.
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        # Of the last thousand messages Dask would keep all, and each of them holds the course.
        dask.config.set({"distributed.admin.low-level-log-length": 0})
        check_address(self._address)
        try:
            self._client = self._connect()
        except OSError:
            raise NoCluster(f"no scheduler answers at {self._address}: dask scheduler starts one") from None
        self._looking = threading.Thread(target=self._look, daemon=True)
        self._looking.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        with self._changed:
            self._changed.notify_all()
        self._looking.join()
        with self._connecting:
            self._client.close(timeout=1)

    def examine(
        self, files: dict[str, bytes], suites: list[Path], diagnosed: Iterable[str] = ()
    ) -> Examination:
        """Have a submission examined; again and again, where a worker or the scheduler is lost meanwhile.

        Raises:
            ExaminerLost: where it has been the end of many workers, or of its examiner.
            Unavailable: where a worker has not the sandbox that it told of.
            CancelledError: where grading has ended.
        """
        named = tuple(suite.relative_to(self._folder).as_posix() for suite in suites)
        question = Question(self._course, files, digest_of(files), named, tuple(diagnosed))
        for attempt in range(_ATTEMPTS):
            try:
                with self._turn():
                    return self._ask(question)
            except KilledWorker:
                if attempt == _ATTEMPTS - 1:
                    raise ExaminerLost("worker after worker ended while it was examined") from None
        raise AssertionError("unreachable")

    def _ask(self, question: Question) -> Examination:
        while True:
            client = self._living_client()
            # What is lost with the scheduler is asked again; of what was asked before, nobody hears.
            with suppress(FutureCancelledError, ClosedClientError, CommClosedError):
                future = client.submit(answer, question, pure=False, resources={self._resource: 1})
                return future.result()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait until the workers have room for one more question."""
        with self._changed:
            while self._asked >= self._room and not self._ended.is_set():
                self._changed.wait()
            self._asked += 1
        try:
            yield
        finally:
            with self._changed:
                self._asked -= 1
                self._changed.notify()

    def _connect(self) -> distributed.Client:
        return distributed.Client(
            self._address, timeout=PATIENCE_SECONDS, set_as_default=False, name="autograder"
        )

    def _living_client(self) -> distributed.Client:
        """Return a client that is connected, as soon as there is one.

        Raises:
            CancelledError: where grading has ended.
        """
        with self._connecting:
            told = False
            while not self._ended.is_set():
                if self._client.status == "running":
                    return self._client
                if not told:
                    told = True
                    self._tell(f"the scheduler at {self._address} has gone: waiting for it to come back")
                if self._client.status == "closed":
                    with suppress(OSError):
                        self._client = self._connect()
                self._ended.wait(_LOOK_SECONDS)
            raise CancelledError

    def _look(self) -> None:
        """Look which workers there are, until grading ends."""
        waiting = False
        while not self._ended.is_set():
            # A scheduler that has gone is the affair of whoever asks it something.
            with suppress(OSError, CancelledError, RuntimeError):
                client = self._living_client()
                workers: dict[str, Any] = client.scheduler_info()["workers"]
                slots = sum(worker["resources"].get(self._resource, 0) for worker in workers.values())
                with self._changed:
                    self._room = round(slots) * _AHEAD
                    self._changed.notify_all()
                others = [
                    address
                    for address, worker in workers.items()
                    if self._resource not in worker["resources"]
                ]
                self._tell_of_others(client, [address for address in others if address not in self._known])
                self._known.update(others)
                if not slots and not waiting:
                    self._tell(f"waiting for a worker: autograder worker {self._address} starts one")
                waiting = not slots
            self._ended.wait(_LOOK_SECONDS)

    def _tell_of_others(self, client: distributed.Client, workers: list[str]) -> None:
        found = client.run(identity_of, workers=workers, on_error="return") if workers else {}
        for address, theirs in found.items():
            if isinstance(theirs, Identity):
                self._tell(f"{address} is not used: {theirs.differences(self._identity)}")
            else:
                self._tell(
                    f"{address} is not used: it was started neither by autograder worker nor with --preload "
                    "autograder.cluster.worker, or could not have its sandbox, as its log says"
                )
