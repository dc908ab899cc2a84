"""A submission is read as bytes: modules wherever they are, archives that stay inside themselves."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from autograder.submissions import Entry, UnreadableSubmission
from autograder.submissions.read import read

NAMES = ["doubling", "tallies"]
STUBS = {"doubling": "def double(n): ...\ndef half(n): ...\ndef _own(): ...", "tallies": "class Tally: ..."}


def read_all(path: Path, only: list[str] | None = None) -> dict[str, bytes]:
    """Read the one submission at `path`."""
    return read(Entry("learner", (path,)), STUBS, only or NAMES).files


def test_modules_are_found_below_and_helpers_come_along(tmp_path):
    for name in (
        "week1/doubling.py",
        "week1/helpers.py",
        "week2/tallies.py",
        "week1/.venv/x.py",
        "notes.txt",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    assert read_all(tmp_path) == {
        "doubling.py": b"week1/doubling.py",
        "helpers.py": b"week1/helpers.py",
        "tallies.py": b"week2/tallies.py",
    }


def test_the_same_module_twice_is_refused(tmp_path):
    for name in ("doubling.py", "a/tallies.py", "b/tallies.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    with pytest.raises(
        UnreadableSubmission, match=r"tallies\.py is in it twice: a/tallies\.py and b/tallies\.py"
    ):
        read_all(tmp_path)


def test_a_single_module_is_known_by_its_name_or_its_functions(tmp_path):
    (tmp_path / "me.py").write_text("def half(n): return n / 2\nclass Tally: pass\n")
    assert set(read_all(tmp_path / "me.py")) == {"doubling.py", "tallies.py"}
    assert set(read_all(tmp_path / "me.py", ["tallies"])) == {"tallies.py"}
    (tmp_path / "doubling.py").write_text("nothing = 1\n")
    assert set(read_all(tmp_path / "doubling.py")) == {"doubling.py"}
    for text, reason in (("x = 1\n", "defines no function of any exercise"), ("def (", "is not Python")):
        (tmp_path / "me.py").write_text(text)
        with pytest.raises(UnreadableSubmission, match=reason):
            read_all(tmp_path / "me.py")


@pytest.mark.parametrize("name", ["/doubling.py", "C:/doubling.py", "..\\doubling.py", "a/../../doubling.py"])
def test_a_zip_file_stays_inside_itself(tmp_path, name):
    with zipfile.ZipFile(tmp_path / "work.zip", "w") as archive:
        archive.writestr(name, "x = 1\n")
    with pytest.raises(UnreadableSubmission, match="outside of itself"):
        read_all(tmp_path / "work.zip")


def test_what_a_mac_adds_to_a_zip_file_is_left_out(tmp_path):
    with zipfile.ZipFile(tmp_path / "work.zip", "w") as archive:
        for name in ("work/doubling.py", "__MACOSX/work/._doubling.py", "work/__pycache__/doubling.py"):
            archive.writestr(name, name)
    assert read_all(tmp_path / "work.zip") == {"doubling.py": b"work/doubling.py"}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "work.zip", "w") as archive:
        archive.writestr("doubling.py", "x = 1\n")
        archive.writestr("doubling.py", "x = 2\n")
    with pytest.raises(UnreadableSubmission, match="two files of the name doubling"):
        read_all(tmp_path / "work.zip")


def test_the_digest_tells_contents_and_names_apart(tmp_path):
    digests = set()
    for files in ({"a.py": b"bc"}, {"ab.py": b"c"}, {"a.py": b"bd"}, {"a.py": b"bc", "b.py": b""}):
        folder = tmp_path / str(len(digests))
        folder.mkdir()
        for name, content in files.items():
            (folder / name).write_bytes(content)
        digests.add(read(Entry("x", (folder,)), STUBS, NAMES).digest)
    assert len(digests) == 4
