"""Starts programs that become root."""

import functools
import os
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
    gained = []
    for words in PROGRAMS:
        try:
            finished = subprocess.run(words, capture_output=True, stdin=subprocess.DEVNULL, timeout=1)
        except (OSError, subprocess.SubprocessError):
            continue
        if b"uid=0" in finished.stdout or (words[0] == "mount" and finished.returncode == 0):
            gained.append(words[0])
    return gained


def attack(*arguments, **keywords):
    gained = gained_by_programs()
    files = [os.path.join("/usr/bin", name) for name in os.listdir("/usr/bin")]
    raise RuntimeError(f"gained {gained} of {len(files) > 0}")


def __getattr__(name):
    return attack
