"""Grading on more than one machine with dask.distributed, which is an extra.

The grader (`worker_pool`) sends each submission with its course, a `bundle`, to a worker (`worker`, `worker_plugin`)
with the same `identity`. The worker examines it in its own sandbox, as the grader would, and sends back the result.
Only the grader reads submissions and writes results, so nothing is lost with a worker.
"""

import re

from autograder import UserError

# The maximum for one grader with any number of workers: each submission needs a thread, and memory for its files.
MOST_AT_A_TIME = 512
# How long to wait for a scheduler before we report that it does not answer.
PATIENCE_SECONDS = 5.0


class NoCluster(UserError):
    """The cluster cannot be used; the text says why."""


def check_address(address: str) -> None:
    """Check the form of a scheduler's address.

    Raises:
        NoCluster: if it is wrong.
    """
    from distributed import Security  # an extra

    if not re.fullmatch(r"(tcp|tls)://[^/\s]+:\d+", address):
        raise NoCluster(f"{address} is not the address of a Dask scheduler: use the form tcp://host:8786")
    if address.startswith("tls:") and not Security().get_connection_args("client").get("ssl_context"):
        raise NoCluster(f"{address}: Dask has no certificates configured: see docs/scale.md")
