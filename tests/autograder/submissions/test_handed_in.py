"""When something was handed in is what the platform says, never the moment of unpacking."""

from __future__ import annotations

import os
from datetime import datetime, timezone
from pathlib import Path, PurePosixPath

import pytest

from autograder.submissions import Entry
from autograder.submissions.found import Found
from autograder.submissions.handed_in import HandedInError, handed_in, read_times
from autograder.submissions.unpack import unpack

NOVEMBER = datetime(2026, 11, 10, 12, tzinfo=timezone.utc)


@pytest.fixture
def folder(tmp_path) -> Path:
    """A folder made now, with a file of November, and one that the reader leaves out, made now."""
    folder = tmp_path / "someone"
    (folder / "ps1").mkdir(parents=True)
    (folder / "ps1" / "doubling.py").write_text("")
    os.utime(folder / "ps1" / "doubling.py", (0, NOVEMBER.timestamp()))
    (folder / "ps1" / "thumbs.db").write_text("")
    return folder


def asked(folder: Path, times: dict[str, datetime] | None = None) -> tuple[datetime, str]:
    """Return when and how we know."""
    found = Found()
    unpack(folder, PurePosixPath(), found)
    return handed_in(Entry("someone", (folder,)), found, (times or {}).get("someone"))


def test_the_newest_file_counts_and_no_folder(folder):
    assert asked(folder) == (NOVEMBER, "newest file in it")


def test_nbgrader_has_written_it_down(folder):
    (folder / "ps1" / "timestamp.txt").write_text("2026-11-09 03:14:55.2 UTC\n")
    time, source = asked(folder)
    assert (time.day, time.hour, source) == (9, 3, "timestamp.txt")


def test_a_learner_cannot_write_it_down(folder):
    moodle = folder.rename(folder.parent / "Some One_12_assignsubmission_file_")
    (moodle / "ps1" / "timestamp.txt").write_text("2026-11-09 03:14:55.2 UTC\n")
    assert asked(moodle) == (NOVEMBER, "newest file in it")


def test_a_table_counts_more(folder, tmp_path):
    table = tmp_path / "times.csv"
    table.write_text("learner,submitted,note\nsomeone,2026-11-01T10:00:00+01:00,\nother,,\n")
    times = read_times(table, ["someone", "other"])
    assert asked(folder, times) == (datetime(2026, 11, 1, 9, tzinfo=timezone.utc), "--handed-in")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("name,submitted\n", "it needs a column learner"),
        ("learner,submitted\nnobody,2026-11-01\n", "line 2: there is no submission of nobody"),
        ("learner,submitted\nsomeone,soon\n", "line 2: 'soon' is not a time such as 2026-11-20T23:59:00"),
    ],
)
def test_a_mistake_in_the_table_is_one_line(tmp_path, text, reason):
    (tmp_path / "times.csv").write_text(text)
    with pytest.raises(HandedInError, match=reason):
        read_times(tmp_path / "times.csv", ["someone"])
