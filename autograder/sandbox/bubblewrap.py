"""The file system that candidates see; bubblewrap makes it for their fork server.

It contains only Python, its libraries and the grader's package, all read-only. Nothing else exists for a submission:
no course, no other submissions, no results, no home folders, no settings of the machine.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import site
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path

from autograder.course.kit import COURSE_DATA, PACKAGE
from autograder.sandbox import Unavailable

# The path of the grader's package for candidates; its real folder may have suites and solutions beside it.
KIT = "/kit"
SUBMISSION = "/submission"
TEMPORARY = "/temporary"
# For the fork server only: it makes control groups for its candidates.
GROUPS = "/groups"
# Without `zero`: a shared mapping of it is memory that no limit counts.
_DEVICES = ("null", "random", "urandom")
# Linker files; without them, libraries in unusual folders are not found.
_SETTINGS = ("/etc/ld.so.cache", "/etc/alternatives")
# Prefixes that Python may share with all programs of the machine.
_SYSTEM = (Path("/"), Path("/usr"))
# Since this version, Linux counts processes per namespace, not per user.
_OLDEST_LINUX = (5, 14)
_INSTALL = "apt-get install bubblewrap libseccomp2"
_OTHERWISE = "or choose --sandbox user (as root), or --sandbox none (submissions then run with your rights)"


def visible() -> list[Path]:
    """Return the folders of Python and its libraries; a candidate sees them at the same paths."""
    found = {Path(sys.prefix) / "pyvenv.cfg", Path(site.getusersitepackages())}
    found |= {Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    found |= set(map(Path, site.getsitepackages()))
    program = Path(os.path.realpath(sys.executable))
    for prefix in {Path(sys.prefix), Path(sys.base_prefix), program.parent.parent} - set(_SYSTEM):
        found |= {prefix / "lib", prefix / "lib64"}
    for folder in _system_libraries():
        # Debian has a folder for each architecture; beside it are compilers and other programs.
        architecture = folder / f"{platform.machine()}-linux-gnu"
        found.add(architecture if architecture.is_dir() else folder)
    # Outer folders first, so that no later mount hides an earlier one.
    existing = sorted((path for path in found if path.exists()), key=lambda path: path.parts)
    return [path for path in existing if not any(path.is_relative_to(o) for o in existing if o != path)]


def _system_libraries() -> list[Path]:
    folders = [prefix / name for prefix in _SYSTEM for name in ("lib", "lib64")]
    return [folder for folder in folders if folder.is_dir() and folder not in _root_links()]


def _root_links() -> dict[Path, str]:
    """Return the links in the root folder by which programs find the system's libraries."""
    folders = (Path("/lib"), Path("/lib64"))
    return {folder: os.readlink(folder) for folder in folders if folder.is_symlink()}


def _interpreter() -> tuple[dict[Path, str], list[Path]]:
    """Return the links that lead to Python's program, and its paths."""
    links, path = {}, Path(sys.executable)
    while path.is_symlink():
        links[path] = os.readlink(path)
        path = Path(os.path.normpath(path.parent / links[path]))
    return links, list({path, Path(os.path.realpath(path))})


def command(hidden: list[Path], groups: Mapping[Path, Path]) -> list[str]:
    """Return the command prefix that runs a command in this file system.

    Args:
        hidden: the folders that no candidate may see.
        groups: the control groups' folders, and where the fork server sees each.

    Raises:
        Unavailable: if bubblewrap is missing, or a hidden folder lies in a visible one.
    """
    if sys.platform != "linux":
        raise Unavailable(
            "--sandbox namespaces needs Linux; --sandbox none runs submissions with your rights"
        )
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
                raise Unavailable(
                    f"{path} is inside {folder}, which every submission can read: move it elsewhere"
                )
    # As process 1: when the fork server ends, the kernel ends every candidate.
    words = [program, "--unshare-pid", "--as-pid-1", "--unshare-ipc", "--unshare-net", "--unshare-uts"]
    if os.getuid() != 0:
        words.append("--unshare-user")
    links, programs = _interpreter()
    links |= _root_links()
    shown = (*folders, *links, *programs, *map(Path, _SETTINGS))
    above = {parent for path in shown for parent in path.parents}
    for folder in sorted(above - {Path("/")}, key=lambda folder: folder.parts):
        words += ["--dir", str(folder)]  # otherwise only root could enter it
    for path in (*folders, *programs):
        words += ["--ro-bind", str(path), str(path)]
    for path, target in links.items():
        words += ["--symlink", target, str(path)]
    for file in _SETTINGS:
        words += ["--ro-bind-try", file, file]
    words += ["--dir", KIT, "--ro-bind", str(PACKAGE), f"{KIT}/{PACKAGE.name}", "--dir", SUBMISSION]
    if COURSE_DATA.is_dir():
        # The course of an installed kit is inside the library folder.
        masked = [f"{KIT}/{COURSE_DATA.relative_to(PACKAGE.parent)}"]
        # `lib64` is another path to `lib` and has its own mount.
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
    for outside, inside in groups.items():
        words += ["--bind", str(outside), str(inside)]
    return [*words, "--remount-ro", "/", "--chdir", "/", "--"]


def refused(last_words: str) -> Unavailable:
    """Return the error for a refusal of bubblewrap or the kernel."""
    return Unavailable(
        f"--sandbox namespaces does not work here ({last_words}): allow user namespaces, {_OTHERWISE}"
    )
