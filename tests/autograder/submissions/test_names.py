"""The learner's name is read off the name of a folder or file."""

from __future__ import annotations

import pytest

from autograder.submissions.names import Named, name_of


@pytest.mark.parametrize(
    ("name", "is_folder", "learner", "file"),
    [
        ("someone", True, "someone", ""),
        ("some.one", True, "some.one", ""),
        ("someone.zip", False, "someone", "someone.zip"),
        ("Full Name_1234567_assignsubmission_file_", True, "Full Name (1234567)", ""),
        ("Full Name_12_assignsubmission_file_work.zip", False, "Full Name (12)", "work.zip"),
        ("surnamefirst_1_22_padding.py", False, "surnamefirst (1)", "padding.py"),
        ("surnamefirst_LATE_1_22_early_stopping-2.py", False, "surnamefirst (1)", "early_stopping.py"),
        ("with_underscores", True, "with_underscores", ""),
        ("anon_kL9pQ_60001_padding.py", False, "anon_kL9pQ", "padding.py"),
        ("lab_group3_3001_60003_padding.py", False, "lab_group3 (3001)", "padding.py"),
        ("surnamefirst_1_text.html", False, "surnamefirst (1)", ""),
        ("surnamefirst_LATE_1_link.html", False, "surnamefirst (1)", ""),
        ("A_1_assignsubmission_file__2_assignsubmission_file_", True, "A_1_assignsubmission_file_ (2)", ""),
        (
            "Full Name_1_assignsubmission_onlinetext_onlinetext.html",
            False,
            "Full Name (1)",
            "onlinetext.html",
        ),
        ("Jos\udce9", True, "Jos\\xe9", ""),
        ("two\nlines\x1b[31m", True, "two\\nlines\\x1b[31m", ""),
    ],
)
def test_the_learner_is_in_the_name(name, is_folder, learner, file):
    assert name_of(name, is_folder) == Named(learner, file)
