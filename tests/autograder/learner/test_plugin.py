"""What a learner sees of `pytest exercises/`."""

from __future__ import annotations

import pytest

from autograder.course import read_course
from tests.autograder.tiny import DOUBLING, TALLIES, write_course


@pytest.fixture
def own(tmp_path):
    """A course of one's own, to write answers into."""
    return write_course(tmp_path)


def test_an_untouched_course(own, learner_pytest):
    """No failure is printed for what is not written; the table says so and names the first exercise."""
    finished = learner_pytest(own, "exercises")
    assert finished.returncode == 1
    assert "Traceback" not in finished.stdout
    assert "FAILURES" not in finished.stdout
    assert "doubling  ....................   0/2   not written yet" in finished.stdout
    assert "tallies   ....................   0/1   not written yet" in finished.stdout
    assert "next: doubling, in exercises/doubling.py:6" in finished.stdout
    assert "3 not written yet" in finished.stdout


def test_one_unwritten_exercise_names_its_functions(own, learner_pytest):
    finished = learner_pytest(own, "exercises/", "-k", "doubling")
    assert "double is not written yet: exercises/doubling.py:6" in finished.stdout
    assert "half is not written yet: exercises/doubling.py:12" in finished.stdout
    assert "tallies" not in finished.stdout


def test_a_wrong_answer(own, learner_pytest):
    """The call, what came back, what was expected, the idea, where to edit: in at most twelve lines."""
    (own / "exercises" / "doubling.py").write_text(DOUBLING.replace("* 2", "* 3"))
    finished = learner_pytest(own, "exercises", "-k", "doubling")
    begin = finished.stdout.index("doubling.double([2])")
    failure = finished.stdout[begin : finished.stdout.index("=====", begin)]
    assert "came back:  [6] (int64 array of shape (1,))" in failure
    assert "expected:   [4]" in failure
    assert "idea:       2 becomes 4." in failure
    assert "edit:       exercises/doubling.py:6" in failure
    assert len(failure.splitlines()) <= 12
    assert "doubling  ##########..........   1/2" in finished.stdout


def test_an_exception_of_the_learners(own, learner_pytest):
    (own / "exercises" / "doubling.py").write_text(DOUBLING.replace("return number / 2", "return number / 0"))
    finished = learner_pytest(own, "exercises", "-k", "doubling")
    assert "came back:  ZeroDivisionError: division by zero (in doubling.py, line 18)" in finished.stdout
    assert "Traceback" not in finished.stdout


@pytest.mark.parametrize(("conftest", "table"), [("", "2/3"), ("sys.modules['tensorflow'] = None", "2/2")])
def test_tests_with_tensors_need_tensorflow(own, learner_pytest, conftest, table):
    """Without TensorFlow they are left out, and the exercise can be done."""
    suite = own / "exercises" / "test_doubling.py"
    added = "\n\n@autograder.tensors\ndef test_tensors(doubling):\n    assert False\n"
    suite.write_text(f"import autograder\n{suite.read_text()}{added}")
    own_conftest = own / "conftest.py"
    own_conftest.write_text(f"import sys\n{own_conftest.read_text()}\n{conftest}\n")
    finished = learner_pytest(own, "exercises", "--submission", "solutions", "-k", "doubling")
    assert f" {table} " in finished.stdout
    assert ("  done" in finished.stdout) == (table == "2/2")


def test_all_done(own, learner_pytest):
    finished = learner_pytest(own, "exercises", "--submission", "solutions")
    assert finished.returncode == 0
    assert "all done" in finished.stdout
    finished = learner_pytest(own, "exercises", "-k", "doubling", "--submission", "solutions")
    assert "next: tallies, in solutions/tallies.py:4" in finished.stdout


def test_one_test_alone_and_from_another_folder(own, learner_pytest):
    (own / "exercises" / "tallies.py").write_text(TALLIES)
    finished = learner_pytest(own / "exercises", "test_tallies.py::test_one")
    assert finished.returncode == 0
    assert "1 passed" in finished.stdout


def test_any_suite_at_any_folder(own, learner_pytest):
    (own / "mine").mkdir()
    (own / "mine" / "doubling.py").write_text(DOUBLING)
    finished = learner_pytest(own, "tests/hidden/test_doubling.py", "--submission", "mine")
    assert finished.returncode == 0, finished.stdout
    finished = learner_pytest(own, "exercises", "--submission", "mine")
    assert "there is no tallies.py" in finished.stdout
    finished = learner_pytest(own, "exercises", "--submission", "nowhere")
    assert finished.returncode == 4
    assert "--submission nowhere: no such folder" in finished.stderr


def test_a_mistake_in_grading_toml_is_one_line(own, learner_pytest):
    (own / "grading.toml").write_text("titel = 1\n")
    finished = learner_pytest(own, "exercises")
    assert finished.returncode == 4
    assert "grading.toml: " in finished.stderr
    assert "Traceback" not in finished.stderr


def test_only_what_is_needed_is_imported(own, learner_pytest):
    """Neither TensorFlow nor hypothesis is imported for a suite that uses neither."""
    path = own / "exercises" / "test_doubling.py"
    check = "import sys\n    assert not {'tensorflow', 'hypothesis'} & set(sys.modules)"
    path.write_text(f"{path.read_text()}\n\ndef test_imports():\n    {check}\n")
    assert learner_pytest(own, "exercises", "-k", "imports", "--submission", "solutions").returncode == 0


def test_no_network(course_with_the_kits_options, learner_pytest):
    """In the kit's own exercises a test cannot reach the network."""
    finished = learner_pytest(course_with_the_kits_options, "exercises")
    assert "SocketBlockedError" in finished.stdout


@pytest.fixture
def course_with_the_kits_options(own, pytestconfig):
    """A course with the kit's own pytest options, and an answer that opens a connection."""
    (own / "pytest.ini").write_text((pytestconfig.rootpath / "pytest.ini").read_text())
    body = "import socket; socket.create_connection(('127.0.0.1', 9)); return number / 2"
    (own / "exercises" / "doubling.py").write_text(DOUBLING.replace("return number / 2", body))
    return own


def test_parallel_runs_print_the_same_table(own, learner_pytest):
    pytest.importorskip("xdist")
    finished = learner_pytest(own, "exercises", "-n", "2", "--submission", "solutions")
    assert "doubling  ####################   2/2   done" in finished.stdout
    finished = learner_pytest(own, "exercises", "-n", "2")
    assert "3 not written yet" in finished.stdout


def test_suites_run_in_the_order_of_the_course(pytestconfig, learner_pytest):
    finished = learner_pytest(pytestconfig.rootpath, "exercises", "--collect-only", "-q")
    files = [line.partition("::")[0] for line in finished.stdout.splitlines() if "::" in line]
    suites = [f"exercises/test_{name}.py" for name in read_course(pytestconfig.rootpath).names]
    assert list(dict.fromkeys(files)) == suites


def test_an_exercises_name_picks_its_tests_alone(pytestconfig, learner_pytest):
    """`-k padding` must not run a test of another exercise that has the word in its name."""
    finished = learner_pytest(pytestconfig.rootpath, "exercises", "--collect-only", "-q")
    tests = [line for line in finished.stdout.splitlines() if "::" in line]
    for name in read_course(pytestconfig.rootpath).names:
        picked = {test.partition("::")[0] for test in tests if name in test}
        assert picked == {f"exercises/test_{name}.py"}


def test_a_course_of_fewer_exercises_runs_only_theirs(own, learner_pytest):
    course = (own / "grading.toml").read_text()
    (own / "grading.toml").write_text(course[: course.index('[[exercises]]\nname = "tallies"')])
    finished = learner_pytest(own, "exercises")
    assert "error" not in finished.stdout
    assert "tallies" not in finished.stdout
    assert "doubling  ....................   0/2   not written yet" in finished.stdout
