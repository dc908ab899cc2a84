"""Landlock: the kernel refuses a process every change of the file system outside one folder.

It needs no privileges, and works in containers that allow neither namespaces nor mounts.
"""

from __future__ import annotations

import ctypes
import os
import struct
from pathlib import Path

# The numbers are the same on all architectures; the C library has no functions for them.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
# linux/landlock.h
_ASK_VERSION = 1
_PATH_BENEATH = 1
# Version 1 refuses to move a file from one subfolder to another, which honest code does.
_OLDEST_VERSION = 2
_WRITE_FILE, _TRUNCATE = 1 << 1, 1 << 14
# Remove and make files and folders of every kind (4 to 12), move them between folders (13).
_CHANGE_FOLDER = 0b11_1111_1111 << 4
# In version 2, the kernel does not know the right to truncate.
_TRUNCATE_VERSION = 3


def works_here() -> bool:
    """Return True if this machine's kernel has Landlock, and has it switched on."""
    return _version() >= _OLDEST_VERSION


def write_only_below(folder: Path) -> None:
    """Refuse this process and its children every write outside `folder`, except to /dev/null.

    Call it after `syscalls.give_up_privileges`, which the kernel demands.

    Raises:
        OSError: if the kernel refuses.
    """
    on_files = _WRITE_FILE | (_TRUNCATE if _version() >= _TRUNCATE_VERSION else 0)
    all_writes = on_files | _CHANGE_FOLDER
    ruleset = struct.pack("=Q", all_writes)
    rules = _call(_CREATE_RULESET, ruleset, len(ruleset), 0)
    try:
        for path, rights in ((os.fspath(folder), all_writes), (os.devnull, on_files)):
            descriptor = os.open(path, os.O_PATH)
            try:
                _call(_ADD_RULE, rules, _PATH_BENEATH, struct.pack("=Qi", rights, descriptor), 0)
            finally:
                os.close(descriptor)
        _call(_RESTRICT_SELF, rules, 0)
    finally:
        os.close(rules)


def _version() -> int:
    try:
        return _call(_CREATE_RULESET, None, 0, _ASK_VERSION)
    except OSError:
        return 0  # an old kernel, or one without Landlock


def _call(number: int, *arguments: object) -> int:
    # In 64 bits each: a variadic function would otherwise get the upper half of a pointer or size undefined.
    words = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    result = ctypes.CDLL(None, use_errno=True).syscall(ctypes.c_long(number), *words)
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, f"Landlock: {os.strerror(error)}")
    return int(result)
