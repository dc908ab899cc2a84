"""Make stubs from solutions: `exercises/padding.py` from `solutions/padding.py`. Given modules are copied."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from autograder import UserError

BEGIN = "### BEGIN SOLUTION"
END = "### END SOLUTION"
# The folder with a second copy of the stubs, because learners have no solutions.
KEPT_STUBS = ".stubs"
# The body of a stub, the same as nbgrader's.
STUB_BODY = ("# YOUR CODE HERE", "raise NotImplementedError()")


class CutError(UserError):
    """A stub cannot be made from a solution; the text says where."""


def cut_source(source: str, name: str) -> str:
    """Return `source` with the lines between the solution marks replaced by an unwritten body.

    Raises:
        CutError: if the marks do not pair, or there are none.
    """
    kept: list[str] = []
    begun = 0
    cuts = 0
    for number, line in enumerate(source.splitlines(), start=1):
        mark = line.strip()
        if mark == BEGIN:
            if begun:
                raise CutError(
                    f"{name}, line {number}: {BEGIN}, but the one in line {begun} has no {END} yet"
                )
            begun = number
            cuts += 1
            indent = line[: len(line) - len(line.lstrip())]
            if not indent:
                raise CutError(
                    f"{name}, line {number}: {BEGIN} outside a function: put helpers before the "
                    f"{END} of the function above"
                )
            kept.extend(indent + left for left in STUB_BODY)
        elif mark == END:
            if not begun:
                raise CutError(f"{name}, line {number}: {END} without {BEGIN}")
            begun = 0
        elif not begun:
            kept.append(line)
    if begun:
        raise CutError(f"{name}, line {begun}: {BEGIN} without {END}")
    if not cuts:
        raise CutError(f"{name}: no {BEGIN}: the learner would have nothing to write")
    return "\n".join(kept).rstrip() + "\n"


def cut_course(folder: Path, names: list[str], given: Iterable[str] = ()) -> list[Path]:
    """Write the outdated stubs of `names` and copies of `given` modules, and return their paths."""
    texts = {**copies(folder, given), **stubs(folder, names)}
    written = out_of_date(folder, names, given)
    for path in written:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(texts[path], encoding="utf-8")
    return written


def out_of_date(folder: Path, names: list[str], given: Iterable[str] = ()) -> list[Path]:
    """Return the stubs that do not match their solutions, and the given modules that do not match their source."""
    return [
        path
        for path, text in {**copies(folder, given), **stubs(folder, names)}.items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]


def stubs(folder: Path, names: list[str]) -> dict[Path, str]:
    """Return the text of each stub, by its path.

    Raises:
        CutError: if a stub cannot be made from a solution.
        OSError: if there is neither a solution nor a kept stub.
    """
    found = {}
    for name in names:
        kept, solution = folder / KEPT_STUBS / f"{name}.py", folder / "solutions" / f"{name}.py"
        text = (kept if kept.is_file() else solution).read_text(encoding="utf-8")
        stub = text if kept.is_file() else cut_source(text, f"solutions/{name}.py")
        found[folder / "exercises" / f"{name}.py"] = stub
    return found


def copies(folder: Path, given: Iterable[str]) -> dict[Path, str]:
    """Return the text of each given module that `solutions/` has, by the path of its copy for learners."""
    sources = {name: folder / "solutions" / f"{name}.py" for name in given}
    return {
        folder / "exercises" / f"{name}.py": source.read_text(encoding="utf-8")
        for name, source in sources.items()
        if source.is_file()
    }
