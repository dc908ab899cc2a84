"""The files of a candidate on the machine's own disk: how much they take."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.sandbox.disk import FileMeter

MIB = 2**20


def exceed(
    folder: Path, most: int, *, processes: tuple[int, ...] = (), shared: tuple[Path, ...] = ()
) -> bool:
    """What a new meter says of a folder of this user."""
    return FileMeter(shared).exceed(folder, os.getuid(), list(processes), most)


def test_all_files_count_together(tmp_path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    for name in ("one", "a/two", "a/b/three"):
        (tmp_path / name).write_bytes(bytes(MIB))
    assert not exceed(tmp_path, 4 * MIB)
    assert exceed(tmp_path, 3 * MIB)


def test_a_file_with_two_names_counts_once_and_holes_do_not(tmp_path):
    (tmp_path / "one").write_bytes(bytes(MIB))
    os.link(tmp_path / "one", tmp_path / "two")
    with (tmp_path / "sparse").open("wb") as sparse:
        sparse.truncate(100 * MIB)
    assert not exceed(tmp_path, 3 * MIB // 2)


def test_empty_files_and_folders_take_space_too(tmp_path):
    for number in range(300):
        (tmp_path / str(number)).touch()
    assert exceed(tmp_path, MIB)


@pytest.mark.parametrize("name", ["d/" * 100, ("d" * 200 + "/") * 15])
def test_folders_that_take_long_to_look_through_are_too_much(tmp_path, name):
    (tmp_path / name).mkdir(parents=True)
    assert exceed(tmp_path, MIB)


def test_a_link_is_not_followed(tmp_path):
    (tmp_path / "own").mkdir()
    (tmp_path / "large").write_bytes(bytes(2 * MIB))
    (tmp_path / "own" / "link").symlink_to(tmp_path)
    assert not exceed(tmp_path / "own", MIB)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a file away")
def test_of_shared_folders_only_ones_own_files_count(tmp_path):
    (tmp_path / "own").mkdir()
    (tmp_path / "large").write_bytes(bytes(2 * MIB))
    assert exceed(tmp_path / "own", MIB, shared=(tmp_path,))
    os.chown(tmp_path / "large", 1, 1)
    assert not exceed(tmp_path / "own", MIB, shared=(tmp_path,))


@pytest.mark.parametrize(
    "keep",
    [
        "kept = os.open(name, os.O_RDONLY)",
        pytest.param(
            "file = open(name); kept = mmap.mmap(file.fileno(), 4096, access=mmap.ACCESS_READ); file.close()\n"
            "for number in os.listdir('/proc/self/fd'):\n"
            "    int(number) > 2 and os.path.exists(f'/proc/self/fd/{number}') and os.close(int(number))",
            marks=pytest.mark.skipif(os.getuid() != 0, reason="only root may look into mapped files"),
        ),
    ],
    ids=["open", "mapped"],
)
def test_deleted_files_count_as_long_as_they_are_kept(tmp_path, keep):
    (tmp_path / "large").write_bytes(bytes(2 * MIB))
    source = (
        f"import mmap, os, time\nname = 'large'\n{keep}\nos.unlink(name)\nprint(flush=True)\ntime.sleep(60)"
    )
    command = [sys.executable, "-c", source]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        assert exceed(tmp_path, MIB, processes=(process.pid,))
        process.kill()
    assert not exceed(tmp_path, MIB, processes=(process.pid,))
