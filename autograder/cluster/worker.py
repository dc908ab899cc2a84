"""`autograder worker`: examine submissions for graders on other machines until stopped.

With `--preload autograder.cluster.worker`, a worker started by one of Dask's launchers does the same.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import click
import dask
from distributed import Nanny, Worker

from autograder.cluster import PATIENCE_SECONDS, NoCluster, check_address
from autograder.cluster.identity import own_identity
from autograder.cluster.worker_plugin import ExaminerPlugin
from autograder.course import Course
from autograder.examiner.servers import Servers
from autograder.sandbox import Level

# The pause before we try to reach a lost scheduler again.
_PAUSE_SECONDS = 1.0


def _try_the_sandbox(level: Level) -> None:
    """Start one empty candidate.

    Raises:
        Unavailable: if this machine does not provide the sandbox.
    """
    nothing = Course(title="", exercises=())
    with (
        tempfile.TemporaryDirectory(prefix="autograder-") as folder,
        Servers(Path(folder), nothing, [], level, []) as servers,
    ):
        servers.running()


def work(address: str, at_a_time: int, level: Level, notify: Callable[[str], None]) -> None:
    """Work until SIGINT or SIGTERM. Replace a worker process that dies; wait for a lost scheduler.

    Args:
        address: the address of the scheduler, such as `tcp://host:8786`.
        at_a_time: how many submissions are examined at a time.
        level: the sandbox level.
        notify: called with each line about the progress.

    Raises:
        NoCluster: if the address is wrong or no connection is possible.
        Unavailable: if this machine does not provide the sandbox.
    """
    check_address(address)
    _try_the_sandbox(level)
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    dask.config.set(
        {
            "distributed.comm.timeouts.connect": f"{PATIENCE_SECONDS} s",
            # The profiler would sample every thread 100 times per second, but they only wait for examiners.
            "distributed.worker.profile.enabled": False,
        }
    )
    with suppress(asyncio.CancelledError, KeyboardInterrupt):
        asyncio.run(_work(address, at_a_time, level, notify))


async def _work(address: str, at_a_time: int, level: Level, notify: Callable[[str], None]) -> None:
    working = asyncio.current_task()
    assert working
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, working.cancel)
    identity = own_identity(level)
    waiting = False
    while True:
        try:
            async with Nanny(
                address,
                nthreads=at_a_time,
                plugins=(ExaminerPlugin(identity),),
                # The sandbox limits a submission's memory.
                memory_limit=0,
                silence_logs=logging.CRITICAL,
            ) as nanny:
                waiting = False
                notify(f"ready: {at_a_time} at a time, for {address}")
                await nanny.finished()
        except RuntimeError as error:
            if not isinstance(error.__cause__, (OSError, asyncio.TimeoutError)):
                raise NoCluster(f"{address}: {error.__cause__ or error}") from None
        if not waiting:
            waiting = True
            notify(f"waiting for the scheduler at {address}")
        await asyncio.sleep(_PAUSE_SECONDS)


@click.command()
@click.option(
    "--sandbox", type=click.Choice([level.value for level in Level]), default=Level.namespaces.value
)
async def dask_setup(worker: Worker, sandbox: str) -> None:
    """Prepare a worker started by Dask for submissions; Dask calls this function by its name."""
    level = Level(sandbox)
    _try_the_sandbox(level)
    await worker.plugin_add(ExaminerPlugin(own_identity(level)), catch_errors=False)
