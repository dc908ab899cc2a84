"""How many wrong answers that nobody has thought of are explained, and how long that takes.

python benchmarks/explained.py [COUNT [SEED]] draws COUNT mutants (500) of the solutions by a seed (1), grades each, and
prints what was changed with what the learner reads. Whether a sentence is true of a change, only a reader can say. Then
a table of the wrong ones among them: named, explained by a computed sentence, fails with an error that says what and
where, or none of these; and the seconds from a verdict to its last explanation. Without arguments the table goes into
`docs/suites.md`.
"""

from __future__ import annotations

import random
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import numpy as np
from answers import COMPUTED, ERROR, NAMED, PAGE, UNEXPLAINED, Judged, how, judged, show
from home import CALL_SECONDS, wrong_answers
from page import put
from rich.console import Console

from autograder.course import need_tensorflow, read_course
from autograder.course.variants import read_variants
from autograder.examiner.pool import ExaminerPool
from autograder.examiner.result import Examination
from autograder.protocol.messages import Judged as Verdict

ROOT = Path(__file__).resolve().parent.parent

console = Console(highlight=False, soft_wrap=True)
# When the last verdict of a thread came.
verdict = threading.local()


def with_the_clock() -> None:
    """Remember when a verdict comes: what an examiner does after that is explaining."""
    judge = Examination.judge

    def judge_and_note(examination: Examination, message: Verdict) -> None:
        judge(examination, message)
        verdict.came = time.monotonic()

    Examination.judge = judge_and_note  # type: ignore[method-assign]


def drawn(names: list[str], count: int, seed: int) -> list[tuple[str, str, str]]:
    """Return `count` mutants of all exercises, by exercise: its name, the change and the source."""
    faults = [(name, *mutant) for name in names for mutant in wrong_answers(name, with_mutants=True)]
    places = sorted(random.Random(seed).sample(range(len(faults)), min(count, len(faults))))
    return [faults[place] for place in places]


def main() -> int:
    """Grade the mutants, and print what is said of each and the table."""
    count, seed = (int(word) for word in (*sys.argv[1:3], *(500, 1)[len(sys.argv) - 1 :]))
    course = read_course(ROOT)
    limits = msgspec.structs.replace(course.limits, call_seconds=CALL_SECONDS)
    quick = msgspec.structs.replace(course, limits=limits)
    chosen = drawn(course.names, count, seed)
    known = {variant.sentence for name in course.names for variant in read_variants(ROOT, "mistakes", name)}
    with_the_clock()
    counts: Counter[str] = Counter()
    seconds: dict[bool, list[float]] = {False: [], True: []}
    with ExaminerPool(ROOT, quick, course.names) as examiners, ThreadPoolExecutor(2) as pool:

        def explained(mutant: tuple[str, str, str]) -> tuple[Judged, float]:
            exercise, _, source = mutant
            verdict.came = time.monotonic()
            found = judged(quick, examiners, exercise, source)
            return found, time.monotonic() - verdict.came

        for (exercise, change, _), (found, after) in zip(chosen, pool.map(explained, chosen), strict=True):
            if found.share == 1:
                counts["passed"] += 1
                continue
            kind = how(found, known)
            counts[kind] += 1
            seconds[need_tensorflow(ROOT, [exercise])].append(after)
            console.print(f"{exercise} {change}", markup=False)
            console.print(f"    {found.share:.0%}, {kind}, {after:.1f} s", markup=False)
            show(found, known)
    kinds = (NAMED, COMPUTED, ERROR, UNEXPLAINED)
    wrong = sum(counts[kind] for kind in kinds)
    lines = ["| | |", "|---|---|", f"| mutants that lost points | {wrong} |"]
    for kind in kinds:
        lines.append(f"| {kind} | {counts[kind]} ({counts[kind] / wrong:.0%}) |")
    for tensorflow, all_of_them in seconds.items():
        if all_of_them:
            times = ", ".join(f"{np.quantile(all_of_them, at):.1f}" for at in (0.5, 0.95, 1))
            what = "with TensorFlow" if tensorflow else "without TensorFlow"
            lines.append(f"| seconds of an explanation {what}: median, 95 %, longest | {times} |")
    console.print("\n".join(lines), markup=False)
    console.print(f"{counts['passed']} had full marks")
    if not sys.argv[1:]:
        put(PAGE, "make explained", "\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
