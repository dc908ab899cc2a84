"""A learner's module out of a notebook: whatever became of its cells, what is defined in them counts."""

from __future__ import annotations

import ast
import json

import nbformat
import pytest

from autograder.course import read_course
from autograder.course.chunks import chunks, idea
from autograder.course.cut import BEGIN, cut_source
from autograder.notebooks.write import notebook
from autograder.submissions import Entry
from autograder.submissions.found import LARGEST_NOTEBOOK
from autograder.submissions.notebook import Cell, NotebookError, code_cells, module
from autograder.submissions.read import read
from tests.autograder.tiny import DOUBLING, KIT

STUB = cut_source(DOUBLING, "doubling.py")
GIVEN, DOUBLE, HALF = chunks(DOUBLING)
NAMES = read_course(KIT).names


def made(*cells: str | Cell) -> tuple[dict, list[str]]:
    """What the module of these cells defines, and the notes."""
    result = module("doubling", chunks(STUB), [one if isinstance(one, Cell) else Cell(one) for one in cells])
    defined: dict = {}
    exec(compile(result.source, "doubling.py", "exec"), defined)
    return defined, result.notes


def test_chunks_are_what_is_given_and_what_is_written():
    assert [(chunk.name, chunk.is_answer) for chunk in chunks(DOUBLING)] == [
        ("imports", False),
        ("double", True),
        ("half", True),
    ]
    assert BEGIN in DOUBLE.source
    assert idea(DOUBLING) == "Doubling."


@pytest.mark.parametrize("name", NAMES)
def test_a_solution_comes_back_from_its_cells(name):
    """Every exercise of the kit: its cells make a module that defines what the solution defines."""
    source = (KIT / "solutions" / f"{name}.py").read_text()
    stub = chunks((KIT / "exercises" / f"{name}.py").read_text())
    assert [chunk.name for chunk in stub] == [chunk.name for chunk in chunks(source)]
    back = module(name, stub, [Cell(chunk.source, f"{name}-{chunk.name}") for chunk in chunks(source)])
    assert back.notes == []

    def statements(text: str) -> list[str]:
        return sorted(ast.dump(node) for node in ast.parse(text).body if not isinstance(node, ast.Expr))

    assert statements(back.source) == statements(source)


@pytest.mark.parametrize("exercise", read_course(KIT).exercises, ids=NAMES)
def test_every_notebook_has_its_picture_and_cells_of_one_name_each(exercise):
    cells = notebook(KIT, exercise).cells
    (picture,) = cells[0].attachments
    assert f"(attachment:{picture})" in cells[0].source
    assert "Picture: " not in cells[0].source
    assert len({cell.id for cell in cells}) == len(cells)
    nbformat.validate(nbformat.v4.new_notebook(cells=cells))


def test_cells_in_another_order_without_names_and_with_others_between():
    defined, notes = made(
        "%%time\ndef half(number):\n    return helper(number) / LIMIT",
        "import math, no_such_module",
        "import math",
        "LIMIT = nowhere",
        "START = 2",
        "LIMIT = START",
        "def helper(number):\n    return math.fabs(number)",
        DOUBLE.source,
    )
    # What raises ends its own cell and no other, as in the notebook.
    assert notes == []
    assert defined["double"]([1]) == [2]
    assert defined["half"](6) == 3


def test_what_only_tries_something_out_is_left_out():
    defined, notes = made(
        "def half(number):\n    return number / 2\nhalf('no number')",
        "result = half(3); print(result)\nassert result == 2\nfor n in range(3): print(half(n))",
        "raise SystemExit",
    )
    assert defined["half"](6) == 3
    assert "result" not in defined
    assert notes == []


def test_magic_and_shell_lines_are_left_out_and_told():
    defined, notes = made(
        '%matplotlib inline\n!pip install x\nfiles = !ls\ndef half(number):\n    """50 %\n    %d\n    """\n'
        "    return number / 2",
        "%%bash\nrm -rf nothing",
        "double?",
    )
    assert defined["half"](6) == 3
    assert "%d" in defined["half"].__doc__
    assert notes == [
        "cell 1: % and ! lines are ignored",
        "cell 2, %%bash, is ignored",
        "cell 3: % and ! lines are ignored",
    ]


def test_what_is_given_is_the_courses_and_what_is_missing_is_the_stubs():
    defined, _ = made(Cell("import os as np", "doubling-imports"), "from autograder.notebooks import check")
    assert defined["np"].__name__ == "numpy"
    with pytest.raises(NotImplementedError):
        defined["half"](1)


def test_a_cell_that_is_not_python_is_told_and_the_others_count():
    defined, notes = made("def half(:\n    pass", "return 3", HALF.source)
    assert defined["half"](6) == 3
    assert notes == [
        "cell 1, line 1: syntax error: invalid syntax",
        "cell 2, line 1: syntax error: 'return' outside function",
    ]


def test_the_last_definition_counts():
    defined, _ = made(HALF.source, "def half(number):\n    return 7")
    assert defined["half"](6) == 7


V4 = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(HALF.source)])
V3 = {
    "metadata": {"name": ""},
    "nbformat": 3,
    "nbformat_minor": 0,
    "worksheets": [
        {
            "cells": [
                {"cell_type": "code", "collapsed": False, "input": HALF.source, "language": "python"}
                | {"metadata": {}, "outputs": []}
            ],
            "metadata": {},
        }
    ],
}


@pytest.mark.parametrize("content", [nbformat.writes(V4), json.dumps(V3)])
def test_notebooks_of_older_versions_are_read(content):
    assert [cell.source for cell in code_cells(content.encode())] == [HALF.source]


@pytest.mark.parametrize(
    "content",
    [
        b"no notebook",
        b"[" * 100_000,
        b"\xff\xfe",
        b"[1, 2]",
        b"{}",
        b'{"nbformat": 4, "cells": 3}',
        b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [3]}',
        b'{"nbformat": 99, "nbformat_minor": 0, "metadata": {}, "cells": []}',
    ],
)
def test_what_is_no_notebook_is_told(content):
    with pytest.raises(NotebookError) as caught:
        code_cells(content)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) <= 100


def test_one_notebook_that_cannot_be_read_costs_that_exercise_alone(tmp_path):
    (tmp_path / "doubling.ipynb").write_text(nbformat.writes(V4))
    (tmp_path / "tallies.ipynb").write_text("{")
    (tmp_path / "notes.ipynb").write_text("{}")
    stubs = {"doubling": STUB, "tallies": "class Tally: ..."}
    found = read(Entry("ann", (tmp_path,)), stubs, list(stubs))
    assert list(found.files) == ["doubling.py"]
    assert found.notebooks["doubling"] == ""
    assert found.notebooks["tallies"].startswith("tallies.ipynb cannot be read as a notebook: ")
    assert found.notes == ["ignored: notes.ipynb"]


def test_a_notebook_is_more_than_the_stub_beside_it(tmp_path):
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "doubling.ipynb").write_text(nbformat.writes(V4))
    (tmp_path / "doubling.py").write_text(STUB)
    found = read(Entry("ann", (tmp_path,)), {"doubling": STUB}, ["doubling"])
    assert "return number / 2" in found.files["doubling.py"].decode()


def test_outputs_without_end_are_told(tmp_path):
    with (tmp_path / "doubling.ipynb").open("wb") as file:
        file.truncate(LARGEST_NOTEBOOK + 1)
    found = read(Entry("ann", (tmp_path,)), {"doubling": STUB}, ["doubling"])
    assert found.notebooks == {"doubling": "doubling.ipynb is larger than 16 MiB: clear its outputs"}
