"""How answers that were written from the stubs alone are judged and explained.

python benchmarks/answers.py [FOLDER [EXERCISE ...]]: FOLDER holds `NAME.py` files and `labels.csv`, with the columns
`answer` (the name), `exercise`, `right` (yes, no, or either), `how` (append: its functions replace those of the
solution; whole: it is the module) and `what` (what is wrong with it). Prints each answer with what the learner reads,
then how many were judged rightly, named as a known mistake, and explained by a computed sentence. Whether a sentence is
true of an answer, only a reader can say: read them beside `what`. Without arguments it takes `tests/answers`, which
were written by somebody who knew the stubs alone, and writes the table into `docs/suites.md`.
"""

from __future__ import annotations

import csv
import statistics
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from page import put
from rich.console import Console

from autograder.course import Course, read_course
from autograder.course.variants import appended, read_variants
from autograder.examiner.pool import ExaminerPool
from autograder.examiner.result import ExaminerLost
from autograder.examiner.scoring import score

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "suites.md"
NAMED, COMPUTED = "named as a known mistake", "explained by a computed sentence"
ERROR, UNEXPLAINED = "shown their own error with its line", "shown the smallest wrong call alone"
COUNTED = (
    "right answers",
    "right answers that lost points",
    "wrong answers",
    "wrong answers with full marks",
    NAMED,
    COMPUTED,
    ERROR,
    UNEXPLAINED,
)

console = Console(highlight=False, soft_wrap=True)


@dataclass(frozen=True)
class Judged:
    """What came of an answer.

    Attributes:
        share: of the points.
        said: the sentences that explain it.
        seconds: how long judging and explaining took.
        raised: True if a test ended with an exception of the answer.
    """

    share: float
    said: list[str]
    seconds: float
    raised: bool = False


def how(found: Judged, known: set[str]) -> str:
    """Return how an answer was explained; `known` are the sentences of the known mistakes."""
    if found.said:
        return NAMED if known & set(found.said) else COMPUTED
    return ERROR if found.raised else UNEXPLAINED


def show(found: Judged, known: set[str]) -> None:
    """Print what a learner reads about an answer."""
    for sentence in found.said:
        console.print(f"    {'*' if sentence in known else '-'} {sentence}", markup=False)


def module(folder: Path, row: dict[str, str]) -> str:
    """Return the module that a learner would hand in."""
    source = (folder / f"{row['answer']}.py").read_text(encoding="utf-8")
    if row["how"] == "whole":
        return source
    solution = (ROOT / "solutions" / f"{row['exercise']}.py").read_text(encoding="utf-8")
    return appended(solution, source)


def judged(
    course: Course, examiners: ExaminerPool, exercise: str, source: str, explain: bool = True
) -> Judged:
    """Grade one answer, and explain what is wrong with it if asked to."""
    files = {f"{name}.py": (ROOT / "solutions" / f"{name}.py").read_bytes() for name in course.names}
    files[f"{exercise}.py"] = source.encode()
    suite = ROOT / "tests" / "hidden" / f"test_{exercise}.py"
    begun = time.monotonic()
    try:
        examination = examiners.examine(files, [suite], [exercise] if explain else [])
    except ExaminerLost as error:
        return Judged(0.0, [f"({error})"], time.monotonic() - begun)
    (graded,) = score(examination, course, [exercise])
    said = dict.fromkeys(sentence for several in examination.mistakes.values() for sentence in several)
    raised = any(result.failure and result.failure.raised for result in examination.results.values())
    return Judged(graded.earned / graded.points, list(said), time.monotonic() - begun, raised)


def main() -> int:
    """Grade all answers and print the table."""
    folder = Path(sys.argv[1]) if sys.argv[1:] else ROOT / "tests" / "answers"
    chosen = sys.argv[2:]
    course = read_course(ROOT)
    with (folder / "labels.csv").open(newline="", encoding="utf-8") as table:
        rows = [row for row in csv.DictReader(table) if not chosen or row["exercise"] in chosen]
    names = [name for name in course.names if any(row["exercise"] == name for row in rows)]
    known = {variant.sentence for name in names for variant in read_variants(ROOT, "mistakes", name)}
    counts: Counter[str] = Counter()
    with ExaminerPool(ROOT, course, names) as examiners, ThreadPoolExecutor(2) as pool:
        sources = [module(folder, row) for row in rows]
        exercises = [row["exercise"] for row in rows]
        found = list(pool.map(partial(judged, course, examiners), exercises, sources))
    for row, one in zip(rows, found, strict=True):
        console.print(f"{row['answer']} {row['exercise']}: {row['what']}", markup=False)
        console.print(
            f"    {one.share:.0%} in {one.seconds:.1f} s{f', {how(one, known)}' if one.share < 1 else ''}",
            markup=False,
        )
        show(one, known)
        if row["right"] == "yes":
            counts["right answers"] += 1
            counts["right answers that lost points"] += one.share < 1
        elif row["right"] == "no":
            counts["wrong answers"] += 1
            counts["wrong answers with full marks"] += one.share == 1
            if one.share < 1:
                counts[how(one, known)] += 1
    lines = ["| | |", "|---|---|", *(f"| {what} | {counts[what]} |" for what in COUNTED)]
    console.print("\n".join(lines), markup=False)
    seconds = [one.seconds for one in found]
    console.print(
        f"seconds of an answer: {statistics.median(seconds):.1f} in the median, {max(seconds):.1f} at most"
    )
    if not sys.argv[1:]:
        put(PAGE, "make answers", "\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
