"""Submissions are found in a folder, one entry for each learner."""

from __future__ import annotations

import pytest

from autograder.submissions import UnreadableSubmission
from autograder.submissions.find import find

NAMES = ["doubling", "tallies"]


def test_single_files_of_one_learner_belong_together(tmp_path):
    nobodys = (".hidden", "Thumbs.db", "submission_metadata.yml", "readme.txt", "__MACOSX")
    for name in ("x_1_2_doubling.py", "x_1_3_tallies.py", "y.zip", *nobodys):
        (tmp_path / name).write_text("")
    entries = find(tmp_path, NAMES)
    assert [(entry.learner, entry.shown) for entry in entries] == [
        ("x (1)", "x_1_2_doubling.py, x_1_3_tallies.py"),
        ("y", "y.zip"),
    ]


def test_an_empty_folder_is_no_class(tmp_path):
    with pytest.raises(UnreadableSubmission, match="no submissions found"):
        find(tmp_path, NAMES)
