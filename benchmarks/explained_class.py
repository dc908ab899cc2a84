"""What explanations cost a class: python benchmarks/explained_class.py [LEARNERS [WRONG]].

Of 500 learners, 100 have a mutant in one exercise, the others the solution; each hands in one exercise, of all in turn.
Two examiners grade them twice: once for the verdict alone, once with every explanation, known mistakes included. Prints
the two times and their ratio.
"""

from __future__ import annotations

import random
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import cycle, islice
from pathlib import Path

from answers import judged
from explained import drawn

from autograder.course import Course, read_course
from autograder.examiner.pool import ExaminerPool

ROOT = Path(__file__).resolve().parent.parent


def seconds(course: Course, handed_in: list[tuple[str, str]], explain: bool) -> float:
    """Return how long it takes to grade everything that was handed in: the exercise and the source of each."""
    with ExaminerPool(ROOT, course) as examiners, ThreadPoolExecutor(2) as pool:
        grade = partial(judged, course, examiners, explain=explain)
        begun = time.monotonic()
        list(pool.map(grade, *zip(*handed_in, strict=True)))
        return time.monotonic() - begun


def main() -> int:
    """Grade the class twice."""
    learners, wrong = (int(word) for word in (*sys.argv[1:3], *(500, 100)[len(sys.argv) - 1 :]))
    course = read_course(ROOT)
    handed_in = [(exercise, source) for exercise, _, source in drawn(course.names, wrong, 0)]
    for name in islice(cycle(course.names), learners - wrong):
        handed_in.append((name, (ROOT / "solutions" / f"{name}.py").read_text()))
    random.Random(0).shuffle(handed_in)
    verdicts = seconds(course, handed_in, explain=False)
    print(f"{learners} learners, {wrong} of them wrong: {verdicts:.0f} s for the verdicts alone", flush=True)
    explained = seconds(course, handed_in, explain=True)
    print(f"with explanations: {explained:.0f} s, {explained / verdicts - 1:.0%} more")
    return 0


if __name__ == "__main__":
    sys.exit(main())
