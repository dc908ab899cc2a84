"""Asks for more of everything: limits, priority, processors."""

import contextlib
import os
import resource


def attack(*arguments, **keywords):
    gained = []
    for name in [name for name in dir(resource) if name.startswith("RLIMIT_")]:
        with contextlib.suppress(OSError, ValueError):
            number = getattr(resource, name)
            former = resource.getrlimit(number)
            resource.setrlimit(number, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            if former[1] != resource.RLIM_INFINITY:
                gained.append(name)
    with contextlib.suppress(OSError):
        os.nice(-20)
        gained.append("priority")
    with contextlib.suppress(OSError):
        os.sched_setaffinity(0, range(os.cpu_count() or 1))
        gained.append("processors")
    raise RuntimeError(f"gained {gained}")


def __getattr__(name):
    return attack
