"""Grading on more than one machine, by way of dask.distributed, which is an extra.

The grader (`worker_pool`) sends each submission with its course, a `bundle`, to a worker (`worker`, `worker_plugin`) of
the same `identity`, which examines it as the grader itself would, in its own sandbox, and sends back the result.
Only the grader reads submissions and writes results, so a worker that is lost takes none with it.
"""

import re

from autograder import UserError

# Of one grader, on any number of workers: each waits in a thread, its files in memory.
MOST_AT_A_TIME = 512
# How long we wait for a scheduler before we say that it does not answer.
PATIENCE_SECONDS = 5.0


class NoCluster(UserError):
    """The cluster cannot be used; the text says why."""


def check_address(address: str) -> None:
    """Check that an address can be a scheduler's.

    Raises:
        NoCluster: if it cannot.
    """
    from distributed import Security  # an extra

    if not re.fullmatch(r"(tcp|tls)://[^/\s]+:\d+", address):
        raise NoCluster(f"{address}: not the address of a Dask scheduler: write it as tcp://host:8786")
    if address.startswith("tls:") and not Security().get_connection_args("client").get("ssl_context"):
        raise NoCluster(
            f"{address}: Dask has no certificates here: docs/scale.md shows how to configure them"
        )
