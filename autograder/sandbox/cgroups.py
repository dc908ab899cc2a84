"""Control groups: the kernel's own count of what a candidate and its descendants use, where we may make them.

Nothing escapes that count: it has shared memory, page tables, buffers of sockets, and files in memory. Where there are
no control groups, `usage` measures instead.

Source: https://docs.kernel.org/admin-guide/cgroup-v2.html and https://docs.kernel.org/admin-guide/cgroup-v1/memory.html
"""

from __future__ import annotations

import fcntl
import os
import secrets
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.course import Limits

_PREFIX = "autograder-"
_NEEDED = ("memory", "pids")
_CONTROLLERS = (*_NEEDED, "cpu")
# One processor: all its time in each period, in microseconds.
_PERIOD = 100_000
# Beyond the limits of the course: what the kernel keeps for the processes themselves.
_KERNEL_MIB = 64
# A group can be removed once the kernel has buried its last process.
_BURIAL_SECONDS = 1.0


@dataclass(frozen=True)
class ControlGroups:
    """The folders in which each candidate of a grader gets its own group.

    Attributes:
        version: 1 or 2, the kernel's interface.
        folders: by controller, a folder of the kernel's control group file system. In version 2 they are the same.
    """

    version: int
    folders: dict[str, Path]

    @classmethod
    def from_settings(cls, settings: dict[str, Any]) -> ControlGroups:
        """Return the groups that `settings` was made of."""
        return cls(settings["version"], {name: Path(folder) for name, folder in settings["folders"].items()})

    @property
    def settings(self) -> dict[str, Any]:
        """The same as JSON, for a fork server."""
        return {
            "version": self.version,
            "folders": {name: str(folder) for name, folder in self.folders.items()},
        }

    @property
    def unique(self) -> list[Path]:
        """The folders, each once."""
        return list(dict.fromkeys(self.folders.values()))

    def enter(self, slot: int, limits: Limits, free_bytes: int) -> None:
        """Move the calling process to a new group for a candidate.

        Args:
            slot: the candidate's slot.
            limits: the limits from `grading.toml`.
            free_bytes: memory that the candidate has besides, such as that of the libraries.

        Raises:
            OSError: if the kernel refuses.
        """
        self.remove(slot, _BURIAL_SECONDS)
        for folder in self.unique:
            _of(folder, slot).mkdir()
        for controller, file, value in self._settings(limits, free_bytes):
            path = _of(self.folders[controller], slot) / file
            # The kernel may have been built without swap.
            if path.exists():
                path.write_text(str(value))
        for folder in self.unique:
            (_of(folder, slot) / "cgroup.procs").write_text("0")

    def _settings(self, limits: Limits, free_bytes: int) -> Iterator[tuple[str, str, object]]:
        memory = free_bytes + (limits.memory_mib + limits.files_mib + _KERNEL_MIB) * 2**20
        # One more than allowed: the fork server ends a candidate that has it. And one that makes the namespaces.
        yield "pids", "pids.max", limits.processes + 2
        if self.version == 1:
            yield "memory", "memory.limit_in_bytes", memory
            yield "memory", "memory.memsw.limit_in_bytes", memory
        else:
            yield "memory", "memory.max", memory
            yield "memory", "memory.swap.max", 0
            yield "memory", "memory.oom.group", 1
        if "cpu" in self.folders and self.version == 1:
            yield "cpu", "cpu.cfs_period_us", _PERIOD
            yield "cpu", "cpu.cfs_quota_us", _PERIOD
        elif "cpu" in self.folders:
            yield "cpu", "cpu.max", f"{_PERIOD} {_PERIOD}"

    def ran_out_of_memory(self, slot: int) -> bool:
        """Return True if the kernel has ended a process of a candidate because there was no memory left."""
        file = "memory.oom_control" if self.version == 1 else "memory.events"
        with suppress(OSError):
            lines = (_of(self.folders["memory"], slot) / file).read_text().splitlines()
            return any(int(count) for name, count in map(str.split, lines) if name == "oom_kill")
        return False

    def moved(self, folder: Path) -> ControlGroups:
        """Return the same folders as they are seen where the first of `unique` is `folder`/0, the next `folder`/1."""
        numbers = {own: str(number) for number, own in enumerate(self.unique)}
        return ControlGroups(
            self.version, {controller: folder / numbers[own] for controller, own in self.folders.items()}
        )

    def remove(self, slot: int, patience: float = 0.0) -> None:
        """Remove the group of a candidate that has ended, if there is one.

        Args:
            slot: the candidate's slot.
            patience: how many seconds to wait for its last process.

        Raises:
            OSError: if it still has processes.
        """
        end = time.monotonic() + patience
        for folder in self.unique:
            while True:
                try:
                    _of(folder, slot).rmdir()
                except FileNotFoundError:
                    pass
                except OSError:
                    if time.monotonic() < end:
                        time.sleep(0.01)
                        continue
                    raise
                break


def _of(folder: Path, slot: int) -> Path:
    return folder / f"candidate-{slot}"


@contextmanager
def reserved() -> Iterator[ControlGroups | None]:
    """Make the folders for a grader's candidates, and remove them at the end; None where the machine has none for us.

    What graders that were killed have left is removed too: each grader locks its folders.
    """
    with ExitStack() as cleanup:
        yield next(filter(None, (_made(version, places, cleanup) for version, places in _places())), None)


def _made(version: int, places: dict[str, Path], cleanup: ExitStack) -> ControlGroups | None:
    """Return new folders in these places; None if the kernel refuses."""
    name = f"{_PREFIX}{secrets.token_hex(8)}"
    with ExitStack() as undo, suppress(OSError, subprocess.SubprocessError):
        for place in set(places.values()):
            _remove_left(place)
            (place / name).mkdir(mode=0o700)
            undo.callback(_remove, place / name)
            undo.callback(os.close, _locked(place / name))
        groups = ControlGroups(version, {controller: place / name for controller, place in places.items()})
        if version == 2:
            enabled = " ".join(f"+{controller}" for controller in places)
            (groups.folders["memory"] / "cgroup.subtree_control").write_text(enabled)
        _try(groups)
        cleanup.push(undo.pop_all())
        return groups
    return None


def _try(groups: ControlGroups) -> None:
    """Move a process to a new group: a machine may let us make groups, and not that.

    Raises:
        OSError, SubprocessError: if the kernel refuses.
    """
    process = subprocess.Popen(["sleep", "60"])
    try:
        for folder in groups.unique:
            _of(folder, 0).mkdir()
            (_of(folder, 0) / "cgroup.procs").write_text(str(process.pid))
    finally:
        process.kill()
        process.wait()
        groups.remove(0, _BURIAL_SECONDS)


def _locked(folder: Path) -> int:
    """Return a descriptor that locks a folder.

    Raises:
        OSError: if another grader has locked it, or it is gone.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _remove_left(place: Path) -> None:
    for folder in place.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            lock = _locked(folder)
            _remove(folder)
            os.close(lock)


def _remove(folder: Path) -> None:
    """Remove a grader's folder and the groups in it, as far as they have no processes any more."""
    with suppress(OSError):
        for group in [*folder.glob("candidate-*"), folder]:
            group.rmdir()


def _places() -> Iterator[tuple[int, dict[str, Path]]]:
    """Yield where a grader may be able to make groups: the version, and by controller a folder.

    In version 2, a group with processes cannot have groups whose resources are limited, so the groups above this
    process's own come into question too.
    """
    with suppress(OSError):
        own = _own_groups()
        mounts = [line.split() for line in Path("/proc/self/mountinfo").read_text().splitlines()]
        found: dict[str, Path] = {}
        for fields in mounts:
            root, point, kind, options = Path(fields[3]), Path(fields[4]), fields[-3], fields[-1].split(",")
            if kind == "cgroup2" and own.get("", Path()).is_relative_to(root):
                folder = point / own[""].relative_to(root)
                for place in (folder, *folder.parents):
                    if place.is_relative_to(point) and (controllers := _enabled(place)):
                        yield 2, dict.fromkeys(controllers, place)
            for controller in set(options) & set(_CONTROLLERS) if kind == "cgroup" else ():
                if controller in own and own[controller].is_relative_to(root):
                    found[controller] = point / own[controller].relative_to(root)
        if set(_NEEDED) <= set(found):
            yield 1, found


def _own_groups() -> dict[str, Path]:
    """Return by controller the group of this process; version 2 has an empty name."""
    lines = Path("/proc/self/cgroup").read_text().splitlines()
    parts = (line.split(":", 2) for line in lines)
    return {controller: Path(path) for _, names, path in parts for controller in names.split(",")}


def _enabled(place: Path) -> list[str]:
    """Return the controllers that limit the groups in a group of version 2; empty if the needed ones do not."""
    with suppress(OSError):
        enabled = (place / "cgroup.subtree_control").read_text().split()
        if set(_NEEDED) <= set(enabled):
            return [controller for controller in _CONTROLLERS if controller in enabled]
    return []
