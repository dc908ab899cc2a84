"""Asks the kernel for namespaces, mounts, other users, a reboot, hidden memory, through the C library."""

import ctypes
import errno
import os

libc = ctypes.CDLL(None, use_errno=True)
PIPE = os.pipe()[1]


def known(result):
    """Return 0 if the kernel has looked at the arguments, which are wrong."""
    return 0 if ctypes.get_errno() != errno.EPERM else result


CALLS = {
    "user namespace": lambda: libc.unshare(0x10000000),
    "mount namespace": lambda: libc.unshare(0x00020000),
    "mount": lambda: libc.mount(b"tmpfs", b"/tmp", b"tmpfs", 0, None),
    "remount": lambda: libc.mount(None, b"/", None, 32, None),
    "umount proc": lambda: libc.umount2(b"/proc", 2),
    "umount submission": lambda: libc.umount2(b"/submission", 2),
    "root": lambda: libc.setuid(0),
    "root's group": lambda: libc.setgid(0),
    "groups": lambda: libc.setgroups(0, None),
    "chroot": lambda: libc.chroot(b"."),
    "host name": lambda: libc.sethostname(b"owned", 5),
    "clock": lambda: libc.settimeofday(ctypes.create_string_buffer(16), None),
    "reboot": lambda: libc.reboot(0x01234567),
    "device": lambda: libc.mknod(b"sda", 0o60666, 0x800),
    "swap": lambda: libc.swapoff(b"/dev/zero"),
    "module": lambda: libc.syscall(313, 0, b"", 0),
    "key": lambda: min(0, libc.syscall(250, 0, -3, 1)),
    "rings": lambda: min(0, libc.syscall(425, 8, ctypes.create_string_buffer(256))),
    "bpf": lambda: min(0, libc.syscall(321, 0, ctypes.create_string_buffer(64), 64)),
    "page faults": lambda: min(0, libc.syscall(323, 0)),
    "memory in a file without a name": lambda: min(0, libc.memfd_create(b"x", 0)),
    "pages in pipes": lambda: known(libc.vmsplice(-1, None, 0, 0)),
    "splice": lambda: known(libc.splice(-1, None, -1, None, 0, 0)),
    "tee": lambda: known(libc.tee(-1, -1, 1, 0)),
    "sockets in messages": lambda: known(libc.sendmsg(-1, None, 0)),
    "large pipes": lambda: min(0, libc.fcntl(PIPE, 1031, 2**18)),
    "large pipes, hidden": lambda: min(0, libc.syscall(72, PIPE, ctypes.c_long(1031 + 2**40), 2**18)),
}


def attack(*arguments, **keywords):
    raise RuntimeError(f"allowed {[name for name, call in CALLS.items() if call() == 0]}")


def __getattr__(name):
    return attack
