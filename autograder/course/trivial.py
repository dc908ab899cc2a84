"""Answers that compute nothing, made from the stub: `trivial_answers` in the place of everything unwritten."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

from autograder.course import trivial_answers
from autograder.course.cut import STUB_BODY

# The file beside the module. Its name is not an exercise's.
_FILE = Path(trivial_answers.__file__)
_UNWRITTEN = STUB_BODY[-1]


def trivial_names() -> list[str]:
    """Return the names of the trivial answers."""
    functions = inspect.getmembers(trivial_answers, inspect.isfunction)
    return [name for name, _ in functions if not name.startswith("_")]


def trivial_files(stub: str, exercise: str, answer: str) -> dict[str, bytes]:
    """Return the files of a submission whose functions and methods all give one trivial answer.

    `__init__` stores its arguments, under their own names.

    Args:
        stub: the source of the stub.
        exercise: its exercise.
        answer: the name of a trivial answer.
    """
    lines = stub.splitlines()
    for function in ast.walk(ast.parse(stub)):
        if not isinstance(function, ast.FunctionDef):
            continue
        last = function.body[-1]
        if lines[last.lineno - 1].strip() != _UNWRITTEN:
            continue
        written = "vars(self).update(locals())"
        if function.name != "__init__":
            written = f"return _trivial({', '.join(_arguments(function))})"
        lines[last.lineno - 1] = " " * last.col_offset + written
    # Last, because `from __future__` must come first.
    lines.append(f"from {_FILE.stem} import {answer} as _trivial\n")
    return {f"{exercise}.py": "\n".join(lines).encode(), _FILE.name: _FILE.read_bytes()}


def _arguments(function: ast.FunctionDef) -> list[str]:
    """Return the names of a function's arguments."""
    given = function.args
    named = [*given.posonlyargs, *given.args, given.vararg, *given.kwonlyargs, given.kwarg]
    return [argument.arg for argument in named if argument]
