"""Stubs are cut from solutions: what a learner writes is gone, what a learner reads stays."""

from __future__ import annotations

import pytest

from autograder.course import read_course
from autograder.course.cut import CutError, cut_source, out_of_date
from tests.autograder.tiny import DOUBLING, write_course


def test_docstrings_stay_and_bodies_go():
    stub = cut_source(DOUBLING, "doubling.py")
    assert '"""Return half of a number."""\n    # YOUR CODE HERE\n    raise NotImplementedError()\n' in stub
    assert "* 2" not in stub
    assert "SOLUTION" not in stub
    compile(stub, "doubling.py", "exec")


def test_a_helper_of_the_reference_leaves_no_trace():
    """It stands before the end of the function above it, so that these marks enclose it too."""
    head, end, _ = DOUBLING.rpartition("    ### END SOLUTION\n")
    source = f"{head}\n\ndef _helper():\n    pass\n{end}"
    assert cut_source(source, "doubling.py") == cut_source(DOUBLING, "doubling.py")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("x = 1\n", "no ### BEGIN SOLUTION"),
        ("def f():\n  ### BEGIN SOLUTION\n", "line 2: ### BEGIN SOLUTION without ### END SOLUTION"),
        ("### END SOLUTION\n", "line 1: ### END SOLUTION without ### BEGIN SOLUTION"),
        (
            "if x:\n  ### BEGIN SOLUTION\n  ### BEGIN SOLUTION\n",
            "line 3: ### BEGIN SOLUTION, but the one in line 2 has no",
        ),
        ("### BEGIN SOLUTION\n", "line 1: ### BEGIN SOLUTION outside a function"),
    ],
)
def test_marks_that_do_not_pair_are_told(source, text):
    with pytest.raises(CutError, match=r"a\.py") as caught:
        cut_source(source, "a.py")
    assert text in str(caught.value)


def test_the_kits_own_stubs_are_up_to_date(pytestconfig):
    folder = pytestconfig.rootpath
    assert out_of_date(folder, read_course(folder).names) == []


def test_cut_writes_what_check_complains_of(tmp_path, autograder):
    write_course(tmp_path)
    assert autograder(tmp_path, "cut", "--check").returncode == 0
    (tmp_path / "solutions" / "doubling.py").write_text(DOUBLING.replace("half of a number", "one half"))
    checked = autograder(tmp_path, "cut", "--check")
    assert checked.returncode == 1
    assert "out of date: exercises/doubling.py" in checked.stdout
    assert autograder(tmp_path, "cut").returncode == 0
    assert "one half" in (tmp_path / "exercises" / "doubling.py").read_text()
    assert autograder(tmp_path, "cut", "--check").returncode == 0
