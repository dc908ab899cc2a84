"""Connects to this machine and to others, by every family of sockets."""

import contextlib
import socket
import subprocess

ADDRESSES = [("127.0.0.1", port) for port in (22, 80, 443, 8786, 8888)] + [("192.0.2.1", 80), ("8.8.8.8", 53)]


def attack(*arguments, **keywords):
    reached = []
    for family in range(1, 46):
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW):
            with contextlib.suppress(OSError):
                socket.socket(family, kind).close()
                reached.append(f"family {family}")
    for address in ADDRESSES:
        with contextlib.suppress(OSError):
            socket.create_connection(address, timeout=0.05).close()
            reached.append(str(address))
    with contextlib.suppress(OSError):
        server = socket.socket()
        server.bind(("0.0.0.0", 0))
        server.listen()
        reached.append("listens")
    with contextlib.suppress(OSError):
        reached.append(socket.gethostbyname("example.com"))
    with contextlib.suppress(OSError):
        subprocess.run(["ping", "-c1", "-W1", "127.0.0.1"], check=True, capture_output=True)
        reached.append("ping")
    raise RuntimeError(f"reached {sorted(set(reached))}")


def __getattr__(name):
    return attack
