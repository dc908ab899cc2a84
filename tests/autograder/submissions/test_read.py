"""A submission is read as bytes: modules wherever they are, whatever they are called; nothing unknown becomes a 0."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder.submissions import Entry, Submission, UnreadableSubmission
from autograder.submissions.read import read

NAMES = ["doubling", "tallies"]
STUBS = {"doubling": "def double(n): ...\ndef half(n): ...\ndef _own(): ...", "tallies": "class Tally: ..."}
DOUBLE = b"def double(n):\n    return 2 * n\n"
TALLY = b"class Tally:\n    pass\n"


def read_one(*paths: Path, only: list[str] | None = None) -> Submission:
    """Read the one submission at `paths`."""
    return read(Entry("learner", paths), STUBS, only or NAMES)


def written(folder: Path, files: dict[str, bytes]) -> Path:
    """Write files below a folder, and return it."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def notebook(*sources: str) -> bytes:
    """Return a notebook of code cells."""
    cells = [
        {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
        for source in sources
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}).encode()


def test_modules_are_found_below_and_helpers_come_along(tmp_path):
    files = ("week1/doubling.py", "week1/helpers.py", "week2/tallies.py", "week1/.venv/x.py", "notes.txt")
    written(tmp_path, {name: name.encode() for name in files})
    found = read_one(tmp_path)
    assert found.files == {
        "doubling.py": b"week1/doubling.py",
        "helpers.py": b"week1/helpers.py",
        "tallies.py": b"week2/tallies.py",
    }
    assert found.notes == ["ignored: notes.txt"]


def test_the_same_module_twice_is_refused(tmp_path):
    written(tmp_path, {name: name.encode() for name in ("doubling.py", "a/tallies.py", "b/tallies.py")})
    with pytest.raises(
        UnreadableSubmission, match=r"tallies is in it twice: a/tallies\.py and b/tallies\.py"
    ):
        read_one(tmp_path)


@pytest.mark.parametrize(
    "name",
    [
        "Doubling.py",
        "doubling (1).py",
        "doubling-1.py",
        "doubling.PY",
        "doubling.py.txt",
        "doubling - Copy.py",
        "my doubling final.py",
        "homework1.py",
    ],
)
@pytest.mark.parametrize("way", ["folder", "single"])
def test_a_module_is_known_by_a_name_like_it_or_by_its_functions(tmp_path, name, way):
    written(tmp_path, {name: DOUBLE})
    found = read_one(tmp_path if way == "folder" else tmp_path / name)
    assert found.files["doubling.py"] == DOUBLE
    assert found.notes == [f"{name} was taken for doubling.py"]


def test_one_module_may_answer_several_exercises(tmp_path):
    written(tmp_path, {"me.py": DOUBLE + TALLY})
    found = read_one(tmp_path / "me.py")
    assert {"doubling.py", "tallies.py"} <= found.files.keys()
    assert found.notes == ["me.py was taken for doubling.py, tallies.py"]


def test_a_test_or_a_copy_beside_the_module_is_not_taken_for_it(tmp_path):
    written(
        tmp_path, {"doubling.py": DOUBLE, "doubling (1).py": DOUBLE + b"# old\n", "test_doubling.py": DOUBLE}
    )
    found = read_one(tmp_path)
    assert found.files["doubling.py"] == DOUBLE
    assert found.notes == ["doubling (1).py is ignored: doubling.py is there"]


def test_a_learners_own_test_is_no_answer(tmp_path):
    with pytest.raises(
        UnreadableSubmission, match=r"no exercise was recognized in it: found test_doubling\.py"
    ):
        read_one(written(tmp_path, {"test_doubling.py": DOUBLE}))


def test_a_file_alone_that_is_no_python_answers_the_only_exercise(tmp_path):
    """So that its syntax error is named."""
    written(tmp_path, {"homework.py": b"def double(:\n"})
    assert read_one(tmp_path, only=["doubling"]).files["doubling.py"] == b"def double(:\n"
    with pytest.raises(UnreadableSubmission, match="no exercise was recognized"):
        read_one(tmp_path)


def test_two_modules_that_could_both_be_it_are_refused(tmp_path):
    written(tmp_path, {"one.py": DOUBLE, "two.py": DOUBLE + b"# another\n"})
    with pytest.raises(UnreadableSubmission, match=r"doubling is in it twice: one\.py and two\.py"):
        read_one(tmp_path)


def test_a_report_beside_the_module_is_no_second_submission(tmp_path):
    written(tmp_path, {"x_1_2_doubling.py": DOUBLE, "x_1_3_report.pdf": b"%PDF", "x_1_4_more.zip": b"PK"})
    found = read_one(*sorted(tmp_path.iterdir()), only=["doubling"])
    assert found.files == {"doubling.py": DOUBLE}
    assert found.notes == [
        "ignored: report.pdf",
        "ignored: more.zip: it cannot be opened: File is not a zip file",
    ]
    assert not found.problem


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({}, "nothing is in it"),
        ({"report.pdf": b"%PDF"}, r"no exercise was recognized in it: found report\.pdf; name each module"),
        ({"hello.py": b"x = 1\n"}, r"no exercise was recognized in it: found hello\.py"),
        ({"work.rar": b"Rar!"}, r"work\.rar: "),
        ({"work.ipynb": b"{"}, r"no exercise was recognized in it: found work\.ipynb"),
    ],
)
def test_what_is_not_recognized_is_named_and_not_graded(tmp_path, files, reason):
    with pytest.raises(UnreadableSubmission, match=reason):
        read_one(written(tmp_path, files))


def test_what_could_not_be_opened_keeps_the_rest_from_being_counted(tmp_path):
    """The missing exercise may be in it."""
    files = {"doubling.py": DOUBLE, "rest.zip": b"PK\3\4 broken"}
    assert (
        read_one(written(tmp_path, files)).problem == "rest.zip: it cannot be opened: File is not a zip file"
    )


def test_an_unreadable_notebook_is_a_problem_and_no_zero(tmp_path):
    files = {"doubling.ipynb": b'{"cells": [', "tallies.py": TALLY}
    found = read_one(written(tmp_path, files))
    assert found.files == {"tallies.py": TALLY}
    assert found.problem.startswith("doubling.ipynb cannot be read as a notebook")


@pytest.mark.parametrize(
    "name", ["doubling.ipynb", "Copy of doubling.ipynb", "doubling-Copy1.ipynb", "hw.ipynb"]
)
def test_a_renamed_notebook_is_known_by_its_functions(tmp_path, name):
    source = "import numpy\n\ndef double(n):\n    display(n)\n    return 2 * n"
    content = b"\xef\xbb\xbf" + notebook("%%writefile doubling.py\n" + source)
    found = read_one(written(tmp_path, {name: content}), only=["doubling"])
    module: dict[str, object] = {}
    exec(found.files["doubling.py"], module)
    assert module["double"](4) == 8  # type: ignore[operator]  # `display` does nothing


def test_an_expression_that_is_too_deep_costs_that_statement(tmp_path):
    content = notebook("x = a" + ".b" * 5000, "%time " * 600 + "1", DOUBLE.decode())
    found = read_one(written(tmp_path, {"doubling.ipynb": content}))
    assert b"def double" in found.files["doubling.py"]


@pytest.mark.parametrize("name", [".venv/lib/x.py", "venv/x.py", "node_modules/x.py", "mine/x.py"])
def test_other_peoples_code_is_left_out_before_it_is_counted(tmp_path, name):
    files = {name.replace("x.py", f"{number}.py"): b"" for number in range(300)}
    written(tmp_path, {"doubling.py": DOUBLE, "mine/pyvenv.cfg": b"", **files})
    (tmp_path / Path(name).parent / "python").symlink_to("/usr/bin/python3")
    assert read_one(tmp_path).files == {"doubling.py": DOUBLE}


def test_a_link_is_refused(tmp_path):
    (tmp_path / "doubling.py").symlink_to("/etc/hostname")
    with pytest.raises(UnreadableSubmission, match=r"doubling\.py is a link: submit the file itself"):
        read_one(tmp_path)


def test_names_that_are_not_utf_8_disturb_nobody(tmp_path):
    written(tmp_path, {"doubling.py": DOUBLE})
    for name in (b"gr\xf6sse.py", b"bericht\xe9.pdf"):
        (tmp_path / Path(name.decode("utf-8", "surrogateescape"))).write_bytes(b"")
    found = read_one(tmp_path)
    assert found.files == {"doubling.py": DOUBLE}
    assert found.notes == ["ignored: bericht\\xe9.pdf"]


def test_a_file_that_may_be_two_learners_is_nobodys(tmp_path):
    name = "Ann_1_assignsubmission_file_x_2_assignsubmission_file_doubling.py"
    with pytest.raises(UnreadableSubmission, match="could be the work of two learners"):
        read_one(written(tmp_path, {name: DOUBLE}) / name)


def test_the_digest_tells_contents_and_names_apart(tmp_path):
    digests = set()
    for number, files in enumerate(
        ({"a.py": b"bc"}, {"ab.py": b"c"}, {"a.py": b"bd"}, {"a.py": b"bc", "b.py": b""})
    ):
        folder = written(tmp_path / str(number), {"doubling.py": DOUBLE, **files})
        digests.add(read_one(folder).digest)
    assert len(digests) == 4
