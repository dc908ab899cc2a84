"""A candidate's files from outside: whatever it puts there, nothing else is read or written."""

from __future__ import annotations

import os

import pytest

from autograder.protocol.calls import ListFiles, NewFolder, ReadChanges, ReadFile, WatchFiles, WriteFile
from autograder.suite.candidate_files import CandidateFiles

# Where a candidate sees its home.
HOME = "/temporary"


@pytest.fixture
def home(tmp_path):
    made = tmp_path / "home"
    made.mkdir()
    if os.getuid() == 0:
        os.chown(made, 60597, 60597)
    return made


@pytest.fixture
def files(home):
    opened = os.open(home, os.O_RDONLY)
    made = CandidateFiles(opened, HOME)
    yield made
    made.close()
    os.close(opened)


def value(files, request):
    reply = files.answer(request)
    assert "value" in reply, reply
    return reply["value"]


def refused(files, request):
    reply = files.answer(request)
    assert reply.keys() == {"raised", "bases", "text"}
    return reply["text"]


def test_folders_and_files(files, home):
    folder = value(files, NewFolder())
    assert folder.startswith(f"{HOME}/")
    assert value(files, NewFolder()) != folder
    assert value(files, ListFiles(folder)) == {}
    value(files, WriteFile(f"{folder}/runs/first/a.npz", b"12345"))
    value(files, WriteFile(f"{folder}/runs/first/a.npz", b"123"))
    value(files, WriteFile(f"{folder}/b", b""))
    assert value(files, ListFiles(folder)) == {"b": 0, "runs/first/a.npz": 3}
    assert value(files, ReadFile(f"{folder}/runs/first/a.npz")) == b"123"
    if os.getuid() == 0:
        owners = {path.stat().st_uid for path in home.rglob("*")}
        assert owners == {60597}, "the candidate cannot use what root has made"


def test_changes_are_shown(files, home):
    folder = value(files, NewFolder())
    inside = home / os.path.basename(folder)
    assert refused(files, ReadChanges()) == "no folder is watched"
    value(files, WatchFiles(folder))
    (inside / "a").write_text("new")
    assert value(files, ReadChanges()) == [["created", "a"], ["written", "a"]]
    value(files, WatchFiles(folder))
    assert value(files, ReadChanges()) == []


@pytest.mark.parametrize("path", ["/etc/passwd", f"{HOME}/../etc/passwd", "passwd", f"{HOME}x/a", ""])
def test_nothing_outside_of_the_home_is_touched(files, path):
    for request in (ReadFile(path), WriteFile(path, b"x"), ListFiles(path), WatchFiles(path)):
        refused(files, request)


def test_links_lead_nowhere(files, home, tmp_path):
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "word").write_text("secret")
    (home / "to_folder").symlink_to(secret)
    (home / "to_file").symlink_to(secret / "word")
    for request in (
        ReadFile(f"{HOME}/to_file"),
        ReadFile(f"{HOME}/to_folder/word"),
        WriteFile(f"{HOME}/to_file", b"x"),
        WriteFile(f"{HOME}/to_folder/word", b"x"),
        WriteFile(f"{HOME}/to_folder/new/word", b"x"),
        ListFiles(f"{HOME}/to_folder"),
        WatchFiles(f"{HOME}/to_folder"),
    ):
        refused(files, request)
    assert [path.name for path in secret.iterdir()] == ["word"]
    assert (secret / "word").read_text() == "secret"
    # A link is listed, as the link that it is.
    assert value(files, ListFiles(HOME)).keys() == {"to_folder", "to_file"}


def test_a_pipe_is_refused_without_waiting(files, home):
    os.mkfifo(home / "pipe")
    assert "is not a file" in refused(files, ReadFile(f"{HOME}/pipe"))
    refused(files, WriteFile(f"{HOME}/pipe", b"x"))


def test_what_is_too_large_or_too_much_is_refused(files, home):
    with (home / "large").open("wb") as file:
        file.truncate(2**30)
    assert "is too large" in refused(files, ReadFile(f"{HOME}/large"))
    deep = home / "deep"
    for _ in range(20):
        deep /= "x"
    deep.mkdir(parents=True)
    assert "too many files" in refused(files, ListFiles(HOME))


def test_clearing_removes_what_was_made(files, home, tmp_path):
    (tmp_path / "kept").write_text("mine")
    folder = home / os.path.basename(value(files, NewFolder()))
    (folder / "inner").mkdir()
    (folder / "inner" / "file").write_text("x")
    (folder / "link").symlink_to(tmp_path)
    (home / "other").write_text("x")
    files.clear()
    assert [path.name for path in home.iterdir()] == ["other"]
    assert (tmp_path / "kept").exists()
