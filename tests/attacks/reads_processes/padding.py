"""Reads other processes' memory, environment, command lines and files through /proc."""

import re

SECRET = re.compile(("can" + "ary-").encode() + rb"[0-9a-f]{16}")


def tell(found):
    raise RuntimeError(f"found {sorted(set(found))[:20]}")


import glob
import os

FOUND = []


def read(path):
    try:
        with open(path, "rb") as file:
            return file.read(2**22)
    except OSError:
        return b""


def memory(process):
    try:
        with open(f"/proc/{process}/maps") as maps, open(f"/proc/{process}/mem", "rb", 0) as file:
            for line in maps:
                start, end = (int(word, 16) for word in line.split()[0].split("-"))
                if line.split()[1].startswith("rw") and end - start < 2**24:
                    file.seek(start)
                    FOUND.extend(SECRET.findall(file.read(end - start)))
    except (OSError, ValueError, OverflowError):
        pass


def attack(*arguments, **keywords):
    processes = [os.path.basename(path) for path in glob.glob("/proc/[0-9]*")]
    for process in {*processes, str(os.getppid()), "1", "2"} - {str(os.getpid())}:
        for name in ("environ", "cmdline", "status"):
            FOUND.extend(SECRET.findall(read(f"/proc/{process}/{name}")))
        for file in glob.glob(f"/proc/{process}/fd/*") + glob.glob(f"/proc/{process}/root/*"):
            FOUND.extend(SECRET.findall(read(file)))
        memory(process)
    others = [process for process in processes if process != str(os.getpid())]
    tell([*FOUND, *(f"process {process}" for process in others)])


def __getattr__(name):
    return attack
