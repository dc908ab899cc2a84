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
    ],
)
def test_the_learner_is_in_the_name(name, is_folder, learner, file):
    assert name_of(name, is_folder) == Named(learner, file)
