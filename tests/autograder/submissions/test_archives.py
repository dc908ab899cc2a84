"""Archives stay inside themselves and inside their limits; what cannot be opened is named."""

from __future__ import annotations

import io
import stat
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import pytest

from autograder.submissions import UnreadableSubmission
from autograder.submissions.found import Found
from autograder.submissions.unpack import unpack


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a zip archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def unpacked(folder: Path, name: str, content: bytes) -> Found:
    """Return what is in an archive."""
    (folder / name).write_bytes(content)
    found = Found()
    unpack(folder / name, PurePosixPath(name), found)
    return found


def names(found: Found) -> list[str]:
    """Return the paths of the code in it."""
    return [file.path.as_posix() for file in found.files]


@pytest.mark.parametrize("name", ["/doubling.py", "C:/doubling.py", "..\\doubling.py", "a/../../doubling.py"])
def test_an_archive_stays_inside_itself(tmp_path, name):
    with pytest.raises(UnreadableSubmission, match="outside the archive"):
        unpacked(tmp_path, "work.zip", zipped({name: b"x = 1\n"}))


def test_what_a_mac_adds_to_an_archive_is_left_out(tmp_path):
    files = ("work/doubling.py", "__MACOSX/work/._doubling.py", "work/__pycache__/doubling.py")
    found = unpacked(tmp_path, "work.zip", zipped(dict.fromkeys(files, b"")))
    assert names(found) == ["work.zip/work/doubling.py"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_refused(tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("doubling.py", "x = 1\n")
        archive.writestr("doubling.py", "x = 2\n")
    with pytest.raises(UnreadableSubmission, match="two files of the name doubling"):
        unpacked(tmp_path, "work.zip", packed.getvalue())


@pytest.mark.parametrize("ending", [".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz"])
def test_tar_archives_are_opened(tmp_path, ending):
    packed = io.BytesIO()
    mode = {".tar": "w", ".tar.bz2": "w:bz2", ".tar.xz": "w:xz"}.get(ending, "w:gz")
    with tarfile.open(fileobj=packed, mode=mode) as archive:  # type: ignore[call-overload]
        member = tarfile.TarInfo("hw/doubling.py")
        member.size = 3
        archive.addfile(member, io.BytesIO(b"x=1"))
    found = unpacked(tmp_path, f"work{ending}", packed.getvalue())
    assert [file.content for file in found.files] == [b"x=1"]


def test_7z_archives_are_opened(tmp_path, monkeypatch):
    try:
        import libarchive
    except Exception:  # its C library is missing; what it raises then differs from version to version
        pytest.skip("libarchive is not installed")
    monkeypatch.chdir(tmp_path)
    Path("hw").mkdir()
    Path("hw/doubling.py").write_bytes(b"x=1")
    with libarchive.file_writer("made.7z", "7zip") as archive:
        archive.add_files("hw")
    found = unpacked(tmp_path, "work.7z", Path("made.7z").read_bytes())
    assert [(file.path.as_posix(), file.content) for file in found.files] == [
        ("work.7z/hw/doubling.py", b"x=1")
    ]


def test_archives_in_archives_are_opened_to_a_depth(tmp_path):
    packed = zipped({"doubling.py": b""})
    for depth in range(1, 6):
        found = unpacked(tmp_path, f"{depth}.zip", packed)
        opened = depth <= 3
        assert len(found.files) == opened
        assert bool(found.unopened) == (not opened)
        packed = zipped({"inner.zip": packed})


@pytest.mark.parametrize("name", ["hw/.venv/bin/python", "venv/bin/python.py", "mine/bin/python.py"])
def test_links_of_a_virtual_environment_are_no_matter(tmp_path, name):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("doubling.py", "")
        archive.writestr("mine/pyvenv.cfg", "")
        link = zipfile.ZipInfo(name)
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/usr/bin/python3")
    assert names(unpacked(tmp_path, "work.zip", packed.getvalue())) == ["work.zip/doubling.py"]


def test_a_link_is_refused(tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        link = zipfile.ZipInfo("doubling.py")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(UnreadableSubmission, match="contains a link"):
        unpacked(tmp_path, "work.zip", packed.getvalue())


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({f"{number}.py": b"" for number in range(201)}, "more than 200 Python files"),
        ({f"{number}.ipynb": bytes(16 * 2**20) for number in range(5)}, "more than 64 MiB of code"),
        ({"doubling.py": bytes(2**20 + 1)}, r"doubling\.py is larger than 1 MiB"),
        ({f"{number}.txt": b"" for number in range(20_001)}, "more than 20000 files"),
    ],
)
def test_limits_apply_before_an_archive_is_in_memory(tmp_path, files, reason):
    with pytest.raises(UnreadableSubmission, match=reason):
        unpacked(tmp_path, "work.zip", zipped(files))


@pytest.mark.parametrize("name", ["work.zip", "work.tar.gz", "work.7z", "work.rar"])
@pytest.mark.parametrize("content", [b"", b"PK\3\4", b"Rar!\x1a\x07\x01\x00" + 50 * b"x", bytes(1000)])
def test_what_cannot_be_opened_is_named(tmp_path, name, content):
    found = unpacked(tmp_path, name, content)
    assert not found.files
    assert list(found.unopened) == [name]
