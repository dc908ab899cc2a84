"""Starts programs that become root."""

import functools
import subprocess

PROGRAMS = (
    ["su", "-c", "id"],
    ["sudo", "-n", "id"],
    ["mount", "-t", "tmpfs", "x", "/mnt"],
    ["newgrp"],
    ["pkexec", "id"],
)


@functools.cache
def gained_by_programs():
    found, gained = 0, []
    for words in PROGRAMS:
        try:
            finished = subprocess.run(words, capture_output=True, stdin=subprocess.DEVNULL, timeout=1)
        except OSError:
            continue
        except subprocess.SubprocessError:
            found += 1
            continue
        found += 1
        if b"uid=0" in finished.stdout or (words[0] == "mount" and finished.returncode == 0):
            gained.append(words[0])
    return f"gained {gained} of {found}"


def attack(*arguments, **keywords):
    raise RuntimeError(gained_by_programs())


def __getattr__(name):
    return attack
