"""How the kit's own code is laid out: who may import whom, one name for one thing."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.protocol.failure import Outcome
from tests.autograder.tiny import KIT

PACKAGES = ("autograder", "trainer")
# Every package may have them.
OF_A_PACKAGE = {"__init__", "__main__", "cli"}
FAILURE = Path("autograder/protocol/failure.py")


def modules() -> Iterator[Path]:
    """The files of both packages, as seen from the kit's folder."""
    for package in PACKAGES:
        yield from (path.relative_to(KIT) for path in sorted((KIT / package).rglob("*.py")))


def parsed(path: Path) -> ast.Module:
    return ast.parse((KIT / path).read_text(encoding="utf-8"))


def shared(named: Iterator[tuple[str, Path]]) -> dict[str, list[str]]:
    """The names that several files have, with the files."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, path in named:
        found[name].append(path.as_posix())
    return {name: paths for name, paths in found.items() if len(paths) > 1}


def test_packages_import_only_those_that_they_may():
    """The contracts are in pyproject.toml.

    In a process of its own: the linter closes the streams that it found.
    """
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=KIT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_folder_of_code_is_a_package():
    """Only such a folder is installed."""
    folders = {path.parent for path in modules()}
    assert [folder for folder in folders if not (KIT / folder / "__init__.py").is_file()] == []


def test_no_two_modules_share_a_name():
    assert shared((path.stem, path) for path in modules() if path.stem not in OF_A_PACKAGE) == {}


def test_no_two_public_classes_share_a_name():
    assert (
        shared(
            (node.name, path)
            for path in modules()
            for node in ast.walk(parsed(path))
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
        )
        == {}
    )


def test_beside_the_packages_are_few_modules():
    found = {path.stem for path in (KIT / "autograder").glob("*.py")}
    assert found == {*OF_A_PACKAGE, "files", "spreadsheet", "verify"}


def compared_texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The texts that something is compared with, with their lines."""
    for node in ast.walk(tree):
        operands: list[ast.expr] = []
        if isinstance(node, ast.Compare):
            operands = [node.left, *node.comparators]
        elif isinstance(node, ast.MatchValue):
            operands = [node.value]
        for operand in operands:
            for part in getattr(operand, "elts", [operand]):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.lineno, part.value


def test_an_outcome_is_compared_by_its_name_alone():
    """A text that is mistyped is equal to nothing, and nobody notices."""
    outcomes = {outcome.value for outcome in Outcome}
    found = [
        f"{path}:{line}: {text!r}"
        for path in modules()
        if path.parts[0] == "autograder" and path != FAILURE
        for line, text in compared_texts(parsed(path))
        if text in outcomes
    ]
    assert found == []


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ("if test.outcome == 'wrong': pass", ["wrong"]),
        ("waits = outcome in ('needs', 'unwritten')", ["needs", "unwritten"]),
        ("match outcome:\n    case 'passed' | 'failed': pass", ["passed", "failed"]),
        ("if 'wrong' != outcome: pass", ["wrong"]),
        ("outcome = 'wrong'", []),
        ("if reply.get('unwritten') is True: pass", []),
        ("print('wrong')", []),
    ],
)
def test_texts_in_comparisons_are_found(code, texts):
    assert [text for _, text in compared_texts(ast.parse(code))] == texts
