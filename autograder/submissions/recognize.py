"""Say which exercise a file answers: by its name, by a name like it, or by its functions."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from autograder.submissions import UnreadableSubmission
from autograder.submissions.found import File


@dataclass
class Recognized:
    """What was taken for what.

    Attributes:
        answers: the file of each exercise.
        notes: what people should know about that.
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
    rest = [file for file in files if file not in found.answers.values()]
    defined = {file.path: _defined(file) for file in rest}
    asked = {name: _asked(stub) for name, stub in stubs.items()}
    for name in stubs:
        if name in found.answers:
            continue
        named = [file for file in rest if _holds_name(file.path, name)]
        telling = [file for file in rest if (defined[file.path] or frozenset()) & asked[name]]
        # One that cannot be read as Python is known by its name alone.
        close = [file for file in named if file in telling or defined[file.path] is None]
        if (
            not close
            and len(only) == 1
            and name in only
            and len(files) == 1
            and defined[rest[0].path] is None
        ):
            close = rest
        if chosen := close or _most_telling(telling, defined, asked[name]):
            found.answers[name] = _one_of(name, chosen)
    for file in rest:
        if file in found.answers.values():
            continue
        for name, answer in found.answers.items():
            if (defined[file.path] or frozenset()) & asked[name] and file.content != answer.content:
                found.rivals.setdefault(name, file)
                if _holds_name(file.path, name):
                    found.notes.append(f"{file.path} is ignored: {answer.path} is there")
    for file in _distinct(found.answers.values()):
        names = [name for name, answer in found.answers.items() if answer is file]
        if file.path.name not in (f"{names[0]}.py", f"{names[0]}.ipynb"):
            found.notes.append(
                f"{file.path} was taken for {', '.join(f'{name}{file.kind}' for name in names)}"
            )
    return found


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


def _most_telling(
    files: list[File], defined: Mapping[PurePosixPath, frozenset[str] | None], asked: frozenset[str]
) -> list[File]:
    """Return the files that define most of the functions that are asked for."""
    counts = {file.path: len((defined[file.path] or frozenset()) & asked) for file in files}
    return [file for file in files if counts[file.path] == max(counts.values())]


def _holds_name(path: PurePosixPath, exercise: str) -> bool:
    """Tell whether a file's name holds an exercise's: `Copy of padding.ipynb`, `early-stopping-2.py`.

    >>> _holds_name(PurePosixPath("Early Stopping (1).py"), "early_stopping")
    True
    >>> _holds_name(PurePosixPath("test_padding.py"), "padding")
    False
    """
    stem = re.sub(r"[\s\-]+", "_", path.name.lower())
    if re.match(r"tests?_", stem) or re.search(r"_tests?\.", stem):
        return False
    return re.search(rf"(?<![a-z]){re.escape(exercise)}(?![a-z])", stem) is not None


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
