"""Find the file of each exercise: by its name, by a similar name, or by its functions."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import PurePosixPath

from autograder.submissions import UnreadableSubmission
from autograder.submissions.found import File


@dataclass
class Recognized:
    """The files that were recognized.

    Attributes:
        answers: the file of each exercise.
        notes: what the learner and the instructor should know.
        rivals: by exercise, another file that could be its answer.
    """

    answers: dict[str, File] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    rivals: dict[str, File] = field(default_factory=dict)


def recognize(files: list[File], stubs: Mapping[str, str], only: list[str]) -> Recognized:
    """Return the file of each exercise.

    A file that has an exercise's name is its answer. Where there is none, one whose name holds the exercise's, such as
    `padding (1).py`, is taken if it defines one of its functions; then any that does.

    Args:
        files: of the submission.
        stubs: those of all exercises, by name.
        only: the exercises to be graded.

    Raises:
        UnreadableSubmission: if two files could be the answer.
    """
    found = Recognized()
    for name in stubs:
        exact = [file for file in files if file.path.name in (f"{name}.py", f"{name}.ipynb")]
        # A stub may have been handed in beside the notebook in which it was solved.
        notebooks = [file for file in exact if file.kind == ".ipynb"]
        if exact:
            found.answers[name] = _one_of(name, notebooks or exact)
    others = [_Other(file, _defined(file)) for file in files if file not in found.answers.values()]
    others = [other for other in others if not _is_a_test(other.file.path)]
    for name, stub in stubs.items():
        if name not in found.answers and (likely := _likely(name, stub, others)):
            found.answers[name] = _one_of(name, likely)
    # A file that is the whole submission is the answer to all that is graded.
    if not found.answers and len(files) == len(others) == len(only) == 1 and others[0].defined is None:
        found.answers[only[0]] = files[0]
    _add_rivals(found, stubs, others)
    for file in _distinct(found.answers.values()):
        names = [name for name, answer in found.answers.items() if answer is file]
        if file.path.name not in (f"{names[0]}.py", f"{names[0]}.ipynb"):
            shown = ", ".join(f"{name}{file.kind}" for name in names)
            found.notes.append(f"{file.path} was taken for {shown}")
    return found


@dataclass(frozen=True)
class _Other:
    """A file without an exercise's name, and what it defines; None if it cannot be read as Python."""

    file: File
    defined: frozenset[str] | None

    def answers(self, stub: str) -> int:
        """Return how many of the functions that a stub asks for it defines."""
        return len((self.defined or frozenset()) & _asked(stub))


def _likely(name: str, stub: str, others: list[_Other]) -> list[File]:
    """Return the files that are most likely an exercise's answer: by their names, else by their functions."""
    named = [other for other in others if _holds_name(other.file.path, name)]
    # One that cannot be read as Python is known by its name alone.
    close = [other.file for other in named if other.answers(stub) or other.defined is None]
    if close:
        return close
    most = max((other.answers(stub) for other in others), default=0)
    return [other.file for other in others if most and other.answers(stub) == most]


def _add_rivals(found: Recognized, stubs: Mapping[str, str], others: list[_Other]) -> None:
    for other in others:
        file = other.file
        if file in found.answers.values():
            continue
        for name, answer in found.answers.items():
            if other.answers(stubs[name]) and file.content != answer.content:
                found.rivals.setdefault(name, file)
                if _holds_name(file.path, name):
                    found.notes.append(f"{file.path} is ignored: {answer.path} is there")


def _distinct(files: Iterable[File]) -> list[File]:
    return list({id(file): file for file in files}.values())


def _one_of(name: str, files: list[File]) -> File:
    """Return the file nearest to the top; two at the same height must be the same."""
    ordered = sorted(files, key=lambda file: (len(file.path.parts), file.path))
    rivals = [file for file in ordered if len(file.path.parts) == len(ordered[0].path.parts)]
    if any(file.content != ordered[0].content for file in rivals):
        raise UnreadableSubmission(
            f"{name} is in it twice: {rivals[0].path} and {rivals[1].path}: keep one of them"
        )
    return ordered[0]


def _holds_name(path: PurePosixPath, exercise: str) -> bool:
    """Tell whether a file's name holds an exercise's: `Copy of padding.ipynb`, `early-stopping-2.py`.

    >>> _holds_name(PurePosixPath("Early Stopping (1).py"), "early_stopping")
    True
    >>> _holds_name(PurePosixPath("spadding.py"), "padding")
    False
    """
    return re.search(rf"(?<![a-z]){re.escape(exercise)}(?![a-z])", _plain(path)) is not None


def _is_a_test(path: PurePosixPath) -> bool:
    """Tell whether a file is a learner's own test.

    >>> _is_a_test(PurePosixPath("test_padding.py")), _is_a_test(PurePosixPath("latest.py"))
    (True, False)
    """
    return re.match(r"tests?_|.*_tests?\.", _plain(path)) is not None


def _plain(path: PurePosixPath) -> str:
    return re.sub(r"[\s\-]+", "_", path.name.lower())


@cache
def _asked(stub: str) -> frozenset[str]:
    """Return the public functions and classes that a stub asks for."""
    return frozenset(name for name in _top_level(ast.parse(stub)) if not name.startswith("_"))


def _defined(file: File) -> frozenset[str] | None:
    """Return the functions and classes that a file defines, None if it cannot be read as Python."""
    if file.kind == ".ipynb":
        from autograder.submissions.notebook import NotebookError, code_cells, statements

        try:
            cells = [statements(cell.source) for cell in code_cells(file.content)]
        except (NotebookError, ModuleNotFoundError):
            return None
        return frozenset(name for body in cells for name in _top_level(ast.Module(body, [])))
    try:
        return frozenset(_top_level(ast.parse(file.content)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _top_level(tree: ast.Module) -> list[str]:
    kinds = (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef)
    return [node.name for node in tree.body if isinstance(node, kinds)]
