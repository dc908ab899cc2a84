"""The progress of a grading run: the bar on the terminal, and the log."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from autograder import UserError
from autograder.grading import Assignment, Done
from autograder.progress.pace import Pace
from autograder.progress.run_log import RunLog


class ProgressBar:
    """A context for a run.

    Args:
        console: the console for the bar.
        assignment: what to grade.
        submissions: the number of submissions.
        log: the log file; None for no log.

    Attributes:
        pace: the pace of the run.
        finished: the number of finished submissions.
        reason: how the run ended, for the log.
    """

    def __init__(self, console: Console, assignment: Assignment, submissions: int, log: Path | None):
        self.pace = Pace()
        self.finished = 0
        self.reason = "stopped"
        self._console = console
        self._assignment = assignment
        self._submissions = submissions
        self._log_path = log
        self._stack = ExitStack()
        self._listeners = [self.pace.graded]

    def __enter__(self) -> ProgressBar:
        with ExitStack() as stack:
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
        """Count a submission, log it and move the bar."""
        self.finished += 1
        for listener in self._listeners:
            listener(done)
        self._progress.update(self._task, advance=1, description=self.pace.now())

    def _start_log(self, path: Path, stack: ExitStack) -> None:
        try:
            log = RunLog(path)
        except OSError as error:
            raise UserError(f"--log {path}: {error.strerror}") from None
        log.started(self._assignment, self._submissions)
        self._listeners.append(log.graded)
        stack.callback(lambda: log.finished(self.reason))
