"""With Landlock, a process writes to one folder and to no other."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from autograder.sandbox import landlock, syscalls

pytestmark = pytest.mark.skipif(not landlock.works_here(), reason="this kernel has no Landlock")


def confined(folder: Path, work) -> int:
    """Return the number of the error of `work` in a confined process, 0 if there is none."""
    process = os.fork()
    if process == 0:
        number = 255
        try:
            syscalls.give_up_privileges()
            landlock.write_only_below(folder)
            work()
            number = 0
        except OSError as error:
            number = error.errno
        finally:
            os._exit(number)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


@pytest.fixture
def folders(tmp_path):
    """Its own folder and another one, both open to everybody."""
    for name in ("own", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name).chmod(0o777)
        (tmp_path / name / "file").write_text("first")
        (tmp_path / name / "file").chmod(0o666)
    return tmp_path / "own", tmp_path / "other"


CHANGES = {
    "write": lambda folder: (folder / "file").write_text("second"),
    "append": lambda folder: (folder / "file").open("a").write("second"),
    "truncate": lambda folder: os.truncate(folder / "file", 0),
    "make a file": lambda folder: (folder / "new").write_text(""),
    "make a folder": lambda folder: (folder / "new").mkdir(),
    "make a pipe": lambda folder: os.mkfifo(folder / "new"),
    "make a link": lambda folder: (folder / "new").symlink_to("file"),
    "make a hard link": lambda folder: os.link(folder / "file", folder / "new"),
    "remove": lambda folder: (folder / "file").unlink(),
    "rename": lambda folder: (folder / "file").rename(folder / "new"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_only_its_own_folder_can_be_changed(folders, change):
    own, other = folders
    before = sorted((path.name, path.read_text()) for path in other.iterdir())
    assert confined(own, lambda: change(own)) == 0
    assert confined(own, lambda: change(other)) != 0
    assert sorted((path.name, path.read_text()) for path in other.iterdir()) == before


def test_honest_code_works(folders):
    """It reads, throws output away, and moves files between its own folders."""
    own, other = folders

    def work() -> None:
        (other / "file").read_text()
        with open(os.devnull, "w") as file:
            file.write("x")
        (own / "sub").mkdir()
        (own / "file").rename(own / "sub" / "file")

    assert confined(own, work) == 0
