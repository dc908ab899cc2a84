"""What explanations cost a class: python benchmarks/explained_class.py [LEARNERS [WRONG]].

Of 500 learners, 100 have a mutant in one exercise, the others the solution; each hands in one exercise, of all in turn.
They are graded twice by two examiners: as a verdict alone, and with every explanation, known mistakes included. Prints
the two times and their ratio.
"""

from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from explained import drawn

from autograder.course import Course, read_course
from autograder.examiner.pool import ExaminerPool

ROOT = Path(__file__).resolve().parent.parent


def seconds(course: Course, handed_in: list[tuple[str, str]], explain: bool) -> float:
    """Return how long it takes to grade everything that was handed in: the exercise and the source of each."""
    solutions = {f"{name}.py": (ROOT / "solutions" / f"{name}.py").read_bytes() for name in course.names}
    with ExaminerPool(ROOT, course) as examiners, ThreadPoolExecutor(2) as pool:

        def examine(one: tuple[str, str]) -> None:
            exercise, source = one
            files = {**solutions, f"{exercise}.py": source.encode()}
            suite = ROOT / "tests" / "hidden" / f"test_{exercise}.py"
            examiners.examine(files, [suite], [exercise] if explain else [])

        begun = time.monotonic()
        list(pool.map(examine, handed_in))
        return time.monotonic() - begun


def main() -> int:
    """Grade the class twice."""
    learners, wrong = (int(word) for word in (*sys.argv[1:3], *(500, 100)[len(sys.argv) - 1 :]))
    course = read_course(ROOT)
    mutants = [(exercise, source) for exercise, _, source in drawn(course.names, wrong, 0)]
    handed_in = [
        mutants.pop()
        if number % (learners // wrong) == 0 and mutants
        else (
            name := course.names[number % len(course.names)],
            (ROOT / "solutions" / f"{name}.py").read_text(),
        )
        for number in range(learners)
    ]
    verdicts = seconds(course, handed_in, explain=False)
    print(f"{learners} learners, {wrong} of them wrong: {verdicts:.0f} s for the verdicts alone", flush=True)
    explained = seconds(course, handed_in, explain=True)
    print(f"with explanations: {explained:.0f} s, {explained / verdicts - 1:.0%} more")
    return 0


if __name__ == "__main__":
    sys.exit(main())
