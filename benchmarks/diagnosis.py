"""How many known mistakes are named: those of `tests/mistakes/` and `tests/restyled/`, graded as submissions.

python benchmarks/diagnosis.py [EXERCISE ...] prints a table, and what was not named as it should be; with no
exercise named it writes the table into `docs/suites.md`.
"""

from __future__ import annotations

import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from page import put
from rich.console import Console

from autograder.course import Course, read_course
from autograder.course.variants import Variant, read_variants
from autograder.examiner.pool import ExaminerPool

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "suites.md"
COLUMNS = (
    "mistakes",
    "named",
    "among several",
    "not named",
    "restyled",
    "named",
    "among several",
    "not named",
)

console = Console(highlight=False, soft_wrap=True)


def sentences(variant: Variant, course: Course, examiners: ExaminerPool) -> set[tuple[str, ...]]:
    """Return what a learner who wrote this is told, test by test: one sentence, or several."""
    files = {f"{name}.py": (ROOT / "solutions" / f"{name}.py").read_bytes() for name in course.names}
    files[f"{variant.exercise}.py"] = variant.source.encode()
    suite = ROOT / "tests" / "hidden" / f"test_{variant.exercise}.py"
    examination = examiners.examine(files, [suite], [variant.exercise])
    return {tuple(said) for said in examination.mistakes.values()}


def judged(said: set[tuple[str, ...]], right: str) -> int:
    """Return 0 where the mistake is named alone, 1 where it is among several, 2 where it is not named."""
    if (right,) in said:
        return 0
    return 1 if any(right in several for several in said) else 2


def main() -> int:
    """Grade all mistakes and print the table."""
    course = read_course(ROOT)
    names = sys.argv[1:] or course.names
    lines = [f"| exercise | {' | '.join(COLUMNS)} |", "|---" * (1 + len(COLUMNS)) + "|"]
    total: Counter[int] = Counter()
    with ExaminerPool(ROOT, course, names) as examiners, ThreadPoolExecutor(2) as pool:
        for name in names:
            right = {mistake.name: mistake.sentence for mistake in read_variants(ROOT, "mistakes", name)}
            cells: Counter[int] = Counter()
            for kind, room in enumerate(("mistakes", "restyled")):
                variants = read_variants(ROOT, room, name)
                told = pool.map(lambda variant: sentences(variant, course, examiners), variants)
                for variant, said in zip(variants, told, strict=True):
                    outcome = judged(said, right[variant.name])
                    cells[4 * kind] += 1
                    cells[4 * kind + 1 + outcome] += 1
                    if outcome:
                        console.print(f"{room}/{name}/{variant.name}: {said or 'nothing'}", markup=False)
            lines.append(f"| {name} | {' | '.join(str(cells[place]) for place in range(len(COLUMNS)))} |")
            console.print(lines[-1], markup=False)
            total += cells
    lines.append(f"| all | {' | '.join(str(total[place]) for place in range(len(COLUMNS)))} |")
    console.print("\n".join(lines), markup=False)
    if not sys.argv[1:]:
        put(PAGE, "make diagnosis", "\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
