"""Make a module from a notebook: the definitions in its cells, without scratch code."""

from __future__ import annotations

import ast
import re
import symtable
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from textwrap import indent

from autograder import UserError
from autograder.course.chunks import Chunk

# The cells that are not part of the module.
KIT_CELLS = ("setup", "points")
# Other statements are scratch code: a call, an assertion, a loop that prints.
_DEFINE = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Import,
    ast.ImportFrom,
    ast.If,
    ast.Try,
    ast.With,
)
# Cell magics whose body runs as if they were not there, and the one that writes a module instead.
_TRANSPARENT = re.compile(r"%%(time|timeit|capture|prun|writefile\s+\S+\.py)\b")
# More code than this is none that a learner wrote.
_LONGEST_CODE = 2**20
_MOST_NOTES = 20
# What a notebook's functions may call because Jupyter has it.
_OF_JUPYTER = {
    "display": """\
def display(*_, **__):
    # Jupyter would show something here.
    return None""",
    "get_ipython": """\
class _Shell:
    def __getattr__(self, name):
        return lambda *_, **__: None


def get_ipython():
    # Jupyter's shell; here its methods do nothing.
    return _Shell()""",
}


class NotebookError(UserError):
    """A file cannot be read as a notebook; the text says why."""


@dataclass(frozen=True)
class Cell:
    """A code cell.

    Attributes:
        source: its source in the notebook.
        grade_id: nbgrader's name for it; empty if it has none.
    """

    source: str
    grade_id: str = ""


def code_cells(content: bytes) -> list[Cell]:
    """Return the code cells of a notebook, of any version that nbformat can convert.

    Raises:
        NotebookError: if the content is not a notebook.
    """
    from nbformat import convert, reader  # from the `nbgrader` extra

    try:
        # Without validation: what is read is looked at here, and little of it.
        notebook = convert(reader.reads(content.decode("utf-8-sig")), 4)
        cells = [
            Cell(str(cell.source), str(cell.metadata.get("nbgrader", {}).get("grade_id", "")))
            for cell in notebook.cells
            if cell.cell_type == "code"
        ]
    except UnicodeDecodeError:
        raise NotebookError("it is not UTF-8") from None
    except RecursionError:
        raise NotebookError("it is nested too deep") from None
    except Exception as error:  # nbformat raises any kind of exception for malformed data
        reason = str(error).strip().split("\n")[0][:100] or type(error).__name__
        raise NotebookError(reason) from None
    if sum(len(cell.source) for cell in cells) > _LONGEST_CODE:
        raise NotebookError(f"its cells hold more than {_LONGEST_CODE // 2**20} MiB of code")
    return cells


@dataclass(frozen=True)
class Module:
    """A module made from cells, with notes about the cells."""

    source: str
    notes: list[str]


def module(exercise: str, course: list[Chunk], cells: Iterable[Cell]) -> Module:
    """Make a module from a learner's cells: their definitions, in the order of the cells.

    Code given by the course is taken from the course, not from the cells. Functions that the learner has not
    defined are taken from the stub. So cells may be deleted, added, moved or renamed.

    Args:
        exercise: the name of the exercise.
        course: the chunks of its stub.
        cells: the learner's code cells.
    """
    given = {f"{exercise}-{chunk.name}" for chunk in course if not chunk.is_answer}
    given |= {f"{exercise}-{name}" for name in KIT_CELLS}
    notes: list[str] = []
    statements: list[_Statement] = []
    for number, cell in enumerate(cells, 1):
        if cell.grade_id not in given:
            statements += _statements(cell, number, notes)
    reads = {name for statement in statements for name in statement.reads}
    first = next((number for number, chunk in enumerate(course) if chunk.is_answer), len(course))
    defined = {name for statement in statements for name in statement.names}
    parts = [chunk.source for chunk in course[:first]]
    parts += [chunk.source for chunk in course if chunk.is_answer and chunk.name not in defined]
    parts += [text for name, text in _OF_JUPYTER.items() if name in reads - defined]
    parts += [statement.source for statement in _needed(statements)]
    # Below the learner's functions, because they may refer to them.
    parts += [chunk.source for chunk in course[first:] if not chunk.is_answer]
    return Module("\n\n\n".join(parts) + "\n", notes[:_MOST_NOTES])


@dataclass(frozen=True)
class _Statement:
    """A learner's statement, the names that it binds, and the names that it reads."""

    source: str
    names: frozenset[str]
    reads: frozenset[str]
    is_definition: bool


def statements(source: str) -> list[ast.stmt]:
    """Return the statements of a cell, none if it is not Python."""
    return _parsed(source, 0, [])[1]


def _parsed(source: str, number: int, notes: list[str]) -> tuple[str, list[ast.stmt]]:
    """Return a cell without its magic, and its statements; what is ignored is noted."""
    written = source
    if source.lstrip().startswith("%%"):
        magic, _, source = source.lstrip().partition("\n")
        if not _TRANSPARENT.match(magic):
            notes.append(f"cell {number}, {magic.split()[0]}, is ignored")
            return "", []
    try:
        source = _without_magic(source)
        if "get_ipython()" in source and "get_ipython()" not in written:
            notes.append(f"cell {number}: % and ! lines are ignored")
        body = ast.parse(source).body
        compile(source, "cell", "exec", dont_inherit=True)  # finds errors that the parser does not
    except SyntaxError as error:
        notes.append(f"cell {number}, line {error.lineno}: syntax error: {error.msg}")
        return "", []
    except (ValueError, RecursionError, MemoryError) as error:
        notes.append(f"cell {number}: syntax error: {error or type(error).__name__}")
        return "", []
    return source, body


def _statements(cell: Cell, number: int, notes: list[str]) -> list[_Statement]:
    source, body = _parsed(cell.source, number, notes)
    lines = source.splitlines()
    found = []
    for statement in body:
        # `from __future__` is allowed only at the start of a module.
        # The kit's notebook helpers are not available in the candidate.
        module = (statement.module or "") if isinstance(statement, ast.ImportFrom) else ""
        wanted = module != "__future__" and module.partition(".")[0] != "autograder"
        if not wanted or not isinstance(statement, (*_DEFINE, ast.Assign, ast.AnnAssign)):
            continue
        try:
            text = _text(statement, lines)
            if not isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                text = _unharmful(statement)
            names = frozenset(_bound(statement)), frozenset(_reads(text))
        except (RecursionError, MemoryError):
            notes.append(f"cell {number}, line {statement.lineno}, is ignored: it is nested too deep")
            continue
        found.append(_Statement(text, *names, isinstance(statement, _DEFINE)))
    return found


def _without_magic(source: str) -> str:
    """Turn `%magic` and `!shell` lines into IPython calls, which are not definitions."""
    from IPython.core.inputtransformer2 import TransformerManager  # from the `nbgrader` extra

    try:
        return TransformerManager().transform_cell(source)
    except (SyntaxError, ValueError, RecursionError):
        return source


def _bound(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield statement.name
    elif not isinstance(statement, (ast.Import, ast.ImportFrom)):
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.id
            elif isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not isinstance(statement, ast.Assign):
                yield node.name


def _reads(source: str) -> Iterator[str]:
    """Yield the global names that a statement reads, also inside functions."""
    tables = [symtable.symtable(source, "cell", "exec")]
    while tables:
        table = tables.pop()
        tables += table.get_children()
        for symbol in table.get_symbols():
            if symbol.is_referenced() and (table.get_type() == "module" or symbol.is_global()):
                yield symbol.get_name()


def _text(statement: ast.stmt, lines: list[str]) -> str:
    """Return a statement as it was written, with its decorators; without what shares a line with it."""
    decorators = getattr(statement, "decorator_list", [])
    begin = min([statement.lineno, *(decorator.lineno for decorator in decorators)])
    text = "\n".join(lines[begin - 1 : statement.end_lineno])
    try:
        alone = len(ast.parse(text).body) == 1
    except SyntaxError:
        alone = False
    return text if alone else ast.unparse(statement)


def _unharmful(statement: ast.stmt) -> str:
    """Wrap a statement so that an error in it does not stop the others, as in a notebook's cells."""
    return f"try:\n{indent(ast.unparse(statement), '    ')}\nexcept Exception:\n    pass"


def _needed(statements: list[_Statement]) -> list[_Statement]:
    """Return the definitions, and of the variables those that these read: others only try something out."""
    binding: dict[str, list[int]] = {}
    for at, statement in enumerate(statements):
        for name in statement.names:
            binding.setdefault(name, []).append(at)
    kept = {at for at, statement in enumerate(statements) if statement.is_definition}
    waiting = list(kept)
    while waiting:
        for name in statements[waiting.pop()].reads:
            more = set(binding.pop(name, ())) - kept
            kept |= more
            waiting += more
    return [statements[at] for at in sorted(kept)]
