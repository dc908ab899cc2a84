"""How answers that nobody tuned to are judged and explained.

python benchmarks/answers.py FOLDER [EXERCISE ...]: FOLDER holds `NAME.py` files and `labels.csv`, with the columns
`answer` (the name), `exercise`, `right` (yes, no, or either), `how` (append: its functions replace those of the
solution; whole: it is the module) and `what` (what is wrong with it). Prints each answer with what a learner is told,
then how many were judged rightly, named as a known mistake, and explained by a computed sentence. Whether a sentence is
true of an answer, only a reader can say: read them beside `what`.
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

from rich.console import Console

from autograder.course import Course, read_course
from autograder.course.variants import read_variants
from autograder.examiner.pool import ExaminerPool
from autograder.examiner.result import ExaminerLost
from autograder.examiner.scoring import score

ROOT = Path(__file__).resolve().parent.parent

console = Console(highlight=False, soft_wrap=True)


@dataclass(frozen=True)
class Judged:
    """What came of an answer: its share of the points, what was said of it, and in how many seconds."""

    share: float
    said: list[str]
    seconds: float


def module(folder: Path, row: dict[str, str]) -> str:
    """Return the module that a learner would hand in."""
    source = (folder / f"{row['answer']}.py").read_text(encoding="utf-8")
    if row["how"] == "whole":
        return source
    solution = (ROOT / "solutions" / f"{row['exercise']}.py").read_text(encoding="utf-8")
    return f"{solution}\n\n{source.replace('from __future__ import annotations', '')}"


def judged(course: Course, examiners: ExaminerPool, folder: Path, row: dict[str, str]) -> Judged:
    """Grade one answer."""
    exercise = row["exercise"]
    files = {f"{name}.py": (ROOT / "solutions" / f"{name}.py").read_bytes() for name in course.names}
    files[f"{exercise}.py"] = module(folder, row).encode()
    suite = ROOT / "tests" / "hidden" / f"test_{exercise}.py"
    begun = time.monotonic()
    try:
        examination = examiners.examine(files, [suite], [exercise])
    except ExaminerLost as error:
        return Judged(0.0, [f"({error})"], time.monotonic() - begun)
    (graded,) = score(examination, course, [exercise])
    said = dict.fromkeys(sentence for several in examination.mistakes.values() for sentence in several)
    return Judged(graded.earned / graded.points, list(said), time.monotonic() - begun)


def main() -> int:
    """Grade all answers and print the table."""
    folder, chosen = Path(sys.argv[1]), sys.argv[2:]
    course = read_course(ROOT)
    with (folder / "labels.csv").open(newline="", encoding="utf-8") as table:
        rows = [row for row in csv.DictReader(table) if not chosen or row["exercise"] in chosen]
    names = [name for name in course.names if any(row["exercise"] == name for row in rows)]
    known = {variant.sentence for name in names for variant in read_variants(ROOT, "mistakes", name)}
    counts: Counter[str] = Counter()
    with ExaminerPool(ROOT, course, names) as examiners, ThreadPoolExecutor(2) as pool:
        found = list(pool.map(partial(judged, course, examiners, folder), rows))
    for row, one in zip(rows, found, strict=True):
        how = "named" if known & set(one.said) else "computed" if one.said else "unexplained"
        console.print(f"{row['answer']} {row['exercise']}: {row['what']}", markup=False)
        console.print(f"    {one.share:.0%} in {one.seconds:.1f} s, {how}", markup=False)
        for sentence in one.said:
            console.print(f"    {'*' if sentence in known else '-'} {sentence}", markup=False)
        if row["right"] == "yes":
            counts["right answers"] += 1
            counts["false accusations"] += one.share < 1
        elif row["right"] == "no":
            counts["wrong answers"] += 1
            counts["false acquittals"] += one.share == 1
            if one.share < 1:
                counts[how] += 1
    for name in ("right answers", "false accusations", "wrong answers", "false acquittals"):
        console.print(f"{name}: {counts[name]}")
    for name in ("named", "computed", "unexplained"):
        console.print(f"{name}: {counts[name]} of those that lost points")
    seconds = [one.seconds for one in found]
    console.print(f"seconds: {statistics.median(seconds):.1f} in the median, {max(seconds):.1f} at most")
    return 0


if __name__ == "__main__":
    sys.exit(main())
