"""How strong the hidden suites are: small faults put into the solutions one by one, each graded.

python benchmarks/mutation.py [EXERCISE ...]: the faults are made by cosmic-ray (`pip install .[mutation]`).
Prints a table, and every mutant that got full marks and is not listed as equivalent in
`benchmarks/equivalent_mutants.toml`; with no exercise named it writes both into `docs/suites.md`. What has
been graded is kept in `build/mutants`, so that the next run grades only what has changed.
"""

from __future__ import annotations

import ast
import difflib
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import cosmic_ray.plugins
import msgspec
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from page import put
from rich.console import Console

from autograder.course import Course, read_course
from autograder.course.cut import BEGIN, END
from autograder.examiner.pool import ExaminerPool
from autograder.examiner.result import ExaminerLost
from autograder.protocol.failure import Outcome
from autograder.protocol.messages import Purpose, Result

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "build" / "mutants"
EQUIVALENT = ROOT / "benchmarks" / "equivalent_mutants.toml"
PAGE = ROOT / "docs" / "suites.md"
GOAL = 0.97
# Many mutants never end.
CALL_SECONDS = 3.0

_DEFINITION = re.compile(r"\s*(?:def|class)\s+(\w+)")

console = Console(highlight=False, soft_wrap=True)


@dataclass(frozen=True)
class Mutant:
    """A solution with one fault in it.

    Attributes:
        exercise: the exercise.
        source: the whole module.
        change: the line that was changed, before and after.
    """

    exercise: str
    source: str
    change: str


def mutants(exercise: str) -> Iterator[Mutant]:
    """Yield every mutant of a solution that is another program, each once."""
    source = (ROOT / "solutions" / f"{exercise}.py").read_text(encoding="utf-8")
    tree = get_ast(source)
    seen = {program(source)}
    for name in cosmic_ray.plugins.operator_names():
        operator_class = cosmic_ray.plugins.get_operator(name)
        if operator_class.arguments():
            continue
        operator = operator_class()
        for number in range(sum(len(list(operator.mutation_positions(node))) for node in ast_nodes(tree))):
            try:
                mutated = mutate_code(source, operator, number)
                key = program(mutated)
            except (AttributeError, SyntaxError, ValueError, TypeError):
                continue  # an operator that cannot change what it has found
            if key not in seen and is_learners(source, mutated):
                seen.add(key)
                yield Mutant(exercise, mutated, change(source, mutated))


def is_learners(before: str, after: str) -> bool:
    """Tell whether the first line that differs is a learner's to write; what is given is not examined."""
    number = next(
        number
        for number, (old, new) in enumerate(zip_longest(before.splitlines(), after.splitlines()))
        if old != new
    )
    above = [line.strip() for line in before.splitlines()[:number]]
    return above.count(BEGIN) > above.count(END)


def program(source: str) -> str:
    """Return what a module does: without its docstrings, its type hints, and the wording of its errors."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            node.exc.args = []
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            node.returns = None
        elif isinstance(node, ast.arg):
            node.annotation = None
        elif isinstance(node, ast.AnnAssign):
            node.annotation = ast.Constant(None)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value = ast.Constant(None)
    return ast.dump(tree)


def change(before: str, after: str) -> str:
    """Return the first line that differs, as it was and as it is, after the function's name."""
    lines = [
        line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line[:2] in ("- ", "+ ")
    ]
    old = next((line[2:] for line in lines if line[0] == "-"), "")
    new = next((line[2:].strip() for line in lines if line[0] == "+"), "")
    above = before.splitlines()[: before.splitlines().index(old)] if old else []
    function = next((match[1] for line in reversed(above) if (match := _DEFINITION.match(line))), "module")
    return f"{function}: {old.strip()}  ->  {new}"


def survives(mutant: Mutant, course: Course, examiners: ExaminerPool) -> bool:
    """Tell whether the hidden suite gives a mutant full marks."""
    suite = ROOT / "tests" / "hidden" / f"test_{mutant.exercise}.py"
    oracle = ROOT / "tests" / "oracles" / f"{mutant.exercise}.py"
    # What a docstring says changes no verdict.
    given = [program(mutant.source).encode(), suite.read_bytes(), oracle.read_bytes()]
    file = KEPT / mutant.exercise / hashlib.sha256(b"\n".join(given)).hexdigest()[:24]
    if not file.exists():
        files = {f"{name}.py": (ROOT / "solutions" / f"{name}.py").read_bytes() for name in course.names}
        try:
            files[f"{mutant.exercise}.py"] = mutant.source.encode()
            examination = examiners.examine(files, [suite], purpose=Purpose.FIND_A_FAILURE)
        except ExaminerLost as error:
            console.print(f"{mutant.exercise}: {mutant.change}: {error}", markup=False)
            return True
        outcomes = Counter(outcome(examination.results.get(test.id)) for test in examination.listed)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(outcomes))
    return set(json.loads(file.read_text())) == {"passed"}


def outcome(result: Result | None) -> str:
    """Return the outcome of a test, of which nothing may have been reported."""
    if result is None:
        return Outcome.NOT_RUN.value
    return (result.failure.outcome if result.failure else Outcome.PASSED).value


def equivalents() -> dict[str, dict[str, str]]:
    """Return the reason for each mutant that is said to be no fault, by exercise and change."""
    listed = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))
    return {exercise: {row["change"]: row["why"] for row in rows} for exercise, rows in listed.items()}


def main() -> int:
    """Grade all mutants and print the table."""
    course = read_course(ROOT)
    names = sys.argv[1:] or course.names
    limits = msgspec.structs.replace(course.limits, call_seconds=CALL_SECONDS)
    quick = msgspec.structs.replace(course, limits=limits)
    known = equivalents()
    rows, unexplained = [], []
    listed: list[tuple[str, str, str]] = []
    with ExaminerPool(ROOT, quick, names) as examiners, ThreadPoolExecutor(2) as pool:
        for name in names:
            made = list(mutants(name))
            lived = [
                mutant
                for mutant, survivor in zip(
                    made, pool.map(lambda mutant: survives(mutant, course, examiners), made), strict=True
                )
                if survivor
            ]
            reasons = known.get(name, {})
            equal = [mutant for mutant in lived if mutant.change in reasons]
            listed += [(name, mutant.change, reasons[mutant.change]) for mutant in equal]
            unexplained += [(name, mutant.change) for mutant in lived if mutant.change not in reasons]
            rows.append((name, len(made), len(made) - len(lived), len(equal), len(lived) - len(equal)))
            console.print(f"{name}: {len(made)} mutants, {len(lived)} live, {len(equal)} of them equivalent")
            for mutant in lived:
                if mutant.change not in reasons:
                    console.print(f"    {mutant.change}", markup=False)
    text = table(rows)
    console.print(text, markup=False)
    if not sys.argv[1:]:
        put(PAGE, "make mutation", f"{text}\n\n{lists(listed, unexplained)}")
    caught, made_in_all = sum(row[2] for row in rows), sum(row[1] for row in rows)
    return 0 if caught / made_in_all >= GOAL and not unexplained else 1


def table(rows: list[tuple[str, int, int, int, int]]) -> str:
    """Return the table in Markdown."""
    lines = ["| exercise | mutants | caught | equivalent | not caught | caught, without equivalent ones |"]
    lines.append("|---|---|---|---|---|---|")
    total = ("all", *(sum(row[column] for row in rows) for column in range(1, 5)))
    for name, made, caught, equal, others in [*rows, total]:
        share = caught / (made - equal) if made > equal else 1.0
        lines.append(f"| {name} | {made} | {caught} | {equal} | {others} | {share:.1%} |")
    return "\n".join(lines)


def lists(listed: list[tuple[str, str, str]], unexplained: list[tuple[str, str]]) -> str:
    """Return the mutants that were not caught, in Markdown: those that are no fault, and the others."""
    parts = ["These mutants are equivalent: they behave like the solution.", ""]
    parts += [f"* **{name}** `{change}`: {why}" for name, change, why in listed]
    if unexplained:
        parts += ["", "Not caught:", "", *(f"* **{name}** `{change}`" for name, change in unexplained)]
    return "\n".join(parts)


if __name__ == "__main__":
    sys.exit(main())
