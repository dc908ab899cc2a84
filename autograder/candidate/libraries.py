"""Import the installed libraries of a submission before its first call.

An import of TensorFlow takes seconds, on a busy machine a minute. That is not the learner's time, so it must not be
part of a call.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

from autograder.candidate.loader import PACKAGE

# An import statement, at the start of a line or after a colon or a semicolon.
_IMPORT = re.compile(rb"(?:^|[:;])[ \t]*(?:from|import)[ \t]+([^\n;#]+)", re.MULTILINE)
# TensorFlow imports it only where the code says `tf.keras`.
_IMPORTED_LATE = "keras"


def import_libraries(folder: Path, exercises: Iterable[str], given: Container[str]) -> None:
    """Import the libraries that some exercises of a submission import, themselves or by its other modules.

    A library that cannot be imported is left to the submission's own import, which then says why.

    Args:
        folder: of the submission.
        exercises: those that are examined. What others import would only cost time.
        given: the given modules, which import a library only when it is needed.
    """
    own: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(folder.rglob("*.py")):
        own[path.relative_to(folder).with_suffix("").parts[0]].append(path)
    others = own.keys() | sys.stdlib_module_names | {PACKAGE}
    path_before = sys.path[:]
    # No library may find a file of the submission.
    sys.path[:] = [entry for entry in sys.path if entry != str(folder)]
    try:
        for source in _sources(own, exercises, given):
            if _may_import_more(source, others):
                with suppress(Exception):
                    _import_libraries_of(ast.parse(source), others)
    finally:
        sys.path[:] = path_before


def _sources(
    own: Mapping[str, list[Path]], exercises: Iterable[str], given: Container[str]
) -> Iterator[bytes]:
    """Yield the source of each file that the exercises import, directly or indirectly, and their own."""
    waiting, seen = list(exercises), set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen or name in given:
            continue
        seen.add(name)
        for path in own.get(name, ()):
            with suppress(OSError):
                source = path.read_bytes()
                yield source
                waiting += (module for module in _imported(source) if module in own)


def _imported(source: bytes) -> Iterator[str]:
    """Yield the first name of each module that a file imports: `padding` for `exercises.padding` too."""
    for modules in _IMPORT.findall(source):
        for module in modules.partition(b"import")[0].split(b","):
            name = module.strip().partition(b" ")[0].decode(errors="replace")
            yield name.removeprefix(f"{PACKAGE}.").partition(".")[0]


def _may_import_more(source: bytes, others: Container[str]) -> bool:
    """Return True if a file may import a library that is not loaded yet; much faster than parsing it."""
    if _IMPORTED_LATE not in sys.modules and _IMPORTED_LATE.encode() in source:
        return True
    return any(name and name not in others and name not in sys.modules for name in _imported(source))


def _import_libraries_of(tree: ast.Module, others: Container[str]) -> None:
    names: dict[str, Any] = {}
    for statement in _import_statements(tree, others):
        with suppress(Exception, SystemExit):
            exec(compile(ast.Module([statement], []), "imports", "exec"), names)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            with suppress(Exception):
                _value(node, names)


def _import_statements(tree: ast.Module, others: Container[str]) -> Iterator[ast.stmt]:
    """Yield an import statement for each library; `others` are the modules that are none."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.partition(".")[0] not in others:
                    yield ast.copy_location(ast.Import([alias]), node)
        elif (
            isinstance(node, ast.ImportFrom)
            and node.module
            and not node.level
            and node.module.partition(".")[0] not in others
        ):
            yield node


def _value(node: ast.expr, names: dict[str, Any]) -> Any:
    """Return the value of `tf` or `tf.keras`, for modules only: nothing else is looked at."""
    if isinstance(node, ast.Attribute):
        value = _value(node.value, names)
        return getattr(value, node.attr) if isinstance(value, ModuleType) else None
    return names[node.id] if isinstance(node, ast.Name) else None
