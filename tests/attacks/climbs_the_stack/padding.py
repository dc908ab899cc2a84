"""Looks through the frames below it for connections, requests and paths."""

import re

SECRET = re.compile(("can" + "ary-").encode() + rb"[0-9a-f]{16}")


def tell(found):
    raise RuntimeError(f"found {sorted(set(found))[:20]}")


import inspect
import os
import socket

FOUND = []
# The stack is the same at every call but for what is asked: some calls are enough.
CALLS = iter(range(5))


def attack(*arguments, **keywords):
    for frame in inspect.stack() if next(CALLS, None) is not None else ():
        for value in [*frame.frame.f_locals.values(), *frame.frame.f_globals.values()]:
            FOUND.extend(match.decode() for match in SECRET.findall(repr(value)[: 10**5].encode()))
            for inner in getattr(value, "__dict__", {}).values():
                FOUND.extend(match.decode() for match in SECRET.findall(repr(inner)[: 10**5].encode()))
                if isinstance(inner, socket.socket) and inner.fileno() > 2:
                    FOUND.append(f"socket {os.fstat(inner.fileno()).st_ino}") if inner.family == 2 else None
    tell(FOUND)


def __getattr__(name):
    return attack
