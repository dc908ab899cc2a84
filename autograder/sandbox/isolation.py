"""Isolate a candidate after its fork, before it runs any code of the submission.

Isolation cannot be undone: the namespaces contain only the candidate, its mounts are read-only except for one small
folder, and it has no capabilities and can get none.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from autograder.course import Limits
from autograder.sandbox import Level, landlock, leftovers, limits, syscalls, usage
from autograder.sandbox.bubblewrap import GROUPS, SUBMISSION, TEMPORARY
from autograder.sandbox.cgroups import ControlGroups
from autograder.sandbox.disk import FileMeter

# The maximum number of candidates of one grader at a time, if root grades.
USERS = 64
# For the source files of a submission.
_SUBMISSION_MIB = 64
# In a candidate's folder on disk, the only one that it may write to.
_HOME = "tmp"


@dataclass(frozen=True)
class Directories:
    """The two directories of a candidate.

    Attributes:
        submission: the folder with its modules; writable only at the level `none`.
        temporary: its home folder, the only writable folder.
    """

    submission: Path
    temporary: Path


class Isolation:
    """The isolation at one level: the fork server prepares it once, each candidate enters it.

    Args:
        level: the sandbox level.
        most: the limits from `grading.toml`.
        first_user: if root grades, the first user ID for candidates (see `users.first_of`).
        first_processor: the processor of the first candidate; the next candidates use the next processors.
        open_folders: at the level `user`, folders in which candidates may leave files (see `users.open_folders`).
        groups: where candidates get control groups; None if this machine has none for us.

    Raises:
        OSError: if this machine does not support the level.
    """

    def __init__(
        self,
        level: Level,
        most: Limits,
        first_user: int | None,
        first_processor: int,
        open_folders: Sequence[Path] = (),
        groups: ControlGroups | None = None,
    ):
        self.level = level
        self.limits = most
        self._first_user = first_user
        self._first_processor = first_processor
        self._open_folders = open_folders
        self._groups = groups
        self._filter = None if level is Level.none else syscalls.SystemCallFilter()
        self._has_landlock = level is Level.user and landlock.works_here()
        self._files = FileMeter(open_folders) if level is Level.user else None
        if level is Level.user:
            leftovers.clean_up(range(self._user(0), self._user(USERS)), open_folders)

    def enter(self, folder: Path, slot: int, announce: Callable[[int], None]) -> Directories:
        """Enter namespaces; return in a process whose only link to the outside is its connection.

        Args:
            folder: an empty folder, which the fork server removes at the end.
            slot: a number that no other running candidate has.
            announce: called with this candidate's process ID as the fork server sees it.

        Raises:
            OSError: if the kernel refuses.
        """
        if self._first_user is not None and slot >= USERS:
            raise OSError(f"more than {USERS} candidates at a time")
        if self.level is not Level.none:
            # One processor each, so that a candidate slows down only itself.
            processors = sorted(os.sched_getaffinity(0))
            os.sched_setaffinity(0, {processors[(self._first_processor + slot) % len(processors)]})
        if self._groups:
            self._groups.enter(slot, self.limits, usage.own_memory(os.getpid()))
        if self.level is not Level.namespaces:
            announce(os.getpid())
            return self._directories_on_disk(folder, slot)
        kernel_facts = {name: Path("/proc", name).read_bytes() for name in ("cpuinfo", "meminfo")}
        program = os.readlink("/proc/self/exe")
        limits.limit_memory(self.limits)  # reads /proc, which is replaced below
        _unshare()
        process = os.fork()
        if process:
            announce(process)
            os._exit(0)
        syscalls.stop_sharing_mounts()
        if self._groups:
            syscalls.mount_tmpfs(GROUPS, "size=4k,mode=000")
        owner = f"mode=700,uid={self._user(slot)},gid={self._group(slot)}"
        syscalls.mount_tmpfs(TEMPORARY, f"size={self.limits.files_mib}m,nr_inodes=10k,{owner}")
        syscalls.mount_tmpfs(SUBMISSION, f"size={_SUBMISSION_MIB}m,{owner}")
        _hide_processes(program, kernel_facts)
        return Directories(Path(SUBMISSION), Path(TEMPORARY))

    def _directories_on_disk(self, folder: Path, slot: int) -> Directories:
        directories = Directories(folder / "submission", folder / _HOME)
        directories.submission.mkdir()
        directories.temporary.mkdir(mode=0o700)
        if self.level is Level.user:
            # Owned by root, so that the candidate cannot change it; only this candidate's group can enter it.
            os.chown(folder, 0, self._group(slot))
            folder.chmod(0o750)
            os.chown(directories.temporary, self._user(slot), self._group(slot))
        limits.limit_memory(self.limits)
        return directories

    def restrict(self, slot: int, temporary: Path) -> None:
        """Drop all privileges, after the submission's files are written.

        Args:
            slot: as in `enter`.
            temporary: the only folder that stays writable.

        Raises:
            OSError: if the kernel refuses.
        """
        limits.limit_resources(self.limits, self.level)
        if self.level is Level.namespaces:
            syscalls.make_read_only(SUBMISSION)
        if self._filter is None:
            return
        if self._first_user is not None:
            user, group = self._user(slot), self._group(slot)
            os.setgroups([])
            os.setresgid(group, group, group)
            os.setresuid(user, user, user)
        if self.level is Level.user:
            syscalls.end_with_parent()
        syscalls.give_up_privileges()
        if self._has_landlock:
            landlock.write_only_below(temporary)
        self._filter.load()

    def files_exceed(self, slot: int, folder: Path, processes: list[int]) -> bool:
        """Return True if a candidate's files are more than allowed, where the kernel does not see to it.

        Args:
            slot: the candidate's slot.
            folder: the folder that `enter` got.
            processes: the candidate and its descendants.
        """
        most = self.limits.files_mib * 2**20
        return self._files is not None and self._files.exceed(
            folder / _HOME, self._user(slot), processes, most
        )

    @property
    def has_groups(self) -> bool:
        """True if the kernel counts the memory of each candidate."""
        return self._groups is not None

    def ran_out_of_memory(self, slot: int) -> bool:
        """Return True if the kernel has ended a process of a candidate because its group has no more memory."""
        return self._groups is not None and self._groups.ran_out_of_memory(slot)

    def _user(self, slot: int) -> int:
        return os.getuid() if self._first_user is None else self._first_user + slot

    def _group(self, slot: int) -> int:
        return os.getgid() if self._first_user is None else self._first_user + slot

    def clean_up(self, slot: int) -> None:
        """Remove a candidate's control group; outside namespaces, end its processes and remove its files before."""
        if self.level is Level.user:
            leftovers.end_processes(self._user(slot))
            leftovers.remove_files(range(self._user(slot), self._user(slot + 1)), self._open_folders)
        if self._groups:
            # The next candidate in this slot removes what still has a process.
            with suppress(OSError):
                self._groups.remove(slot)


def _unshare() -> None:
    flags = (
        syscalls.NEW_MOUNTS
        | syscalls.NEW_HOST_NAME
        | syscalls.NEW_IPC
        | syscalls.NEW_PROCESSES
        | syscalls.NEW_NETWORK
    )
    if os.getuid() == 0:
        syscalls.unshare(flags)
        return
    # Without root, namespaces can be created only inside a new user namespace.
    user, group = os.getuid(), os.getgid()
    syscalls.unshare(flags | syscalls.NEW_USER)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1")


def _hide_processes(program: str, facts: dict[str, bytes]) -> None:
    """Replace /proc by the few files that TensorFlow needs."""
    syscalls.mount_tmpfs("/proc", "size=1m,mode=755")
    for name, content in facts.items():
        Path("/proc", name).write_bytes(content)
    own = Path("/proc/self")
    own.mkdir()
    (own / "exe").symlink_to(program)
    (own / "cmdline").write_bytes(b"python\0")
    syscalls.make_read_only("/proc")
