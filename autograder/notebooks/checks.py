"""The functions that notebook cells call: `check` runs the public suite, `grade` the hidden one.

Both read the cells that this kernel has run so far in the same way as a submission
(`autograder.submissions.notebook`), so a notebook earns the same points here as in the sandbox.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from autograder import UserError
from autograder.candidate.loader import serve_modules
from autograder.course import FILE_NAME, Course, find_course, read_course

# A hidden folder beside the notebooks with the learners' course.
COURSE_FOLDER = ".course"
# The folder of the full course with the hidden suites; set by nbgrader_config.py.
COURSE_VARIABLE = "AUTOGRADER_COURSE"


class ChecksFailed(UserError):
    """Some checks do not pass. The notebook shows one line without a traceback."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def find_given_modules() -> None:
    """Let the cells import the modules that the course gives: `from arrays import array_namespace`."""
    folder = _learners_course() / "exercises"
    given = {name: folder / f"{name}.py" for name in read_course(folder.parent).given}
    serve_modules(folder, [], given)


def check(what: str) -> None:
    """Run the checks of an exercise on the cells run so far in this notebook, and print the result.

    Args:
        what: an exercise, "padding", or one of its functions, "padding.same_padding".

    Raises:
        ChecksFailed: if some checks of an exercise do not pass, so that nbgrader's Validate button sees it.
    """
    if os.environ.get("NBGRADER_EXECUTION") == "autograde":
        return  # the points come from the hidden suite
    from autograder.learner.rerun import results

    exercise, _, function = what.partition(".")
    folder = _learners_course()
    course = read_course(folder)
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary)
        _copy(folder, copy, course)
        for name, source in _modules(exercise, folder, course).items():
            (copy / "exercises" / name).write_bytes(source)
        found = results(copy, course, [exercise])[exercise]
    failures = [failure for failure in found.failures if not function or failure.function == function]
    if not failures:
        print(f"{what}: {'' if function else f'all {found.total} '}checks pass.")
        return
    print(failures[0].text.strip())
    if not function:
        raise ChecksFailed(f"{found.passed} of {found.total} checks of {exercise} pass")


def grade(exercise: str) -> float:
    """Return the points for the cells run so far, by the hidden suite; print why points are missing.

    Raises:
        CourseError: if the course with the hidden suites cannot be found.
    """
    from autograder.examiner.pool import ExaminerPool
    from autograder.examiner.scoring import score
    from autograder.records.feedback import exercise_text

    folder = find_course(Path(os.environ.get(COURSE_VARIABLE, ".")))
    course = read_course(folder)
    suite = folder / "tests" / "hidden" / f"test_{exercise}.py"
    with ExaminerPool(folder, course, [exercise]) as pool:
        examination = pool.examine(_modules(exercise, folder, course), [suite])
    (graded,) = score(examination, course, [exercise])
    print(exercise_text(graded.with_notebook(""), course.disclosure))
    return graded.earned


def _learners_course() -> Path:
    beside = Path.cwd() / COURSE_FOLDER
    return (
        beside if (beside / FILE_NAME).is_file() else find_course(Path(os.environ.get(COURSE_VARIABLE, ".")))
    )


def _copy(folder: Path, copy: Path, course: Course) -> None:
    """Copy the files needed to run the public suites, with the exercises as stubs."""
    from autograder.course.release import exercise_files
    from autograder.files import write_folder

    write_folder(copy, dict(exercise_files(folder, course)))


def _modules(exercise: str, folder: Path, course: Course) -> dict[str, bytes]:
    """Return a learner's modules: this exercise from the kernel's history, the others from their notebooks."""
    from autograder.course.chunks import chunks
    from autograder.course.cut import stubs
    from autograder.submissions.notebook import Cell, NotebookError, code_cells, module

    asked = {path.stem: chunks(stub) for path, stub in stubs(folder, course.names).items()}
    found = {}
    for name in course.names:
        if name == exercise:
            cells = [Cell(source) for source in _history()]
        elif path := _notebook(name):
            try:
                cells = code_cells(path.read_bytes())
            except (OSError, NotebookError):
                continue
        else:
            continue
        found[f"{name}.py"] = module(name, asked[name], cells).source.encode()
    return found


def _history() -> list[str]:
    """Return the source of the cells that this kernel has run, in order."""
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    history = shell.history_manager if shell else None
    return list(history.input_hist_raw) if history else []


def _notebook(name: str) -> Path | None:
    """Return the notebook of another exercise, from this folder or from that of another assignment."""
    here = Path.cwd()
    paths = [here / f"{name}.ipynb", *sorted(here.parent.glob(f"*/{name}.ipynb"))]
    return next((path for path in paths if path.is_file()), None)
