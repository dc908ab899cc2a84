"""Show training progress: a progress bar, a line for each validation, TensorBoard logs."""

from __future__ import annotations

import contextlib
import importlib.util
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as ProgressBar

from trainer import TrainerError
from trainer.runs import Progress, Run


@contextlib.contextmanager
def progress_display(
    session: Run, console: Console, logs: Path | None = None
) -> Iterator[Callable[[Progress], None]]:
    """Yield a function that shows the progress of a run.

    An asterisk at the end of a line marks the best validation accuracy so far.

    Args:
        session: the run.
        console: where to print; without a terminal there is no progress bar.
        logs: the folder for TensorBoard logs; None writes no logs.
    """
    first = len(session.history.losses)
    started = time.monotonic()
    bar = ProgressBar(
        TextColumn("{task.fields[accuracy]}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[speed]}"),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal or not session.writes,
    )
    writer = None
    if logs:
        if not importlib.util.find_spec("tensorboard"):
            raise TrainerError("--logs needs TensorBoard: pip install 'convolution-course[logs]'")
        import tensorflow as tf  # takes seconds

        writer = tf.summary.create_file_writer(str(logs))

    def watch(progress: Progress) -> None:
        speed = (progress.iteration - first) / max(time.monotonic() - started, 1e-9)
        accuracy = "" if progress.accuracy is None else f"validation {progress.accuracy:.1%}"
        bar.update(task, completed=progress.iteration, accuracy=accuracy, speed=f"{speed:,.1f} it/s")
        if progress.improved is None:
            return
        if session.writes:
            star = " *" if progress.improved else ""
            console.print(
                f"iteration {progress.iteration:>6,}: loss {progress.loss:<10.4g} {accuracy}{star}",
                markup=False,
            )
        if writer:
            _log(writer, session, progress)

    with bar:
        task = bar.add_task("", total=session.settings.iterations, completed=first, accuracy="", speed="")
        yield watch
    if writer:
        writer.close()


def _log(writer: Any, session: Run, progress: Progress) -> None:
    """Write the losses since the last call, the accuracy and the weights for TensorBoard."""
    import tensorflow as tf

    history = session.history
    former = history.validations[-2][0] if len(history.validations) > 1 else 0
    with writer.as_default():
        for step in range(former, progress.iteration):
            tf.summary.scalar("loss", history.losses[step], step + 1)
        tf.summary.scalar("validation accuracy", progress.accuracy, progress.iteration)
        for name, array in session.training.arrays().items():
            tf.summary.histogram(name, array, progress.iteration)
    writer.flush()
