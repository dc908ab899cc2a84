"""Grading on more than one machine, by way of dask.distributed, which is an extra.

The grader (`examinations`) sends each submission with its course to a worker (`worker`, `desk`) of the same
`identity`, which examines it as the grader itself would, in a sandbox of its own, and sends back what came of
it. Only the grader reads submissions and writes results, so a worker that is lost takes none with it.
"""

import re

# Of one grader, on whatever number of workers: each waits in a thread, its files in memory.
MOST_AT_A_TIME = 512
# How long a scheduler is waited for before it is said that it is not there.
PATIENCE_SECONDS = 5.0


class NoCluster(Exception):
    """The cluster cannot be had; the text says why."""


def check_address(address: str) -> None:
    """Check that an address can be a scheduler's.

    Raises:
        NoCluster: where it cannot.
    """
    from distributed import Security  # an extra

    if not re.fullmatch(r"(tcp|tls)://[^/\s]+:\d+", address):
        raise NoCluster(f"{address}: no address of a Dask scheduler: write it as tcp://host:8786")
    if address.startswith("tls:") and not Security().get_connection_args("client").get("ssl_context"):
        raise NoCluster(
            f"{address}: Dask knows no certificates here: docs/scale.md says how it is told of them"
        )
