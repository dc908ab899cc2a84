"""Files are written whole or not at all; what is read of a folder can be written to another."""

from __future__ import annotations

import os
import stat
import zipfile
from pathlib import Path

import pytest

from autograder.files import (
    UNFINISHED,
    files_below,
    remove_folder,
    whole_file,
    write_folder,
    write_whole,
    write_zip,
)

FILES = {"a.txt": b"one", "below/b.bin": b"\0\xff", "below/run": b"#!/bin/sh\n"}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# One file.


def test_a_file_and_the_folders_above_it_are_written(tmp_path):
    path = tmp_path / "new" / "folder" / "file"
    write_whole(path, "text\r\nand ä\n")
    assert path.read_bytes() == "text\r\nand ä\n".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert names(path.parent) == ["file"]


def test_a_sign_that_utf8_lacks_is_spelled_out(tmp_path):
    write_whole(tmp_path / "file", "a\udcffb")
    assert (tmp_path / "file").read_bytes() == b"a\\udcffb"


def test_a_failed_write_leaves_the_former_file(tmp_path):
    write_whole(tmp_path / "file", "former")
    with pytest.raises(TypeError):
        write_whole(tmp_path / "file", None)
    assert (tmp_path / "file").read_text() == "former"
    assert names(tmp_path) == ["file"]


def test_until_it_is_whole_a_file_has_another_name(tmp_path):
    path = tmp_path / "file"
    write_whole(path, "former")
    with whole_file(path) as file:
        file.write("new")
        file.flush()
        assert path.read_text() == "former"
        (unfinished,) = set(names(tmp_path)) - {"file"}
        assert unfinished.startswith(UNFINISHED)
    assert path.read_text() == "new"
    assert names(tmp_path) == ["file"]


def test_an_interrupt_leaves_the_former_file(tmp_path):
    def interrupted() -> None:
        with whole_file(tmp_path / "file") as file:
            file.write("new")
            raise KeyboardInterrupt

    write_whole(tmp_path / "file", "former")
    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert (tmp_path / "file").read_text() == "former"
    assert names(tmp_path) == ["file"]


def test_an_error_names_the_file_that_is_wanted(tmp_path):
    """Nobody knows the name that it has until it is whole."""
    (tmp_path / "folder").mkdir()
    with pytest.raises(IsADirectoryError) as raised:
        write_whole(tmp_path / "folder", "text")
    assert raised.value.filename == str(tmp_path / "folder")
    with pytest.raises(IsADirectoryError) as raised:
        write_zip(tmp_path / "folder", FILES)
    assert raised.value.filename == str(tmp_path / "folder")
    with pytest.raises(FileNotFoundError) as raised:
        write_zip(tmp_path / "nowhere" / "out.zip", FILES)
    assert raised.value.filename == str(tmp_path / "nowhere" / "out.zip")
    assert names(tmp_path) == ["folder"]


# Many files.


def test_what_is_written_below_a_folder_is_what_is_below_it(tmp_path):
    write_folder(tmp_path / "new", FILES)
    assert files_below(tmp_path / "new") == FILES
    assert list(files_below(tmp_path / "new")) == sorted(FILES)


def test_a_folder_is_removed_with_everything_in_it(tmp_path):
    """However deep it is; what a link in it leads to stays."""
    write_folder(tmp_path / "kept", FILES)
    (tmp_path / "gone" / "empty").mkdir(parents=True)
    (tmp_path / "gone" / "link").symlink_to(tmp_path / "kept")
    write_folder(tmp_path / "gone", FILES)
    former = os.getcwd()
    os.chdir(tmp_path / "gone")
    for level in range(3000):
        os.mkdir("d")
        os.chdir("d")
        Path(f"file{level}").write_text("")
        os.symlink(tmp_path / "kept", "link")
    os.chdir(former)
    remove_folder(tmp_path / "gone")
    assert names(tmp_path) == ["kept"]
    assert files_below(tmp_path / "kept") == FILES
    remove_folder(tmp_path / "nowhere")


def test_what_python_has_compiled_is_not_below_a_folder(tmp_path):
    write_folder(tmp_path, FILES | {"__pycache__/a.pyc": b"", "below/__pycache__/b.pyc": b""})
    assert files_below(tmp_path) == FILES


def test_nothing_is_below_a_folder_that_is_missing(tmp_path):
    assert files_below(tmp_path / "nowhere") == {}


def test_a_zip_file_holds_the_files_and_who_may_run_them(tmp_path):
    write_zip(tmp_path / "out.zip", FILES, executable=("below/run",))
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == FILES
        modes = {member.filename: member.external_attr >> 16 for member in archive.infolist()}
    assert modes == {"a.txt": 0o644, "below/b.bin": 0o644, "below/run": 0o755}
    assert names(tmp_path) == ["out.zip"]


def test_the_same_files_give_the_same_zip_file(tmp_path):
    write_zip(tmp_path / "one.zip", FILES)
    write_zip(tmp_path / "two.zip", dict(reversed(FILES.items())))
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_a_zip_file_that_cannot_be_written_leaves_the_former_one(tmp_path):
    write_zip(tmp_path / "out.zip", FILES)
    former = (tmp_path / "out.zip").read_bytes()
    with pytest.raises(TypeError):
        write_zip(tmp_path / "out.zip", {"a": None})
    assert (tmp_path / "out.zip").read_bytes() == former
    assert names(tmp_path) == ["out.zip"]
