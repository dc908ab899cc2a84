"""Import the installed libraries of a submission before its first call.

An import of TensorFlow takes seconds, on a busy machine a minute. That is not the learner's time, so it must not be
part of a call.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any


def import_libraries(folder: Path) -> None:
    """Import what the files in `folder` import, except each other and the standard library.

    A library that cannot be imported is left to the submission's own import, which then says why.
    """
    files = sorted(folder.rglob("*.py"))
    own = {path.relative_to(folder).with_suffix("").parts[0] for path in files}
    path_before = sys.path[:]
    # No library may find a file of the submission.
    sys.path[:] = [entry for entry in sys.path if entry != str(folder)]
    try:
        for path in files:
            with suppress(Exception):
                _import_libraries_of(ast.parse(path.read_bytes()), own | sys.stdlib_module_names)
    finally:
        sys.path[:] = path_before


def _import_libraries_of(tree: ast.Module, others: set[str]) -> None:
    names: dict[str, Any] = {}
    for statement in _import_statements(tree, others):
        with suppress(Exception, SystemExit):
            exec(compile(ast.Module([statement], []), "imports", "exec"), names)
    # TensorFlow imports Keras only where the code says `tf.keras`.
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
