"""Linux system calls that Python's standard library lacks; errors become OSErrors."""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import socket

# linux/sched.h
NEW_MOUNTS, NEW_HOST_NAME, NEW_IPC = 0x00020000, 0x04000000, 0x08000000
NEW_USER, NEW_PROCESSES, NEW_NETWORK = 0x10000000, 0x20000000, 0x40000000
# sys/mount.h
READ_ONLY, NO_SET_UID, NO_DEVICES, REMOUNT = 1, 2, 4, 32
_RECURSIVE, _PRIVATE = 0x4000, 0x40000
# linux/prctl.h
_SET_PARENT_DEATH_SIGNAL, _SET_CHILD_SUBREAPER, _SET_NO_NEW_PRIVILEGES = 1, 36, 38
# linux/capability.h: version 3, two sets of 32
_CAPABILITY_VERSION = 0x20080522

# System calls that no exercise needs. Some have had kernel vulnerabilities (namespaces, mounts, memory of other
# processes, BPF, io_uring), some use memory that no process shows (pages in pipes, sockets in messages), some leave
# things behind that outlive every process (shared memory, semaphores, queues, attributes of files), one changes the
# processor.
_DENIED = (
    *("unshare", "setns", "mount", "umount2", "pivot_root", "chroot", "move_mount", "open_tree"),
    *("fsopen", "fsconfig", "fsmount", "fspick", "mount_setattr"),
    *("ptrace", "process_vm_readv", "process_vm_writev", "kcmp", "pidfd_getfd"),
    *("bpf", "perf_event_open", "userfaultfd", "keyctl", "add_key", "request_key"),
    *("io_uring_setup", "io_uring_enter", "io_uring_register"),
    *(
        "memfd_create",
        "memfd_secret",
        "vmsplice",
        "splice",
        "tee",
        "sendmsg",
        "sendmmsg",
        "sched_setaffinity",
    ),
    *("shmget", "shmat", "shmctl", "msgget", "msgsnd", "msgrcv", "msgctl", "mq_open", "mq_unlink"),
    *("semget", "semop", "semtimedop", "semctl", "setxattr", "lsetxattr", "fsetxattr", "setxattrat"),
)
# seccomp.h
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_NOT_EQUAL, _MASKED_EQUAL = 1, 7
# sys/mman.h
_SHARED_AND_ANONYMOUS, _HUGE_PAGES = 0x21, 0x40000
# fcntl.h
_SET_PIPE_SIZE = 1031


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _check(result: int, what: str) -> None:
    if result:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def unshare(flags: int) -> None:
    """Move this process into new namespaces.

    Raises:
        OSError: if the kernel refuses.
    """
    _check(_libc().unshare(flags), "unshare")


def stop_sharing_mounts() -> None:
    """Keep later mounts inside this process's namespace."""
    _check(_libc().mount(b"none", b"/", None, _RECURSIVE | _PRIVATE, None), "mount /")


def mount_tmpfs(target: str, options: str) -> None:
    """Mount an empty file system in memory."""
    flags = NO_SET_UID | NO_DEVICES
    _check(_libc().mount(b"tmpfs", target.encode(), b"tmpfs", flags, options.encode()), f"mount {target}")


def make_read_only(target: str) -> None:
    """Mount `target` again, read-only."""
    flags = REMOUNT | READ_ONLY | NO_SET_UID | NO_DEVICES
    _check(_libc().mount(None, target.encode(), None, flags, None), f"mount {target}")


def end_with_parent() -> None:
    """Have the kernel kill this process when its parent ends; a change of user resets this."""
    _check(_libc().prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0), "prctl")


def adopt_orphans() -> None:
    """Become the parent of all orphaned descendants."""
    _check(_libc().prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0), "prctl")


def give_up_privileges() -> None:
    """Drop every capability, so that no started program gets any back."""
    libc = _libc()
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
    _check(libc.capset(header, (ctypes.c_uint32 * 6)()), "capset")
    _check(libc.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0), "prctl")


class _Comparison(ctypes.Structure):
    """`struct scmp_arg_cmp`."""

    _fields_ = (
        ("argument", ctypes.c_uint),
        ("operation", ctypes.c_int),
        ("first", ctypes.c_uint64),
        ("second", ctypes.c_uint64),
    )


def _is(argument: int, value: int) -> _Comparison:
    """Compare an `int`: the kernel ignores the upper half of the register."""
    return _Comparison(argument, _MASKED_EQUAL, 0xFFFFFFFF, value)


class SystemCallFilter:
    """A filter that makes system calls fail; libseccomp builds it once, each candidate loads it.

    Raises:
        OSError: if libseccomp is not installed.
    """

    def __init__(self) -> None:
        self._library = library = ctypes.CDLL("libseccomp.so.2")
        library.seccomp_init.restype = ctypes.c_void_p
        library.seccomp_init.argtypes = [ctypes.c_uint32]
        library.seccomp_load.argtypes = [ctypes.c_void_p]
        library.seccomp_rule_add_array.argtypes = [
            *(ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint),
            ctypes.POINTER(_Comparison),
        ]
        self._filter = library.seccomp_init(_ALLOW)
        for name in _DENIED:
            self._deny(name, errno.EPERM)
        # No network at any level; `socketpair` stays allowed.
        self._deny("socket", errno.EACCES)
        self._deny("socketpair", errno.EACCES, _Comparison(0, _NOT_EQUAL, socket.AF_UNIX))
        self._deny("clone", errno.EPERM, _Comparison(0, _MASKED_EQUAL, NEW_USER, NEW_USER))
        # Its arguments are in memory, which a filter cannot read; the C library then uses `clone`.
        self._deny("clone3", errno.ENOSYS)
        # Pages of memory without a file that is shared stay although no process shows them any more.
        for flags in (_SHARED_AND_ANONYMOUS, _HUGE_PAGES):
            self._deny("mmap", errno.ENOMEM, _Comparison(3, _MASKED_EQUAL, flags, flags))
        # So that every buffer of a socket or pipe has the size that `usage` takes for granted.
        self._deny("setsockopt", errno.EPERM, _is(1, socket.SOL_SOCKET), _is(2, socket.SO_SNDBUF))
        self._deny("fcntl", errno.EPERM, _is(1, _SET_PIPE_SIZE))

    def _deny(self, name: str, error: int, *comparisons: _Comparison) -> None:
        number = self._library.seccomp_syscall_resolve_name(name.encode())
        if number < 0:
            return  # this architecture or libseccomp version does not have the call
        array = (_Comparison * len(comparisons))(*comparisons)
        result = self._library.seccomp_rule_add_array(
            self._filter, _ERRNO | error, number, len(comparisons), array
        )
        if result:
            raise OSError(-result, f"seccomp {name}: {os.strerror(-result)}")

    def load(self) -> None:
        """Apply the filter to this process and everything it starts."""
        result = self._library.seccomp_load(self._filter)
        if result:
            raise OSError(-result, f"seccomp: {os.strerror(-result)}")
