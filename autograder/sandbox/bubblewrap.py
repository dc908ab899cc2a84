"""The file system that candidates see, made by bubblewrap around their fork server.

Only Python, its libraries and the grader's own package are in it, all read-only. Whatever is not listed here
does not exist for a submission: the course, other submissions, results, homes, the machine's settings.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import site
import sys
from pathlib import Path

from autograder.course.kit import COURSE_DATA, PACKAGE
from autograder.sandbox import Unavailable

# Where candidates see the grader's package; in its real folder there may be suites and solutions beside it.
KIT = "/kit"
SUBMISSION = "/submission"
TEMPORARY = "/temporary"
_DEVICES = ("null", "zero", "random", "urandom")
# Files of the linker, without which a library in an unusual place is not found.
_SETTINGS = ("/etc/ld.so.cache", "/etc/alternatives")
# From then on the number of processes is counted for each namespace, not for the whole user.
_OLDEST_LINUX = (5, 14)
_INSTALL = "apt-get install bubblewrap libseccomp2"
_OTHERWISE = (
    "or choose --sandbox user (as root), or --sandbox none (a submission then has all rights that you have)"
)


def visible() -> list[Path]:
    """Return the folders of Python and its libraries, each of which a candidate sees under its own path."""
    prefixes = [Path(sys.prefix), Path(sys.base_prefix), Path(os.path.realpath(sys.executable)).parent.parent]
    folders = [Path("/usr")]
    for prefix in dict.fromkeys(prefixes):
        folders += [prefix / name for name in ("bin", "lib", "lib64", "pyvenv.cfg")]
    folders.append(Path(site.getusersitepackages()))
    # The outer one first, so that nothing is hidden by what is mounted after it.
    existing = sorted({folder for folder in folders if folder.exists()}, key=lambda folder: folder.parts)
    return [
        folder for folder in existing if not any(folder.is_relative_to(o) for o in existing if o != folder)
    ]


def command(hidden: list[Path]) -> list[str]:
    """Return the words that, before a command, run it in that file system.

    Args:
        hidden: what no candidate may see.

    Raises:
        Unavailable: if bubblewrap is missing, or something hidden lies in what candidates see.
    """
    if sys.platform != "linux":
        raise Unavailable("--sandbox namespaces needs Linux; --sandbox none grades with your own rights")
    program = shutil.which("bwrap")
    if program is None:
        raise Unavailable(f"bubblewrap is not installed: {_INSTALL}, {_OTHERWISE}")
    release = re.match(r"(\d+)\.(\d+)", platform.release())
    if release and tuple(map(int, release.groups())) < _OLDEST_LINUX:
        raise Unavailable(f"--sandbox namespaces needs Linux 5.14 or later: upgrade, {_OTHERWISE}")
    folders = visible()
    for path in hidden:
        for folder in folders:
            if path.resolve().is_relative_to(folder.resolve()):
                raise Unavailable(f"{path} lies in {folder}, which every submission sees: move it elsewhere")
    # As process 1: when the parent ends, in whatever way, the kernel ends every candidate.
    words = [program, "--unshare-pid", "--as-pid-1", "--unshare-ipc", "--unshare-net", "--unshare-uts"]
    if os.getuid() != 0:
        words.append("--unshare-user")
    above = {parent for path in (*folders, *map(Path, _SETTINGS)) for parent in path.parents}
    for folder in sorted(above - {Path("/")}, key=lambda folder: folder.parts):
        words += ["--dir", str(folder)]  # otherwise it is made for root alone
    for folder in folders:
        words += ["--ro-bind", str(folder), str(folder)]
    for name in ("bin", "sbin", "lib", "lib64"):
        path = Path("/") / name
        if path.is_symlink():
            words += ["--symlink", os.readlink(path), str(path)]
        elif path.is_dir():
            words += ["--ro-bind", str(path), str(path)]
    for file in _SETTINGS:
        words += ["--ro-bind-try", file, file]
    words += ["--dir", KIT, "--ro-bind", str(PACKAGE), f"{KIT}/{PACKAGE.name}", "--dir", SUBMISSION]
    if COURSE_DATA.is_dir():
        # The course of an installed kit lies among the libraries.
        masked = [f"{KIT}/{COURSE_DATA.relative_to(PACKAGE.parent)}"]
        # `lib64` is another way to `lib`, and mounted by itself.
        masked += [
            str(folder / COURSE_DATA.relative_to(folder.resolve()))
            for folder in folders
            if COURSE_DATA.is_relative_to(folder.resolve())
        ]
        for hole in masked:
            words += ["--tmpfs", hole, "--remount-ro", hole]
    words += ["--proc", "/proc", "--tmpfs", TEMPORARY, "--dir", "/dev"]
    if not any(folder.is_relative_to("/tmp") for folder in folders):
        words += ["--symlink", TEMPORARY, "/tmp"]
    for name in _DEVICES:
        words += ["--dev-bind", f"/dev/{name}", f"/dev/{name}"]
    return [*words, "--remount-ro", "/", "--chdir", "/", "--"]


def refused(last_words: str) -> Unavailable:
    """Return what to say where bubblewrap or the kernel refused."""
    return Unavailable(
        f"--sandbox namespaces does not work here ({last_words}): allow user namespaces, {_OTHERWISE}"
    )
