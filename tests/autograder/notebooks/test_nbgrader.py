"""The course in nbgrader: cut, handed out, collected, graded in both ways with the same points."""

from __future__ import annotations

import base64
import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograder.course.chunks import chunks
from tests.autograder.tiny import DOUBLING, KIT, TALLIES, write_course

ONE, TWO = "1_one", "2_two"
SQUARED = "You squared."
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
ANSWERS = {
    "right": {"doubling": "", "tallies": ""},
    "half": {"doubling": "def half(number):\n    return number\n", "tallies": ""},
    "squares": {"doubling": "def double(numbers):\n    return [n**2 for n in numbers]\n", "tallies": ""},
    "unwritten": {"doubling": None, "tallies": None},
}
POINTS = {"right": (10, 6), "half": (8, 6), "squares": (2, 6), "unwritten": (0, 0)}

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def kit_course(tmp_path_factory) -> Path:
    """The tiny course, with a known mistake."""
    folder = write_course(tmp_path_factory.mktemp("kit"))
    mistake = folder / "tests" / "mistakes" / "doubling" / "squared.py"
    mistake.parent.mkdir(parents=True)
    mistake.write_text(f'"""{SQUARED}"""\ndef double(numbers):\n    return np.asarray(numbers) ** 2\n')
    picture = folder / "docs" / "pictures" / "doubling.svg"
    picture.parent.mkdir(parents=True)
    picture.write_text(PICTURE)
    return folder


@pytest.fixture(scope="module")
def nbgrader() -> Run:
    """Run nbgrader in a folder, as a learner by that name or as the instructor."""

    def run(folder: Path, *arguments: object, user: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "nbgrader", *map(str, arguments)]
        if user:
            # nbgrader asks the operating system who it is.
            passwords = folder / "passwd"
            passwords.write_text(f"{user}:x:{os.getuid()}:{os.getgid()}::{folder}:/bin/sh\n")
            known = ["--ro-bind", str(passwords), "/etc/passwd"]
            command = ["bwrap", "--dev-bind", "/", "/", *known, "--chdir", str(folder), *command]
        return subprocess.run(
            command,
            cwd=folder,
            env={
                **os.environ,
                "PYTHONPATH": str(KIT),
                "PATH": os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]]),
                "JUPYTER_PREFER_ENV_PATH": "1",
            },
            capture_output=True,
            text=True,
            timeout=900,
        )

    return run


@pytest.fixture(scope="module")
def cut(kit_course, autograder, nbgrader, tmp_path_factory) -> Path:
    """nbgrader's course folder: cut, and both assignments generated."""
    folder = tmp_path_factory.mktemp("nbgrader")
    finished = autograder(kit_course, "notebooks", folder)
    assert (finished.returncode, finished.stderr) == (0, "")
    exchange = tmp_path_factory.mktemp("exchange")
    exchange.chmod(0o777)
    with (folder / "nbgrader_config.py").open("a") as file:
        file.write(f"c.Exchange.root = {str(exchange)!r}\n")
        # Here one user of the machine plays all the learners.
        file.write("c.ExchangeCollect.check_owner = False\n")
    for assignment in (ONE, TWO):
        finished = nbgrader(folder, "generate_assignment", assignment)
        assert finished.returncode == 0, finished.stderr
    return folder


@pytest.fixture(scope="module")
def collected(cut, nbgrader, tmp_path_factory) -> Path:
    """The same, with four learners' work in `submitted`: that of one by the exchange, the rest by hand."""
    assert nbgrader(cut, "release_assignment", ONE).returncode == 0
    by_exchange = "squares"
    home = tmp_path_factory.mktemp(by_exchange)
    (home / "nbgrader_config.py").write_text((cut / "nbgrader_config.py").read_text())
    fetched = nbgrader(home, "fetch_assignment", ONE, user=by_exchange)
    assert fetched.returncode == 0, fetched.stderr
    write_answer(home / ONE / "doubling.ipynb", DOUBLING, ANSWERS[by_exchange]["doubling"])
    submitted = nbgrader(home, "submit", ONE, user=by_exchange)
    assert submitted.returncode == 0, submitted.stderr
    for learner, answers in ANSWERS.items():
        for assignment, name, solution in ((ONE, "doubling", DOUBLING), (TWO, "tallies", TALLIES)):
            if (learner, assignment) == (by_exchange, ONE):
                continue
            place = cut / "submitted" / learner / assignment
            place.mkdir(parents=True)
            notebook = place / f"{name}.ipynb"
            notebook.write_bytes((cut / "release" / assignment / notebook.name).read_bytes())
            write_answer(notebook, solution, answers[name])
    finished = nbgrader(cut, "collect", ONE)
    assert finished.returncode == 0, finished.stderr
    return cut


def write_answer(path: Path, solution: str, more: str | None) -> None:
    """Write the solution into a notebook's cells, and more below it; nothing for None."""
    notebook = nbformat.reads(path.read_text(), 4)
    if more is not None:
        own = {f"{path.stem}-{chunk.name}": chunk.source for chunk in chunks(solution)}
        for cell in notebook.cells:
            said = cell.metadata.get("nbgrader", {})
            if said.get("solution"):
                cell.source = own[said["grade_id"]]
        notebook.cells.insert(-1, nbformat.v4.new_code_cell(more))
    path.write_text(nbformat.writes(notebook))


def exported(folder: Path, nbgrader: Run) -> dict[tuple[str, str], float]:
    """The scores that nbgrader exports, by learner and assignment."""
    finished = nbgrader(folder, "export")
    assert finished.returncode == 0, finished.stderr
    with (folder / "grades.csv").open(newline="") as file:
        return {(row["student_id"], row["assignment"]): float(row["score"]) for row in csv.DictReader(file)}


def expected() -> dict[tuple[str, str], float]:
    return {
        (learner, assignment): points
        for learner, both in POINTS.items()
        for assignment, points in zip((ONE, TWO), both, strict=True)
    }


def test_a_notebook_holds_the_idea_the_functions_and_the_points(cut):
    notebook = nbformat.reads((cut / "source" / ONE / "doubling.ipynb").read_text(), 4)
    assert "Doubling." in notebook.cells[0].source
    ids = [cell.metadata.nbgrader.grade_id for cell in notebook.cells if "nbgrader" in cell.metadata]
    assert ids == [
        "doubling-setup",
        "doubling-imports",
        "doubling-double",
        "doubling-half",
        "doubling-points",
    ]
    assert notebook.cells[-1].metadata.nbgrader.points == 10


def test_what_is_released_holds_neither_solutions_nor_hidden_tests(cut):
    text = "".join(path.read_text() for path in (cut / "release").rglob("*") if path.is_file())
    assert "HIDDEN" not in text
    assert "grade(" not in text
    assert "* 2" not in text
    assert "NotImplementedError" in text


def test_a_course_that_is_cut_again_keeps_names_and_configuration(cut, kit_course, autograder):
    def ids() -> list[tuple[str, str]]:
        notebook = nbformat.reads((cut / "source" / ONE / "doubling.ipynb").read_text(), 4)
        return [(cell.id, str(cell.metadata.get("nbgrader", ""))) for cell in notebook.cells]

    before, configuration = ids(), (cut / "nbgrader_config.py").read_text()
    assert autograder(kit_course, "notebooks", cut).returncode == 0
    assert ids() == before
    assert (cut / "nbgrader_config.py").read_text() == configuration


def test_nbgraders_validation_finds_nothing(cut, nbgrader):
    finished = nbgrader(cut, "validate", f"source/{ONE}/doubling.ipynb")
    assert "Success! Your notebook passes all the tests." in finished.stdout, finished.stderr


def test_a_learners_validation_says_what_is_missing(cut, nbgrader):
    finished = nbgrader(cut, "validate", f"release/{ONE}/doubling.ipynb")
    assert "VALIDATION FAILED ON 1 CELL(S)!" in finished.stdout
    assert "0 of 2 checks of doubling pass" in finished.stdout


def test_nbgraders_own_autograde_gives_the_same_points(collected, nbgrader):
    finished = nbgrader(collected, "autograde", ONE, "--force")
    assert finished.returncode == 0, finished.stderr
    scores = exported(collected, nbgrader)
    assert {learner: scores[learner, ONE] for learner in POINTS} == {
        learner: one for learner, (one, _) in POINTS.items()
    }


@pytest.fixture(scope="module")
def graded(collected, kit_course, autograder, tmp_path_factory) -> Path:
    """The results of `autograder grade COURSE_DIR/submitted`."""
    results = tmp_path_factory.mktemp("results")
    finished = autograder(kit_course, "grade", collected / "submitted", "--out", results)
    assert finished.returncode == 0, finished.stderr
    assert "nbgrader's gradebook: 4 learners in 2 assignments" in finished.stdout
    return results


def test_in_the_sandbox_a_notebook_earns_the_same(graded, collected, nbgrader):
    records = {path.stem: json.loads(path.read_text()) for path in (graded / "records").glob("*.json")}
    assert {
        name: tuple(one["earned"] for one in record["exercises"]) for name, record in records.items()
    } == POINTS
    assert {record["sandbox"] for record in records.values()} == {"namespaces"}
    assert exported(collected, nbgrader) == expected()


def test_feedback_tells_the_learner_why(graded, collected, nbgrader, tmp_path):
    finished = nbgrader(collected, "generate_feedback", ONE, "--force")
    assert finished.returncode == 0, finished.stderr
    page = (collected / "feedback" / "squares" / ONE / "doubling.html").read_text()
    assert SQUARED in page
    assert "doubling.ipynb, double" in page
    assert base64.b64encode(PICTURE.encode()).decode() in page
    assert "You squared" not in (collected / "feedback" / "right" / ONE / "doubling.html").read_text()
    # Back to the learners, by the exchange.
    finished = nbgrader(collected, "release_feedback", ONE, "--student", "squares")
    assert finished.returncode == 0, finished.stderr
    home = tmp_path / "squares"
    home.mkdir()
    (home / "nbgrader_config.py").write_text((collected / "nbgrader_config.py").read_text())
    finished = nbgrader(home, "fetch_feedback", ONE, user="squares")
    assert finished.returncode == 0, finished.stderr


def test_a_score_set_by_hand_stays(graded, collected, kit_course, autograder, nbgrader):
    from nbgrader.api import Gradebook

    url = f"sqlite:///{collected / 'gradebook.db'}"
    with Gradebook(url) as gradebook:
        gradebook.find_grade("doubling-points", "doubling", ONE, "half").manual_score = 9.5
        gradebook.db.commit()
    finished = autograder(kit_course, "grade", collected / "submitted", "--out", graded, "--force")
    assert "1 scores that were set by hand are kept" in finished.stdout
    assert exported(collected, nbgrader)["half", ONE] == 9.5
    with Gradebook(url) as gradebook:
        grade = gradebook.find_grade("doubling-points", "doubling", ONE, "half")
        assert (grade.auto_score, grade.needs_manual_grade) == (8, True)
        grade.manual_score = None
        gradebook.db.commit()


def spoiled(notebook: nbformat.NotebookNode) -> dict[str, str]:
    """The same notebook as it may come back, by what has become of it."""

    def changed(change: Callable[[nbformat.NotebookNode], object]) -> str:
        copy = nbformat.from_dict(json.loads(nbformat.writes(notebook)))
        change(copy)
        return json.dumps(copy)

    def rename(copy: nbformat.NotebookNode) -> None:
        for cell in copy.cells:
            if "nbgrader" in cell.metadata:
                cell.metadata.nbgrader.grade_id += "-mine"
                cell.metadata.nbgrader.schema_version = 99

    return {
        "no_cell_for_points": changed(lambda copy: copy.cells.pop()),
        "other_names": changed(rename),
        "no_metadata": changed(lambda copy: [cell.metadata.clear() for cell in copy.cells]),
        "other_order": changed(lambda copy: copy.cells.reverse()),
        "twice": changed(lambda copy: copy.cells.extend(copy.cells[:])),
        "magic": changed(lambda copy: copy.cells.insert(0, nbformat.v4.new_code_cell("%pylab\n!ls"))),
        "no_such_picture": changed(
            lambda copy: copy.cells.insert(0, nbformat.v4.new_markdown_cell("![](attachment:mine.png)"))
        ),
    }


def test_whatever_became_of_a_notebook_it_is_graded(collected, kit_course, autograder, nbgrader, tmp_path):
    """Cells removed, renamed, moved, doubled: full points. No notebook at all: a line, and a person decides."""
    whole = collected / "submitted" / "right" / ONE / "doubling.ipynb"
    course_dir = tmp_path / "course"
    course_dir.mkdir()
    for name in ("nbgrader_config.py", "gradebook.db"):
        (course_dir / name).write_bytes((collected / name).read_bytes())
    (course_dir / "source").symlink_to(collected / "source")
    texts = spoiled(nbformat.reads(whole.read_text(), 4))
    texts |= {"no_json": "{", "no_notebook": '{"nbformat": 4, "cells": [3]}', "large": " " * (16 * 2**20 + 1)}
    for learner, text in texts.items():
        path = course_dir / "submitted" / learner / ONE / "doubling.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(text)
    finished = autograder(
        kit_course, "grade", course_dir / "submitted", "--out", tmp_path / "results", "--only", "doubling"
    )
    assert finished.returncode == 1, finished.stderr
    earned = {
        path.stem: json.loads(path.read_text())["exercises"][0]["earned"]
        for path in (tmp_path / "results" / "records").glob("*.json")
    }
    readable = texts.keys() - {"no_json", "no_notebook", "large"}
    assert earned == {name: 10 if name in readable else 0 for name in texts}
    assert "doubling.ipynb is larger than 16 MiB: clear its outputs" in finished.stdout
    assert "doubling.ipynb cannot be read as a notebook" in finished.stdout
    scores = exported(course_dir, nbgrader)
    assert {name: scores[name, ONE] for name in texts} == earned
    with Gradebook(f"sqlite:///{course_dir / 'gradebook.db'}") as gradebook:
        asked = {name for name in texts if gradebook.find_submission(ONE, name).needs_manual_grade}
    assert asked == texts.keys() - readable
    # Whatever is in one of them, each gets its feedback.
    finished = nbgrader(course_dir, "generate_feedback", ONE)
    assert finished.returncode == 0, finished.stderr
    assert {path.parent.parent.name for path in course_dir.glob(f"feedback/*/{ONE}/*.html")} == set(texts)


def test_an_assignment_that_is_not_generated_is_one_line(kit_course, autograder, tmp_path):
    assert autograder(kit_course, "notebooks", tmp_path).returncode == 0
    place = tmp_path / "submitted" / "ann" / ONE
    place.mkdir(parents=True)
    (place / "doubling.ipynb").write_text("{}")
    finished = autograder(kit_course, "grade", tmp_path / "submitted", "--out", tmp_path / "results")
    assert finished.returncode == 2
    assert (
        finished.stderr
        == f"autograder: {ONE} is not in the gradebook: run nbgrader generate_assignment {ONE}\n"
    )
