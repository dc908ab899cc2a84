"""Variants of a solution: mistakes and alternatives, with some functions written differently.

A file in `tests/mistakes/padding/` or `tests/alternatives/padding/` defines only the functions that differ. Appended
to `solutions/padding.py`, it replaces the functions of the same name for every caller.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Variant:
    """One mistake or alternative.

    Attributes:
        exercise: the exercise it belongs to.
        name: the file name without the ending.
        sentence: the file's docstring; for a mistake, the sentence for the learner.
        defines: the functions and classes that differ.
        source: the whole module, as a learner would submit it.
    """

    exercise: str
    name: str
    sentence: str
    defines: tuple[str, ...]
    source: str


def read_variants(course: Path, kind: str, exercise: str) -> list[Variant]:
    """Return the variants of `exercise`, by name; `kind` is "mistakes", "restyled" or "alternatives"."""
    reference = (course / "solutions" / f"{exercise}.py").read_text(encoding="utf-8")
    found = []
    for file in sorted((course / "tests" / kind / exercise).glob("*.py")):
        text = file.read_text(encoding="utf-8")
        tree = ast.parse(text)
        sentence = " ".join((ast.get_docstring(tree) or "").split())
        defines = tuple(node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef)))
        found.append(Variant(exercise, file.stem, sentence, defines, appended(reference, text)))
    return found


def appended(solution: str, text: str) -> str:
    """Return a solution in which the functions in `text` replace those of the same name."""
    # `from __future__` must come first, and the solution already has it.
    body = text.replace("from __future__ import annotations\n", "")
    return f"{solution}\n\n{body}"
