"""Given modules: learners import them, nobody writes them, and a submission always gets the course's own."""

from __future__ import annotations

import json

import pytest

from autograder.course import CourseError, read_course
from autograder.course.cut import cut_course
from autograder.course.release import exercise_files
from tests.autograder.tiny import DOUBLING, GRADING, write_course

GIVEN = '"""Given."""\n\n\ndef twice(number):\n    """Return the number, twice."""\n    return 2 * number\n'
SOLUTION = DOUBLING.replace(
    "import numpy as np\n", "import numpy as np\nfrom plumbing import twice\n"
).replace("np.asarray(numbers) * 2", "twice(np.asarray(numbers))")


@pytest.fixture
def course(tmp_path):
    """Write a course that gives `plumbing`, which the solution of `doubling` uses."""
    folder = write_course(tmp_path / "course")
    (folder / "grading.toml").write_text(f'given = ["plumbing"]\n{GRADING}')
    (folder / "solutions" / "plumbing.py").write_text(GIVEN)
    (folder / "solutions" / "doubling.py").write_text(SOLUTION)
    cut_course(folder, ["doubling", "tallies"], ["plumbing"])
    return folder


def grade(autograder, course, submissions):
    """Grade a folder of submissions, and return each learner's record."""
    done = autograder(course, "grade", submissions, "--out", course / "results", "--only", "doubling")
    assert done.returncode == 0, done.stderr
    return {
        path.stem: json.loads(path.read_text()) for path in (course / "results" / "records").glob("*.json")
    }


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ('"doubling"', "given: 'doubling' is an exercise"),
        ('"nowhere"', "given: 'nowhere': no module nowhere.py in solutions/ or exercises/"),
        ('"../evil"', "given[1]: Expected `str` matching regex"),
    ],
)
def test_a_mistake_is_one_line(tmp_path, given, text):
    write_course(tmp_path)
    (tmp_path / "grading.toml").write_text(f"given = [{given}]\n{GRADING}")
    with pytest.raises(CourseError) as caught:
        read_course(tmp_path)
    assert text in str(caught.value)


def test_cut_copies_it_and_says_when_the_copy_is_old(course, autograder):
    assert (course / "exercises" / "plumbing.py").read_text() == GIVEN
    (course / "solutions" / "plumbing.py").write_text(GIVEN.replace("2 * number", "number + number"))
    checked = autograder(course, "cut", "--check")
    assert checked.returncode == 1
    assert "out of date: exercises/plumbing.py" in checked.stdout
    assert autograder(course, "cut").returncode == 0
    assert autograder(course, "cut", "--check").returncode == 0


def test_a_submission_gets_the_courses_own(course, autograder, tmp_path):
    """Whether it was handed in, left out, or handed in with changes."""
    for name, own in (("with", GIVEN), ("without", None), ("changed", "def twice(number):\n    return 7\n")):
        folder = tmp_path / "class" / name
        folder.mkdir(parents=True)
        (folder / "doubling.py").write_text(SOLUTION)
        if own:
            (folder / "plumbing.py").write_text(own)
    records = grade(autograder, course, tmp_path / "class")
    earned = {name: record["exercises"][0]["earned"] for name, record in records.items()}
    assert len(earned) == 3
    assert set(earned.values()) == {10.0}, earned


def test_an_error_inside_it_is_at_the_learners_own_line(course, autograder, tmp_path):
    """`twice` of what cannot be doubled: the line that is shown is the learner's."""
    folder = tmp_path / "class" / "somebody"
    folder.mkdir(parents=True)
    (folder / "doubling.py").write_text(SOLUTION.replace("twice(np.asarray(numbers))", "twice({})"))
    (record,) = grade(autograder, course, tmp_path / "class").values()
    shown = json.dumps(record)
    assert "doubling.py" in shown
    assert '"plumbing.py"' not in shown


def test_at_home_another_folder_needs_no_copy(course, learner_pytest):
    """`pytest --submission my` finds the given module in exercises/."""
    (course / "my").mkdir()
    (course / "my" / "doubling.py").write_text(SOLUTION)
    done = learner_pytest(course, "exercises/test_doubling.py", "--submission", "my")
    assert done.returncode == 0, done.stdout


def test_a_release_has_it(course):
    files = dict(exercise_files(course, read_course(course)))
    assert files["exercises/plumbing.py"].decode() == GIVEN
    assert ".stubs/plumbing.py" not in files
