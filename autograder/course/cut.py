"""Cut stubs from solutions: `exercises/padding.py` from `solutions/padding.py`."""

from __future__ import annotations

from pathlib import Path

from autograder import UserError

BEGIN = "### BEGIN SOLUTION"
END = "### END SOLUTION"
# The folder with a second copy of the stubs, for learners, who have no solutions.
KEPT_STUBS = ".stubs"
# What stands in a stub where the solution was, as nbgrader has it.
STUB_BODY = ("# YOUR CODE HERE", "raise NotImplementedError()")


class CutError(UserError):
    """A solution cannot be cut; the text says where."""


def cut_source(source: str, name: str) -> str:
    """Return `source` with the lines between the solution marks replaced by an unwritten body.

    Raises:
        CutError: for marks that do not pair, or none at all.
    """
    kept: list[str] = []
    begun = 0
    cuts = 0
    for number, line in enumerate(source.splitlines(), start=1):
        mark = line.strip()
        if mark == BEGIN:
            if begun:
                raise CutError(f"{name}, line {number}: {BEGIN} inside the one of line {begun}")
            begun = number
            cuts += 1
            indent = line[: len(line) - len(line.lstrip())]
            if not indent:
                raise CutError(
                    f"{name}, line {number}: {BEGIN} outside of a function: a helper belongs before the "
                    f"{END} of the function above it"
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
        raise CutError(f"{name}: no {BEGIN}: nothing is left for the learner to write")
    return "\n".join(kept).rstrip() + "\n"


def cut_course(folder: Path, names: list[str]) -> list[Path]:
    """Write the stub of each exercise in `names` that is out of date, and return those written."""
    texts = stubs(folder, names)
    written = out_of_date(folder, names)
    for path in written:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(texts[path], encoding="utf-8")
    return written


def out_of_date(folder: Path, names: list[str]) -> list[Path]:
    """Return the stubs that are not what their solutions would be cut to."""
    return [
        path
        for path, text in stubs(folder, names).items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]


def stubs(folder: Path, names: list[str]) -> dict[Path, str]:
    """Return the text of each stub, by its path.

    Raises:
        CutError: if a solution cannot be cut.
        OSError: if there is neither a solution nor a stub that was kept.
    """
    found = {}
    for name in names:
        kept, solution = folder / KEPT_STUBS / f"{name}.py", folder / "solutions" / f"{name}.py"
        text = (kept if kept.is_file() else solution).read_text(encoding="utf-8")
        stub = text if kept.is_file() else cut_source(text, f"solutions/{name}.py")
        found[folder / "exercises" / f"{name}.py"] = stub
    return found
