"""To see a run of the grader: the bar on the terminal, the log, the metrics."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from autograder.grade import Assignment, Done
from autograder.pace import Pace
from autograder.run_log import RunLog


class CannotFollow(Exception):
    """The log or the metrics cannot be had; the text says why."""


class Following:
    """A context around a run.

    Args:
        console: for the bar.
        assignment: what is graded.
        submissions: how many.
        log: the file of the log, None for no log.
        metrics: the port of the metrics, None for none.

    Attributes:
        pace: how it goes.
        finished: how many are done.
        reason: how it ended, for the log.
    """

    def __init__(
        self,
        console: Console,
        assignment: Assignment,
        submissions: int,
        log: Path | None,
        metrics: int | None,
    ):
        self.pace = Pace()
        self.finished = 0
        self.reason = "stopped"
        self._console = console
        self._assignment = assignment
        self._submissions = submissions
        self._log_path, self._port = log, metrics
        self._stack = ExitStack()
        self._told = [self.pace.graded]

    def __enter__(self) -> Following:
        with ExitStack() as stack:
            if self._port is not None:
                stack.callback(self._start_metrics(self._port))
            if self._log_path is not None:
                self._start_log(self._log_path, stack)
            self._progress = stack.enter_context(
                Progress(
                    TextColumn("grading"),
                    BarColumn(),
                    MofNCompleteColumn(),
                    TimeRemainingColumn(),
                    TextColumn("{task.description}"),
                    console=self._console,
                    transient=True,
                )
            )
            self._task = self._progress.add_task("", total=self._submissions)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def done(self, done: Done) -> None:
        """Tell of a submission."""
        self.finished += 1
        for tell in self._told:
            tell(done)
        self._progress.update(self._task, advance=1, description=self.pace.now())

    def _start_metrics(self, port: int) -> Callable[[], None]:
        try:
            from autograder.metrics import Metrics
        except ModuleNotFoundError:
            raise CannotFollow("--metrics needs prometheus-client: pip install '.[metrics]'") from None
        try:
            metrics = Metrics(port, self._submissions)
        except (OSError, OverflowError) as error:
            raise CannotFollow(f"--metrics {port}: {getattr(error, 'strerror', None) or error}") from None
        self._told.append(metrics.graded)
        self._console.print(f"metrics: http://127.0.0.1:{metrics.port}/metrics", markup=False)
        return metrics.close

    def _start_log(self, path: Path, stack: ExitStack) -> None:
        try:
            log = RunLog(path)
        except OSError as error:
            raise CannotFollow(f"--log {path}: {error.strerror}") from None
        log.started(self._assignment, self._submissions)
        self._told.append(log.graded)
        stack.callback(lambda: log.finished(self.reason))
