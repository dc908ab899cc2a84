"""Import the installed libraries of a submission before its first call.

An import of TensorFlow takes seconds, on a busy machine a minute. That is not the learner's time, so it must not be
part of a call.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

# An import statement, at the start of a line or after a colon or a semicolon.
_IMPORT = re.compile(rb"(?:^|[:;])[ \t]*(?:from|import)[ \t]+([^\n;#]+)", re.MULTILINE)
# TensorFlow imports it only where the code says `tf.keras`.
_IMPORTED_LATE = "keras"


def import_libraries(folder: Path) -> None:
    """Import what the files in `folder` import, except each other and the standard library.

    A library that cannot be imported is left to the submission's own import, which then says why.
    """
    files = sorted(folder.rglob("*.py"))
    own = {path.relative_to(folder).with_suffix("").parts[0] for path in files}
    others = own | sys.stdlib_module_names
    path_before = sys.path[:]
    # No library may find a file of the submission.
    sys.path[:] = [entry for entry in sys.path if entry != str(folder)]
    try:
        for path in files:
            with suppress(Exception):
                source = path.read_bytes()
                if _may_import_more(source, others):
                    _import_libraries_of(ast.parse(source), others)
    finally:
        sys.path[:] = path_before


def _may_import_more(source: bytes, others: set[str]) -> bool:
    """Return True if a file may import a library that is not loaded yet; much faster than parsing it."""
    if _IMPORTED_LATE not in sys.modules and _IMPORTED_LATE.encode() in source:
        return True
    for modules in _IMPORT.findall(source):
        for module in modules.partition(b"import")[0].split(b","):
            name = module.strip().partition(b" ")[0].partition(b".")[0].decode(errors="replace")
            if name and name not in others and name not in sys.modules:
                return True
    return False


def _import_libraries_of(tree: ast.Module, others: set[str]) -> None:
    names: dict[str, Any] = {}
    for statement in _import_statements(tree, others):
        with suppress(Exception, SystemExit):
            exec(compile(ast.Module([statement], []), "imports", "exec"), names)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            with suppress(Exception):
                _value(node, names)


def _import_statements(tree: ast.Module, others: set[str]) -> Iterator[ast.stmt]:
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
