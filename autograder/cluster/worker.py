"""`autograder worker`, which examines submissions for graders on other machines until it is stopped.

A worker that Dask's own launchers start becomes one with `--preload autograder.cluster.worker`.
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

# How long we wait before we look for a lost scheduler again.
_PAUSE_SECONDS = 1.0


def _try_the_sandbox(level: Level) -> None:
    """Have one candidate started that holds nothing.

    Raises:
        Unavailable: if this machine does not provide that sandbox.
    """
    nothing = Course(title="", exercises=())
    with (
        tempfile.TemporaryDirectory(prefix="autograder-") as folder,
        Servers(Path(folder), nothing, [], level, []) as servers,
    ):
        servers.running()


def work(address: str, at_a_time: int, level: Level, notify: Callable[[str], None]) -> None:
    """Work until SIGINT or SIGTERM. A worker process that dies is replaced; a scheduler is waited for.

    Args:
        address: of the scheduler, as `tcp://host:8786`.
        at_a_time: so many submissions are examined at once.
        level: the sandbox around each.
        notify: is called with each line about its progress.

    Raises:
        NoCluster: if it is not an address, or nothing can be connected to it.
        Unavailable: if this machine does not provide that sandbox.
    """
    check_address(address)
    _try_the_sandbox(level)
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    dask.config.set(
        {
            "distributed.comm.timeouts.connect": f"{PATIENCE_SECONDS} s",
            # It would sample every thread a hundred times a second: they wait for examiners.
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
                # What a submission may take is limited where it runs.
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
    """Make a worker that Dask has started ready for submissions; Dask finds this by its name."""
    level = Level(sandbox)
    _try_the_sandbox(level)
    await worker.plugin_add(ExaminerPlugin(own_identity(level)), catch_errors=False)
