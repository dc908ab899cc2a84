"""A pool of examiners on other machines: the workers of a Dask scheduler."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import dask
import distributed
from distributed.client import ClosedClientError, FutureCancelledError
from distributed.comm.core import CommClosedError
from distributed.scheduler import KilledWorker

from autograder.cluster import PATIENCE_SECONDS, NoCluster, check_address
from autograder.cluster.bundle import bundle
from autograder.cluster.identity import Identity, own_identity
from autograder.cluster.worker_plugin import Task, identity_of, run_task
from autograder.course.grading_files import course_files
from autograder.examiner.result import Examination, ExaminerLost
from autograder.grading import Assignment
from autograder.submissions import digest_of

# How often to ask the scheduler for its workers.
_POLL_SECONDS = 1.0
# How many submissions to send for each that a worker examines, so that it never waits for the next one.
_AHEAD = 2
# Dask gives up a task after four workers have ended during it, which may not be the task's fault.
_ATTEMPTS = 3


class ClusterPool:
    """A context in which the workers of a cluster examine submissions.

    A worker with other versions, another kit or another sandbox level gets no task: each worker offers its identity
    as a resource, and each task requires this grader's identity. If the scheduler is lost, we wait until it is back.

    Args:
        address: the address of the scheduler, such as `tcp://host:8786`.
        assignment: what to grade.
        notify: called with each message about the cluster for the instructor.

    Raises:
        NoCluster: on entering, if the address is wrong or no scheduler answers.
    """

    def __init__(self, address: str, assignment: Assignment, notify: Callable[[str], None]):
        self._address = address
        self._folder = assignment.folder
        self._identity = own_identity(assignment.level)
        self._resource = self._identity.resource
        names = assignment.course.with_needs(assignment.names)
        self._course = bundle(course_files(assignment.folder, assignment.course), names)
        self._notify = notify
        self._ended = threading.Event()
        self._connecting = threading.Lock()
        self._changed = threading.Condition()
        self._capacity = 0
        self._sent = 0
        self._known: set[str] = set()

    def __enter__(self) -> ClusterPool:
        # `notify` gets everything that an instructor should know.
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        # Dask would keep the last thousand messages, and each of them contains the course.
        dask.config.set({"distributed.admin.low-level-log-length": 0})
        check_address(self._address)
        try:
            self._client = self._connect()
        except OSError:
            raise NoCluster(
                f"no scheduler answers at {self._address}: start one with dask scheduler"
            ) from None
        self._polling = threading.Thread(target=self._poll, daemon=True)
        self._polling.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        with self._changed:
            self._changed.notify_all()
        self._polling.join()
        with self._connecting:
            self._client.close(timeout=1)

    def examine(
        self,
        files: dict[str, bytes],
        suites: list[Path],
        diagnosed: Iterable[str] = (),
        *,
        stand_ins: Mapping[str, list[str]] | None = None,
    ) -> Examination:
        """Examine a submission on a worker; try again if the worker or the scheduler is lost.

        Raises:
            ExaminerLost: if several workers, or the examiner, ended during the examination.
            Unavailable: if a worker lacks the sandbox that it offered.
            CancelledError: if grading has ended.
        """
        named = tuple(suite.relative_to(self._folder).as_posix() for suite in suites)
        task = Task(self._course, files, digest_of(files), named, tuple(diagnosed), dict(stand_ins or {}))
        for attempt in range(_ATTEMPTS):
            try:
                with self._turn():
                    return self._run(task)
            except KilledWorker:
                if attempt == _ATTEMPTS - 1:
                    raise ExaminerLost("several workers ended while they examined it") from None
        raise AssertionError("unreachable")

    def _run(self, task: Task) -> Examination:
        while True:
            client = self._living_client()
            # If a task is lost with the scheduler, it is sent again; its first result is not used.
            with suppress(FutureCancelledError, ClosedClientError, CommClosedError):
                future = client.submit(run_task, task, pure=False, resources={self._resource: 1})
                return future.result()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait until the workers have capacity for one more task."""
        with self._changed:
            while self._sent >= self._capacity and not self._ended.is_set():
                self._changed.wait()
            self._sent += 1
        try:
            yield
        finally:
            with self._changed:
                self._sent -= 1
                self._changed.notify()

    def _connect(self) -> distributed.Client:
        return distributed.Client(
            self._address, timeout=PATIENCE_SECONDS, set_as_default=False, name="autograder"
        )

    def _living_client(self) -> distributed.Client:
        """Wait for a connected client and return it.

        Raises:
            CancelledError: if grading has ended.
        """
        with self._connecting:
            notified = False
            while not self._ended.is_set():
                if self._client.status == "running":
                    return self._client
                if not notified:
                    notified = True
                    self._notify(f"lost the scheduler at {self._address}: waiting for it to come back")
                if self._client.status == "closed":
                    with suppress(OSError):
                        self._client = self._connect()
                self._ended.wait(_POLL_SECONDS)
            raise CancelledError

    def _poll(self) -> None:
        """Ask for the workers repeatedly until grading ends."""
        waiting = False
        while not self._ended.is_set():
            # The code that sends tasks handles a lost scheduler.
            with suppress(OSError, CancelledError, RuntimeError):
                client = self._living_client()
                workers: dict[str, Any] = client.scheduler_info()["workers"]
                slots = sum(worker["resources"].get(self._resource, 0) for worker in workers.values())
                with self._changed:
                    self._capacity = round(slots) * _AHEAD
                    self._changed.notify_all()
                others = [
                    address
                    for address, worker in workers.items()
                    if self._resource not in worker["resources"]
                ]
                self._report_others(client, [address for address in others if address not in self._known])
                self._known.update(others)
                if not slots and not waiting:
                    self._notify(f"waiting for a worker: start one with autograder worker {self._address}")
                waiting = not slots
            self._ended.wait(_POLL_SECONDS)

    def _report_others(self, client: distributed.Client, workers: list[str]) -> None:
        found = client.run(identity_of, workers=workers, on_error="return") if workers else {}
        for address, theirs in found.items():
            if isinstance(theirs, Identity):
                self._notify(f"{address} is not used: {theirs.differences(self._identity)}")
            else:
                self._notify(
                    f"{address} is not used: start it with autograder worker, or with --preload "
                    "autograder.cluster.worker; if you did, its log says why it has no sandbox"
                )
