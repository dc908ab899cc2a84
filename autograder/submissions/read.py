"""Read one submission: the modules of the exercises, wherever the learner has put them, whatever they are called."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePosixPath

from autograder.course.chunks import chunks
from autograder.protocol.text import visible
from autograder.submissions import Entry, Submission, UnreadableSubmission
from autograder.submissions.found import LARGEST_NOTEBOOK, File, Found
from autograder.submissions.handed_in import handed_in
from autograder.submissions.names import has_two_owners, is_late, name_of
from autograder.submissions.notebook import NotebookError, code_cells, module
from autograder.submissions.recognize import recognize
from autograder.submissions.unpack import unpack

# More are left out of a note.
_MOST_NAMED = 5


def read(
    entry: Entry, stubs: Mapping[str, str], only: list[str], given: datetime | None = None
) -> Submission:
    """Read one submission.

    Args:
        entry: from `find`.
        stubs: those of all exercises, by name.
        only: the exercises to be graded.
        given: when it was handed in, from `--handed-in`; None if that does not say.

    Raises:
        UnreadableSubmission: if nothing of it can be graded; the text says why, and what was found.
    """
    found = Found()
    for path in entry.paths:
        if path.is_symlink():
            raise UnreadableSubmission(f"{path.name} is a link: submit the file itself")
        if has_two_owners(path.name):
            raise UnreadableSubmission(f"{path.name} could be the work of two learners: rename it")
        single = PurePosixPath(name_of(path.name, is_folder=False).file)
        name = PurePosixPath() if path.is_dir() else single
        unpack(path, name, found)
    recognized = recognize(found.files, stubs, only)
    for exercise, rival in recognized.rivals.items():
        # In one folder it is an older version; two files that were handed in are two answers.
        if len(entry.paths) > 1 and len(rival.path.parts) == 1:
            answer = recognized.answers[exercise].path
            raise UnreadableSubmission(
                f"{answer} and {rival.path} could both be {exercise}: keep one of them"
            )
    notebooks: dict[str, str] = {}
    files: dict[str, bytes] = {}
    notes = list(recognized.notes)
    for exercise, file in recognized.answers.items():
        content = file.content
        if file.kind == ".ipynb":
            content, notebooks[exercise] = _module_of(exercise, file, stubs[exercise], notes)
        if not notebooks.get(exercise):
            files[f"{exercise}.py"] = content
    _add_helpers(files, list(stubs), list(recognized.answers.values()), found)
    problem = _problem(found, recognized.answers, notebooks, only)
    if not recognized.answers:
        raise UnreadableSubmission(problem or _nothing_found(found))
    submitted, source = handed_in(entry, found, given)
    notes += _left_out(found, list(recognized.answers.values()))
    if any(is_late(path.name) for path in entry.paths):
        notes.append("Canvas says that it is late, and not when it was handed in (see --handed-in)")
    return Submission(
        files, submitted, source, [visible(note) for note in notes], visible(problem), notebooks
    )


def _module_of(exercise: str, file: File, stub: str, notes: list[str]) -> tuple[bytes, str]:
    """Return the module that a notebook's cells make, or why it cannot be made."""
    if len(file.content) > LARGEST_NOTEBOOK:
        return b"", f"{file.path} is larger than {LARGEST_NOTEBOOK // 2**20} MiB: clear its outputs"
    try:
        made = module(exercise, chunks(stub), code_cells(file.content))
    except ModuleNotFoundError as error:
        raise UnreadableSubmission(
            f"{file.path}: grading notebooks needs {error.name}: pip install 'convolution-course[nbgrader]'"
        ) from None
    except NotebookError as error:
        return b"", f"{file.path} cannot be read as a notebook: {error}"
    notes += [f"{file.path.name}, {note}" for note in made.notes]
    return made.source.encode(), ""


def _add_helpers(files: dict[str, bytes], exercises: list[str], answers: list[File], found: Found) -> None:
    """Add the modules that stand beside or below the exercises', which may import them."""
    folders = {file.path.parent for file in answers}
    for folder in sorted(folders, key=lambda folder: (len(folder.parts), folder)):
        for file in found.files:
            if file.path.suffix == ".py" and file.path.is_relative_to(folder):
                name = file.path.relative_to(folder).as_posix()
                # Nothing else can be imported. An exercise's own name is its answer's alone.
                importable = all(
                    part.isidentifier() for part in (*PurePosixPath(name).with_suffix("").parts,)
                )
                if importable and name.removesuffix(".py") not in exercises:
                    files.setdefault(name, file.content)


def _problem(found: Found, answers: Mapping[str, File], notebooks: Mapping[str, str], only: list[str]) -> str:
    """Return why points must not be counted: part of the work could not be read."""
    unreadable = [notebooks[name] for name in only if notebooks.get(name)]
    if unreadable:
        return unreadable[0]
    if found.unopened and not all(name in answers for name in only):
        name, reason = next(iter(found.unopened.items()))
        return f"{name}: {reason}"
    return ""


def _nothing_found(found: Found) -> str:
    names = [file.path.as_posix() for file in found.files] + found.others
    if not names:
        return "nothing is in it"
    return (
        f"no exercise was recognized in it: found {_listed(names)}; "
        "name each module after its exercise, or rename it here"
    )


def _left_out(found: Found, answers: list[File]) -> list[str]:
    """Return the notes on what was not graded."""
    # Helpers are modules that an answer may import; a notebook is none.
    unused = [file.path.as_posix() for file in found.files if file.kind == ".ipynb" and file not in answers]
    notes = [f"ignored: {_listed(unused + found.others)}"] if unused + found.others else []
    return notes + [f"ignored: {name}: {reason}" for name, reason in found.unopened.items()]


def _listed(names: list[str]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
