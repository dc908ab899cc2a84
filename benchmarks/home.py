"""Whether done at home is done in class: known wrong answers, by the public suites alone and then by the hidden ones.

python benchmarks/home.py [--mutants] [EXERCISE ...]: the mistakes and the restyled ones, or the small faults of
`mutation.py`. Prints for each exercise how many the public suite catches, and those that it lets pass and that lose
more than 15 % of the exercise's points in class. Without arguments it writes the table into `docs/suites.md`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import msgspec
from page import put
from rich.console import Console

from autograder.course import Course, read_course
from autograder.course.variants import read_variants
from autograder.examiner.pool import ExaminerPool
from autograder.examiner.result import ExaminerLost
from autograder.examiner.scoring import score
from autograder.protocol.messages import Purpose

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "suites.md"
# What somebody who is done at home may lose in class.
MOST_LOST = 0.15
# Many mutants never end.
CALL_SECONDS = 3.0

console = Console(highlight=False, soft_wrap=True)


def wrong_answers(exercise: str, with_mutants: bool) -> Iterator[tuple[str, str]]:
    """Yield the name and the source of each wrong answer."""
    if with_mutants:
        from mutation import equivalents, mutants

        known = equivalents().get(exercise, {})
        yield from (
            (mutant.change, mutant.source) for mutant in mutants(exercise) if mutant.change not in known
        )
        return
    for kind in ("mistakes", "restyled"):
        for variant in read_variants(ROOT, kind, exercise):
            yield f"{kind}/{variant.name}", variant.source


def lost_in_class(
    course: Course, examiners: ExaminerPool, exercise: str, answer: tuple[str, str]
) -> float | None:
    """Return the share of the points that an answer loses in class; None if the public suite catches it."""
    paths = [ROOT / "solutions" / f"{name}.py" for name in course.with_needs([exercise])]
    files = {path.name: path.read_bytes() for path in paths} | {f"{exercise}.py": answer[1].encode()}
    public, hidden = (ROOT / folder / f"test_{exercise}.py" for folder in ("exercises", "tests/hidden"))
    try:
        at_home = examiners.examine(files, [public], purpose=Purpose.FIND_A_FAILURE)
        if any(
            at_home.results.get(test.id) is None or at_home.results[test.id].failure
            for test in at_home.listed
        ):
            return None
    except ExaminerLost:
        return None
    try:
        (graded,) = score(examiners.examine(files, [hidden], purpose=Purpose.SCORE), course, [exercise])
    except ExaminerLost:
        return 1.0
    return 1 - graded.earned / graded.points


def main() -> int:
    """Examine all wrong answers and print the table."""
    with_mutants = "--mutants" in sys.argv
    course = read_course(ROOT)
    names = [word for word in sys.argv[1:] if word != "--mutants"] or course.names
    quick = msgspec.structs.replace(
        course, limits=msgspec.structs.replace(course.limits, call_seconds=CALL_SECONDS)
    )
    rows = []
    with ExaminerPool(ROOT, quick, names) as examiners, ThreadPoolExecutor(2) as pool:
        for name in names:
            solution = (ROOT / "solutions" / f"{name}.py").read_text(encoding="utf-8")
            if lost_in_class(quick, examiners, name, ("solution", solution)) != 0:
                raise SystemExit(f"{name}: the solution does not pass both suites")
            answers = list(wrong_answers(name, with_mutants))
            lost = list(pool.map(partial(lost_in_class, quick, examiners, name), answers))
            missed = [
                (what, share) for (what, _), share in zip(answers, lost, strict=True) if share is not None
            ]
            caught = len(answers) - len(missed)
            rows.append((name, len(answers), caught, sum(share > MOST_LOST for _, share in missed)))
            console.print(f"{name}: {caught} of {len(answers)} caught at home", markup=False)
            for what, share in missed:
                console.print(f"    {share:4.0%} {what}", markup=False)
    text = table(rows)
    console.print(text, markup=False)
    if names == course.names and not with_mutants:
        put(PAGE, "make home", text)
    return 0


def table(rows: list[tuple[str, int, int, int]]) -> str:
    """Return the table in Markdown."""
    lines = ["| exercise | wrong answers | caught at home | share | dear in class |", "|---|---|---|---|---|"]
    total = ("all", *(sum(row[column] for row in rows) for column in (1, 2, 3)))
    for name, made, caught, dear in [*rows, total]:
        lines.append(f"| {name} | {made} | {caught} | {caught / max(made, 1):.0%} | {dear} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
