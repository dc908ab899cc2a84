"""Gradescope's export of submissions: its list has the names and the times, whatever the folders and files say."""

from __future__ import annotations

import json
import zipfile
from datetime import datetime, timezone
from pathlib import Path

import pytest

from autograder.submissions import UnreadableSubmission
from autograder.submissions.find import find
from tests.autograder.tiny import DOUBLING, TALLIES, write_course

NAMES = ["doubling", "tallies"]

# As Gradescope writes it: Ruby's symbols as keys, times with a zone, results of an earlier autograder.
LIST = """---
submission_101:
  :submitters:
  - :name: Ann Bee
    :sid: '3031'
    :email: ann@school.edu
  :created_at: 2026-11-19 22:58:31.012745000 Z
  :score: 0.0
  :status: processed
  :results:
    output: "a: text\\nof a learner"
    tests:
    - name: doubling
      score: 0.0
  :history:
  - :id: 99
    :created_at: 2026-11-12 10:00:00.000000000 Z
    :score: 0.0
submission_102:
  :submitters:
  - :name: Ann Bee
    :sid:
    :email: other@school.edu
  - :name: Zoë Ümlaut
    :sid: 3032
    :email: zoe@school.edu
  :created_at: 2026-11-23 01:30:00.500000000 -08:00
submission_103:
  :submitters: []
submission_104:
  :submitters:
  - :name: Nobody Here
  :created_at: 2026-11-19 22:58:31.012745000 Z
"""


@pytest.fixture
def export(tmp_path) -> Path:
    """An export as it lies on the instructor's disk; the files in its zip are of 1980."""
    packed = tmp_path / "export.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in {
            "submission_metadata.yml": LIST,
            "submission_101/doubling.py": DOUBLING,
            "submission_101/tallies.py": TALLIES,
            "submission_101/submission_metadata.yml": LIST.replace("2026", "2020"),
            "submission_102/work/doubling.py": DOUBLING,
            "submission_103/doubling.py": DOUBLING,
        }.items():
            archive.writestr(zipfile.ZipInfo(f"assignment_7_export/{name}"), text)
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(tmp_path)
    return tmp_path / "assignment_7_export"


def test_the_list_says_whose_and_when(export):
    entries = {entry.shown: entry for entry in find(export, NAMES)}
    assert {shown: entry.learner for shown, entry in entries.items()} == {
        "submission_101": "Ann Bee (3031)",
        "submission_102": "Ann Bee (other@school.edu), Zoë Ümlaut (3032)",
        # Nothing is known of it.
        "submission_103": "submission_103",
    }
    times = {shown: entry.submitted for shown, entry in entries.items()}
    assert times["submission_101"] == datetime(2026, 11, 19, 22, 58, 31, 12745, tzinfo=timezone.utc)
    assert times["submission_102"] == datetime(2026, 11, 23, 9, 30, 0, 500000, tzinfo=timezone.utc)
    assert times["submission_103"] is None


@pytest.mark.parametrize(
    "text",
    ["- a\n- b\n", "a: [1\n", "a: !ruby/object:Time {}\n", "\x00"],
    ids=lambda text: repr(text)[:9],
)
def test_another_list_is_one_line(export, text):
    (export / "submission_metadata.yml").write_text(text)
    with pytest.raises(
        UnreadableSubmission, match=r"\.yml is not Gradescope's list of submissions"
    ) as caught:
        find(export, NAMES)
    assert "\n" not in str(caught.value)


def test_what_the_list_leaves_out_stays_as_it_is(export):
    (export / "submission_metadata.yml").write_text(
        "submission_101: {':submitters': [{}, 5, {':name': \"Ann\\nBee\"}], ':created_at': soon}\n"
        "submission_102: 3\n5: {}\nsubmission_103: {':created_at': 2026-11-10}\n"
    )
    entries = find(export, NAMES)
    assert [entry.learner for entry in entries] == ["Ann\\nBee", "submission_102", "submission_103"]
    assert {entry.submitted for entry in entries} == {None}


def test_a_class_is_late_by_the_list(export, autograder, tmp_path):
    course = write_course(tmp_path / "course")
    grading = (course / "grading.toml").read_text()
    late = "\n[late]\ndue = 2026-11-20T23:59:00Z\npercent_per_day = 10\n\n[[exercises]]"
    (course / "grading.toml").write_text(grading.replace("\n[[exercises]]", late, 1))
    finished = autograder(course, "grade", export, "--out", tmp_path / "results", "--sandbox", "none")
    assert finished.returncode == 0, finished.stderr
    records = [json.loads(path.read_text()) for path in (tmp_path / "results" / "records").glob("*.json")]
    by_learner = {record["learner"]: record for record in records}
    on_time, late_one = (
        by_learner["Ann Bee (3031)"],
        by_learner["Ann Bee (other@school.edu), Zoë Ümlaut (3032)"],
    )
    assert (on_time["late_penalty"], on_time["submitted_source"]) == (0, "Gradescope")
    assert late_one["late_penalty"] == pytest.approx(0.3)
    said = "\n".join(path.read_text() for path in (tmp_path / "results" / "feedback").glob("*"))
    assert "2026-11-23 09:30 UTC (Gradescope)" in said
