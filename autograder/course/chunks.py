"""Split a module of the course into the chunks that become notebook cells: given code and functions to write."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from autograder.course.cut import BEGIN, END, STUB_BODY


@dataclass(frozen=True)
class Chunk:
    """Some lines of a module that become one cell of a notebook.

    Attributes:
        name: the first name it defines, or "imports"; unique within a module.
        source: the lines.
        is_answer: True if a learner writes some of it.
    """

    name: str
    source: str
    is_answer: bool


def idea(source: str) -> str:
    """Return a module's docstring."""
    return ast.get_docstring(ast.parse(source)) or ""


def chunks(source: str) -> list[Chunk]:
    """Split a module, without its docstring, into chunks; neighbouring statements of given code form one chunk.

    A function or class with a solution or a stub body is one chunk, up to the end of that solution.
    """
    lines = source.splitlines()
    found: list[Chunk] = []
    end = 0
    for statement in ast.parse(source).body:
        # A helper of the solution is inside the marks of the function above it.
        if statement.lineno <= end:
            continue
        begin, end = end, statement.end_lineno or statement.lineno
        marks = [line.strip() for line in lines[begin:end]]
        if marks.count(BEGIN) > marks.count(END):
            end = next(number for number in range(end, len(lines)) if lines[number].strip() == END) + 1
        text = "\n".join(lines[begin:end])
        if _is_docstring(statement):
            continue
        is_answer = BEGIN in text or STUB_BODY[0] in text
        if found and not is_answer and not found[-1].is_answer:
            found[-1] = Chunk(found[-1].name, f"{found[-1].source}\n{text}", False)
        else:
            found.append(Chunk(_name(statement), text.strip("\n"), is_answer))
    return found


def _is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _name(statement: ast.stmt) -> str:
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return statement.name
    if isinstance(statement, (ast.Assign, ast.AnnAssign)):
        target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
        return ast.unparse(target)
    return "imports"
