"""The changes of the files in a folder are read in order, whichever process makes them, and however fast."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager

import pytest

from autograder.sandbox import file_changes
from autograder.sandbox.file_changes import ARRIVED, CREATED, REMOVED, WRITTEN, FileChanges


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "folder"
    made.mkdir()
    (made / "a").write_text("old")
    return made


@contextmanager
def watched(folder):
    opened = os.open(folder, os.O_RDONLY)
    changes = FileChanges(opened)
    os.close(opened)
    yield changes
    changes.close()


def overwrite(folder):
    (folder / "a").write_text("new")


def same_length(folder):
    with (folder / "a").open("r+") as file:
        file.write("n")


def replace(folder):
    (folder / "beside").write_text("new")
    os.replace(folder / "beside", folder / "a")


def remove_and_replace(folder):
    (folder / "a").unlink()
    replace(folder)


def move_and_write(folder):
    os.rename(folder / "a", folder / "b")
    (folder / "a").write_text("new")


def arrive_from_elsewhere(folder):
    (folder.parent / "elsewhere").write_text("new")
    os.replace(folder.parent / "elsewhere", folder / "b")


def write_after_the_arrival(folder):
    with (folder / "beside").open("w") as file:
        os.replace(folder / "beside", folder / "b")
        file.write("new")


def write_through_a_hard_link(folder):
    os.link(folder / "a", folder.parent / "link")
    (folder.parent / "link").write_text("new")


def move_the_folder(folder):
    folder.rename(folder.parent / "away")
    shutil.copytree(folder.parent / "away", folder)


@pytest.mark.parametrize(
    ("act", "changes"),
    [
        (lambda folder: (folder / "a").read_text(), []),
        (overwrite, [[WRITTEN, "a"]]),
        (same_length, [[WRITTEN, "a"]]),
        (replace, [[ARRIVED, "a"]]),
        (remove_and_replace, [[REMOVED, "a"], [ARRIVED, "a"]]),
        (move_and_write, [[REMOVED, "a"], [ARRIVED, "b"], [CREATED, "a"], [WRITTEN, "a"]]),
        (arrive_from_elsewhere, [[ARRIVED, "b"]]),
        (write_after_the_arrival, [[ARRIVED, "b"], [WRITTEN, "b"]]),
        (write_through_a_hard_link, [[WRITTEN, "a"]]),
        (move_the_folder, [[REMOVED, "a"]]),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_changes_are_read_in_order(folder, act, changes):
    with watched(folder) as watcher:
        act(folder)
        assert watcher.read() == changes


def test_another_process_is_watched_too(folder):
    code = "import os; open('b', 'w').write('x'); os.replace('b', 'a'); os.unlink('a')"
    with watched(folder) as changes:
        subprocess.run([sys.executable, "-c", code], cwd=folder, check=True)
        assert changes.read() == [[ARRIVED, "a"], [REMOVED, "a"]]


def test_links_and_pipes_are_not_opened(folder):
    os.mkfifo(folder / "pipe")
    (folder / "link").symlink_to("/etc/passwd")
    with watched(folder) as changes:
        assert changes.read() == []


def test_more_events_than_the_kernel_keeps_count_as_written(folder, monkeypatch):
    with watched(folder) as changes:
        monkeypatch.setattr(changes, "_new_events", lambda: [(file_changes._OVERFLOW, "")])
        assert changes.read() == [[WRITTEN, "a"]]


def test_nothing_stays_open(folder):
    before = os.listdir("/proc/self/fd")
    with watched(folder):
        pass
    assert os.listdir("/proc/self/fd") == before
