"""Write an nbgrader course from the solutions: a notebook for each exercise, an assignment for each part."""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.course import PICTURES, Course, Exercise
from autograder.course.chunks import chunks, idea
from autograder.course.release import exercise_files
from autograder.files import write_folder, write_whole
from autograder.notebooks.checks import COURSE_FOLDER, COURSE_VARIABLE
from autograder.notebooks.course_dir import CONFIGURATION, assignments

_SETUP = """# Run this first. It imports `check`, which tests your code, and finds the course's own modules.
from autograder.notebooks import check, find_given_modules

find_given_modules()"""
_POINTS = """# Run all checks and show the points.
check("{name}")
### BEGIN HIDDEN TESTS
from autograder.notebooks import grade
grade("{name}")
### END HIDDEN TESTS"""
_CONFIGURATION = '''"""nbgrader's configuration. `autograder notebooks` writes it only once, so you can change it."""

import os

c = get_config()
c.CourseDirectory.course_id = "{course_id}"
# The folder with the hidden suites, which the kit's cells need during grading.
os.environ["{variable}"] = {folder!r}
# The suite of the training loop takes longer than nbgrader's default of 30 seconds.
c.Execute.timeout = 900
c.ExecutePreprocessor.timeout = 900
'''


def write_notebooks(folder: Path, course: Course, out: Path) -> list[Path]:
    """Write `source/<assignment>/<exercise>.ipynb` and `nbgrader_config.py` below `out`, and return their paths.

    A hidden folder beside the notebooks has the learners' course, for `check`. An existing configuration is kept, so
    that an instructor's changes stay.

    Raises:
        CutError: if a stub cannot be made.
        OSError: if a file cannot be read or written.
    """
    written = []
    for assignment, exercises in assignments(course).items():
        target = out / "source" / assignment
        write_folder(target / COURSE_FOLDER, dict(exercise_files(folder, course)))
        for exercise in exercises:
            path = target / f"{exercise.name}.ipynb"
            write_whole(path, nbformat.writes(notebook(folder, exercise)) + "\n")
            written.append(path)
    configuration = out / CONFIGURATION
    if not configuration.exists():
        course_id = "_".join(re.findall(r"[a-z0-9]+", course.title.lower())[:2])
        text = _CONFIGURATION.format(
            course_id=course_id, variable=COURSE_VARIABLE, folder=os.fspath(folder.resolve())
        )
        write_whole(configuration, text)
        written.append(configuration)
    return written


def notebook(folder: Path, exercise: Exercise) -> nbformat.NotebookNode:
    """Return the instructor's notebook of an exercise, with the solution between nbgrader's markers."""
    made: nbformat.NotebookNode = new_notebook(cells=list(_cells(folder, exercise)))
    made.metadata.kernelspec = {"display_name": "Python 3", "language": "python", "name": "python3"}
    made.metadata.language_info = {"name": "python"}
    return made


def _cells(folder: Path, exercise: Exercise) -> Iterator[nbformat.NotebookNode]:
    name = exercise.name
    source = (folder / "solutions" / f"{name}.py").read_text(encoding="utf-8")
    yield _idea(folder, exercise, source)
    yield _code(f"{name}-setup", _SETUP, locked=True)
    for chunk in chunks(source):
        if not chunk.is_answer:
            yield _code(f"{name}-{chunk.name}", chunk.source, locked=True)
            continue
        yield new_markdown_cell(f"## {chunk.name}", id=_slug(f"{name}-{chunk.name}-title"))
        yield _code(f"{name}-{chunk.name}", chunk.source, solution=True)
        yield new_code_cell(f'check("{name}.{chunk.name}")', id=_slug(f"{name}-{chunk.name}-check"))
    yield _code(f"{name}-points", _POINTS.format(name=name), locked=True, grade=True, points=exercise.points)


def _idea(folder: Path, exercise: Exercise, source: str) -> nbformat.NotebookNode:
    worth = f"{exercise.points:g} points, about {exercise.minutes} minutes"
    text = f"# {exercise.name}\n\n*{exercise.part}. {worth}.*\n"
    picture = folder / PICTURES / f"{exercise.name}.svg"
    cell: nbformat.NotebookNode = new_markdown_cell(id=_slug(f"{exercise.name}-idea"))
    if picture.is_file():
        text += f"\n![The idea in a picture.](attachment:{picture.name})\n"
        content = base64.b64encode(picture.read_bytes()).decode()
        cell.attachments = {picture.name: {"image/svg+xml": content}}
    # In a module's docstring this line says where the picture is.
    cell.source = f"{text}\n{idea(source)}".replace(f"Picture: {PICTURES}/{picture.name}\n", "")
    return cell


def _code(grade_id: str, source: str, **what: Any) -> nbformat.NotebookNode:
    """Return a code cell with a name for nbgrader that stays the same when the notebooks are made again."""
    kept = {"grade": False, "locked": False, "solution": False, "task": False, "schema_version": 3, **what}
    cell: nbformat.NotebookNode = new_code_cell(
        source, id=_slug(grade_id), metadata={"nbgrader": {"grade_id": grade_id, "cell_type": "code", **kept}}
    )
    return cell


def _slug(text: str) -> str:
    """Return a text as a cell identifier: letters, digits, - and _, at most 64."""
    return re.sub(r"[^A-Za-z0-9_-]", "-", text)[:64]
