"""Verify the course with the grading code: nothing is missing, right answers pass, wrong ones fail."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from autograder.course import Course, Exercise
from autograder.course.cut import CutError, out_of_date
from autograder.course.reading import hard_to_read
from autograder.course.trivial import trivial_files, trivial_names
from autograder.course.variants import Variant, read_variants
from autograder.examiner.pool import ExaminerPool
from autograder.examiner.result import Examination, ExaminerLost
from autograder.examiner.scoring import score
from autograder.protocol.messages import Purpose
from autograder.records import GradedExercise

FEWEST_MISTAKES = 6
FEWEST_ALTERNATIVES = 3
HINT_STEPS = 3
# Of a mistake's sentence.
MOST_WORDS = 60
# A test that proves a function is passed by one guesser in a million at most: see `autograder.suite.guessing`.
FEWEST_BITS = 20
# The counts shown for each exercise.
_COLUMNS = ("public", "hidden", "mistakes", "alternatives", "restyled", "trivial")


@dataclass(frozen=True)
class _Seen:
    """The result of one check: how many tests or variants are right, of how many."""

    good: int
    of: int
    problems: list[str]


@dataclass
class _Findings:
    """The results of one exercise: the counts for its row, and the problems."""

    problems: list[str] = field(default_factory=list)
    _counts: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))

    def add(self, column: str, seen: _Seen) -> None:
        """Add the result of a check."""
        self.problems += seen.problems
        self._counts[column][0] += seen.good
        self._counts[column][1] += seen.of

    def cell(self, column: str) -> str:
        """Return how many are right, of how many."""
        good, of = self._counts[column]
        return f"{good}/{of}" if of else "-"


def verify(folder: Path, course: Course, exercises: list[Exercise], console: Console) -> list[str]:
    """Check `exercises`, print a table and every problem, and return the problems."""
    findings = {exercise.name: _Findings() for exercise in exercises}
    outdated = [
        f"{path.relative_to(folder)} is out of date: run `autograder cut`"
        for path in out_of_date(folder, [], course.given)
    ]
    for exercise in exercises:
        findings[exercise.name].problems += missing_pieces(folder, exercise)
        if not findings[exercise.name].problems:
            source = (folder / "solutions" / f"{exercise.name}.py").read_text(encoding="utf-8")
            findings[exercise.name].problems += wrong_needs(source, exercise.needs, course.names)
    whole = [exercise for exercise in exercises if not findings[exercise.name].problems]
    if whole:
        with ExaminerPool(folder, course, [exercise.name for exercise in whole]) as examiners:
            bench = _Bench(folder, course, examiners)
            # Two at a time: examining a variant takes tenths of a second, so more threads gain little.
            with ThreadPoolExecutor(2) as pool:
                checks = [
                    (exercise.name, column, pool.submit(check))
                    for exercise in whole
                    for column, check in bench.checks(exercise)
                ]
                for name, column, check in checks:
                    findings[name].add(column, check.result())
    console.print(_table(course, exercises, findings))
    problems = outdated + [
        f"{exercise.name}: {text}" for exercise in exercises for text in findings[exercise.name].problems
    ]
    for problem in problems:
        console.print(problem, markup=False)
    console.print(f"{len(problems)} problems" if problems else "no problems", markup=False)
    return problems


def missing_pieces(folder: Path, exercise: Exercise) -> list[str]:
    """Return the missing or outdated files of an exercise."""
    name = exercise.name
    pieces = {
        f"solutions/{name}.py": "its solution",
        f"exercises/{name}.py": "its stub",
        f"exercises/test_{name}.py": "its public suite",
        f"tests/hidden/test_{name}.py": "its hidden suite",
        f"exercises/hints/{name}.md": "its hints",
    }
    missing = [f"{path} is missing: {what}" for path, what in pieces.items() if not (folder / path).is_file()]
    if missing:
        return missing
    hints = (folder / "exercises" / "hints" / f"{name}.md").read_text(encoding="utf-8")
    steps = re.split(r"^## ", hints, flags=re.MULTILINE)[1:]
    if len(steps) != HINT_STEPS:
        missing.append(f"exercises/hints/{name}.md has {len(steps)} steps, not {HINT_STEPS}")
    missing += [
        f"exercises/hints/{name}.md, step {number}: {problem}"
        for number, step in enumerate(steps, 1)
        if (problem := hard_to_read(step))
    ]
    try:
        if out_of_date(folder, [name]):
            missing.append(f"exercises/{name}.py is out of date: run `autograder cut`")
    except CutError as error:
        missing.append(str(error))
    for kind, fewest in (("mistakes", FEWEST_MISTAKES), ("alternatives", FEWEST_ALTERNATIVES)):
        variants = read_variants(folder, kind, name)
        if len(variants) < fewest:
            missing.append(f"tests/{kind}/{name} has {len(variants)} files, fewer than {fewest}")
        missing += [
            f"tests/{kind}/{name}/{variant.name}.py has no docstring"
            for variant in variants
            if not variant.sentence
        ]
        missing += [
            f"tests/{kind}/{name}/{variant.name}.py, its sentence: {problem}"
            for variant in variants
            if kind == "mistakes" and (problem := hard_to_read(variant.sentence, MOST_WORDS))
        ]
    return missing


def imports_of(source: str, names: list[str]) -> set[str]:
    """Return a solution's imports from other exercises: `padding.same_padding`, or all of `optimizers`."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module in names:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name in names}
    return found


def wrong_needs(source: str, needs: tuple[str, ...], names: list[str]) -> list[str]:
    """Return the differences between a solution's imports and its `needs` in `grading.toml`."""
    imported = imports_of(source, names)
    # Constants can be imported, but no test checks them.
    functions = {name for name in imported if "." not in name or not name.partition(".")[2].isupper()}
    problems = [
        f"needs does not list {name}, which the solution imports"
        for name in sorted(functions)
        if name not in needs and name.partition(".")[0] not in needs
    ]
    modules = {name.partition(".")[0] for name in imported}
    return problems + [
        f"needs lists {need}, which the solution does not import"
        for need in needs
        if need not in imported | modules
    ]


class _Bench:
    """Runs the suites of a course on sources."""

    def __init__(self, folder: Path, course: Course, examiners: ExaminerPool):
        self._folder = folder
        self._course = course
        self._examiners = examiners

    def _modules(self, kind: str, name: str) -> dict[str, bytes]:
        """Return the solutions or the stubs of an exercise and of those that it needs."""
        paths = [self._folder / kind / f"{needed}.py" for needed in self._course.with_needs([name])]
        return {path.name: path.read_bytes() for path in paths if path.is_file()}

    def _examine(
        self, files: dict[str, bytes], name: str, suites: str, purpose: Purpose = Purpose.EXPLAIN
    ) -> Examination:
        return self._examiners.examine(files, [self._folder / suites / f"test_{name}.py"], purpose=purpose)

    def _scored(self, examination: Examination, name: str) -> GradedExercise:
        return next(iter(score(examination, self._course, [name])))

    def checks(self, exercise: Exercise) -> Iterator[tuple[str, Callable[[], _Seen]]]:
        """Yield every check of an exercise with its column."""
        yield "public", partial(self._check_suite, exercise.name, "exercises")
        yield "hidden", partial(self._check_suite, exercise.name, "tests/hidden")
        for mistake in self._mistakes(exercise.name):
            yield "mistakes", partial(self._check_mistake, mistake)
        for alternative in read_variants(self._folder, "alternatives", exercise.name):
            yield "alternatives", partial(self._check_alternative, alternative)
        sentences = {mistake.name: mistake.sentence for mistake in self._mistakes(exercise.name)}
        for restyled in read_variants(self._folder, "restyled", exercise.name):
            yield "restyled", partial(self._check_restyled, restyled, sentences.get(restyled.name, ""))
        yield "trivial", partial(self._check_trivial, exercise.name)

    def _check_suite(self, name: str, suites: str) -> _Seen:
        """Grade the solution and the stub."""
        try:
            solutions, stubs = (self._modules(kind, name) for kind in ("solutions", "exercises"))
            examination = self._examine(solutions, name, suites, Purpose.COUNT_GUESSES)
            untouched = self._scored(self._examine(stubs, name, suites), name)
        except ExaminerLost as error:
            return _Seen(0, 0, [f"{suites}: {error}"])
        solved = self._scored(examination, name)
        problems = [f"the solution fails {text}" for text in _failures(solved)]
        if not solved.tests:
            problems.append(f"{suites}/test_{name}.py has no tests")
        if untouched.passed:
            problems.append(f"the untouched stub passes {untouched.passed} tests in {suites}")
        problems += [
            f"{test.id} does not report the untouched stub as not written"
            for test in untouched.tests
            if test.failure and not test.outcome.waits
        ]
        return _Seen(solved.passed, len(solved.tests), [*problems, *_weak_proofs(examination)])

    def _check_mistake(self, variant: Variant) -> _Seen:
        """Grade a mistake, which must lose points."""
        try:
            # One failing test is enough; tests that did not run have not passed either.
            failures = _failures(self._grade(variant, Purpose.FIND_A_FAILURE))
        except ExaminerLost as error:
            return _Seen(0, 1, [f"mistake {variant.name}: {error}"])
        return _Seen(1, 1, []) if failures else _Seen(0, 1, [f"mistake {variant.name} is not caught"])

    def _check_alternative(self, variant: Variant) -> _Seen:
        """Grade an alternative, which must get full marks."""
        try:
            failures = _failures(self._grade(variant))
        except ExaminerLost as error:
            return _Seen(0, 1, [f"alternative {variant.name}: {error}"])
        problems = [f"alternative {variant.name} fails {failures[0]}"] if failures else []
        return _Seen(not failures, 1, problems)

    def _check_restyled(self, variant: Variant, sentence: str) -> _Seen:
        """Examine a restyled mistake, which at least one test must name, alone."""
        if not sentence:
            return _Seen(0, 1, [f"restyled {variant.name}: no mistake has this name"])
        suite = self._folder / "tests" / "hidden" / f"test_{variant.exercise}.py"
        try:
            said = self._examiners.examine(self._files(variant), [suite], [variant.exercise]).mistakes
        except ExaminerLost as error:
            return _Seen(0, 1, [f"restyled {variant.name}: {error}"])
        if [sentence] in said.values():
            return _Seen(1, 1, [])
        others = sorted({other for several in said.values() for other in several})
        called = f"called: {' / '.join(others)}" if others else "not recognized"
        return _Seen(0, 1, [f"restyled {variant.name} is {called}"])

    def _check_trivial(self, name: str) -> _Seen:
        """Grade functions that compute nothing, which must earn nothing."""
        stub = (self._folder / "exercises" / f"{name}.py").read_text(encoding="utf-8")
        passing: dict[str, list[str]] = defaultdict(list)
        answers = trivial_names()
        try:
            for answer in answers:
                files = {**self._modules("solutions", name), **trivial_files(stub, name, answer)}
                graded = self._scored(self._examine(files, name, "tests/hidden", Purpose.SCORE), name)
                for test in graded.tests:
                    if not test.failure:
                        passing[test.id].append(answer)
        except ExaminerLost as error:
            return _Seen(0, 1, [f"trivial answers: {error}"])
        problems = [
            f"{test} earns points for functions that compute nothing: {', '.join(found)}"
            for test, found in passing.items()
        ]
        earning = {answer for found in passing.values() for answer in found}
        return _Seen(len(answers) - len(earning), len(answers), problems)

    def _mistakes(self, name: str) -> list[Variant]:
        return read_variants(self._folder, "mistakes", name)

    def _files(self, variant: Variant) -> dict[str, bytes]:
        name = variant.exercise
        return {**self._modules("solutions", name), f"{name}.py": variant.source.encode()}

    def _grade(self, variant: Variant, purpose: Purpose = Purpose.EXPLAIN) -> GradedExercise:
        name = variant.exercise
        return self._scored(self._examine(self._files(variant), name, "tests/hidden", purpose), name)


def _weak_proofs(examination: Examination) -> list[str]:
    """Return the tests that do not prove what they are marked with, when the solution passes them."""
    problems = []
    for test in examination.listed:
        result = examination.results.get(test.id)
        if not test.proves or result is None:
            continue
        problems += [
            f"{test.id} is marked to prove {name}, which does not answer in it"
            for name in test.proves
            if name not in result.answered
        ]
        if result.bits < FEWEST_BITS:
            proved = " and ".join(test.proves)
            problems.append(
                f"{test.id} is marked to prove {proved}, but one guess in {2**result.bits:.0f} passes it"
            )
    return problems


def _failures(graded: GradedExercise) -> list[str]:
    return [
        f"{test.id}: {(test.failure.lines() or [test.details or test.outcome.value])[-1].strip()}"
        for test in graded.tests
        if test.failure
    ]


def _table(course: Course, exercises: list[Exercise], findings: dict[str, _Findings]) -> Table:
    table = Table(
        title=course.title, title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False
    )
    for column in ("exercise", *_COLUMNS):
        table.add_column(column, justify="left" if column == "exercise" else "right", no_wrap=True)
    for exercise in exercises:
        found = findings[exercise.name]
        table.add_row(exercise.name, *(found.cell(column) for column in _COLUMNS))
    return table
