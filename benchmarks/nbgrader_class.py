"""Ten learners in nbgrader, from the cut course to the exported grades, and the same points as their modules.

python benchmarks/nbgrader_class.py: the whole course is released and collected by nbgrader's exchange, graded
in the sandbox, given back and exported; its first part by nbgrader's own `autograde` too. It prints each step
and what differs.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from rich.console import Console
from three_ways import HandedIn, handed_in, notebook_of

from autograder.course import Course, read_course
from autograder.examiner.pool import ExaminerPool
from autograder.examiner.scoring import score
from autograder.notebooks.course_dir import assignments

ROOT = Path(__file__).resolve().parent.parent
LEARNERS = ("perfect", "untouched", *(f"mistaken_{number}" for number in range(8)))

console = Console(highlight=False, soft_wrap=True)


def work_of(learner: str, exercise: str) -> HandedIn:
    """Return what a learner hands in of an exercise: each of the mistaken another mistake."""
    solution, stub, *mistakes = handed_in(exercise)
    if learner == "perfect":
        return solution
    return stub if learner == "untouched" else mistakes[int(learner[-1]) % len(mistakes)]


def run(folder: Path, *words: str, user: str = "") -> str:
    """Run a command of the kit's or nbgrader's in a folder, as a user by that name; stop where it fails."""
    command = [sys.executable, "-m", *words]
    if user:
        # nbgrader asks the operating system who it is.
        passwords = folder / "passwd"
        passwords.write_text(f"{user}:x:{os.getuid()}:{os.getgid()}::{folder}:/bin/sh\n")
        known = ["--ro-bind", str(passwords), "/etc/passwd"]
        command = ["bwrap", "--dev-bind", "/", "/", *known, "--chdir", str(folder), *command]
    path = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "JUPYTER_PREFER_ENV_PATH": "1"}
    finished = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if finished.returncode:
        raise SystemExit(f"{' '.join(words)}:\n{finished.stdout[-2000:]}{finished.stderr[-3000:]}")
    return finished.stdout


def hand_in(learner: str, home: Path, configuration: str, course: Course) -> None:
    """Fetch each assignment, do it, submit it."""
    home.mkdir()
    (home / "nbgrader_config.py").write_text(configuration)
    for assignment, exercises in assignments(course).items():
        run(home, "nbgrader", "fetch_assignment", assignment, user=learner)
        for exercise in exercises:
            notebook = home / assignment / f"{exercise.name}.ipynb"
            notebook.write_text(notebook_of(notebook, work_of(learner, exercise.name)), encoding="utf-8")
        run(home, "nbgrader", "submit", assignment, user=learner)


def by_modules(course: Course) -> dict[tuple[str, str], float]:
    """Return the points of the same work handed in as modules, by learner and assignment."""
    right = {f"{name}.py": (ROOT / "solutions" / f"{name}.py").read_bytes() for name in course.names}

    def points(learner: str, exercise: str) -> float:
        work = {name: work_of(learner, name).source.encode() for name in course.names}
        files = {f"{name}.py": source for name, source in work.items()}
        suite = ROOT / "tests" / "hidden" / f"test_{exercise}.py"
        (graded,) = score(examiners.examine({**right, **files}, [suite]), course, [exercise])
        return graded.earned

    with ExaminerPool(ROOT, course) as examiners, ThreadPoolExecutor(2) as pool:
        asked = [(learner, exercise) for learner in LEARNERS for exercise in course.names]
        found = dict(zip(asked, pool.map(lambda one: points(*one), asked), strict=True))
    return {
        (learner, assignment): sum(found[learner, exercise.name] for exercise in exercises)
        for learner in LEARNERS
        for assignment, exercises in assignments(course).items()
    }


def exported(course_dir: Path) -> dict[tuple[str, str], float]:
    """Return the scores that nbgrader exports."""
    run(course_dir, "nbgrader", "export")
    with (course_dir / "grades.csv").open(newline="") as file:
        return {(row["student_id"], row["assignment"]): float(row["score"]) for row in csv.DictReader(file)}


def compare(kind: str, found: dict[tuple[str, str], float], expected: dict[tuple[str, str], float]) -> int:
    """Print how many scores there are, and those that differ; return how many do."""
    different = [key for key in expected if abs(found.get(key, -1.0) - expected[key]) > 1e-6]
    for key in different:
        console.print(f"{kind}, {key}: {found.get(key)}, as modules {expected[key]}")
    console.print(f"{kind}: {len(expected)} scores, {len(different)} differ from the modules'")
    return len(different)


def main() -> int:
    """Go through it, and print what differs."""
    course, begun = read_course(ROOT), time.monotonic()
    names = list(assignments(course))

    def step(text: str) -> None:
        console.print(f"{time.monotonic() - begun:6.0f} s  {text}")

    with tempfile.TemporaryDirectory() as temporary:
        course_dir, exchange = Path(temporary) / "course", Path(temporary) / "exchange"
        exchange.mkdir()
        exchange.chmod(0o777)
        run(ROOT, "autograder", "notebooks", str(course_dir))
        with (course_dir / "nbgrader_config.py").open("a") as file:
            file.write(f"c.Exchange.root = {str(exchange)!r}\n")
            # Here one user of the machine plays all the learners.
            file.write("c.ExchangeCollect.check_owner = False\n")
        configuration = (course_dir / "nbgrader_config.py").read_text()
        for name in names:
            run(course_dir, "nbgrader", "generate_assignment", name)
            run(course_dir, "nbgrader", "release_assignment", name)
        step(f"{len(course.names)} notebooks in {len(names)} assignments cut, generated and released")
        with ThreadPoolExecutor(2) as pool:
            homes = [Path(temporary) / learner for learner in LEARNERS]
            list(
                pool.map(lambda one: hand_in(*one, configuration, course), zip(LEARNERS, homes, strict=True))
            )
        for name in names:
            run(course_dir, "nbgrader", "collect", name)
        step(f"fetched, done, submitted and collected: {len(LEARNERS)} learners")
        results = Path(temporary) / "results"
        run(ROOT, "autograder", "grade", str(course_dir / "submitted"), "--out", str(results))
        step("graded in the sandbox, nbgrader's gradebook written")
        expected = by_modules(course)
        step("the same work graded as modules")
        different = compare("in the sandbox", exported(course_dir), expected)
        for name in names:
            run(course_dir, "nbgrader", "generate_feedback", name)
            run(course_dir, "nbgrader", "release_feedback", name)
        pages = len(list((course_dir / "feedback").rglob("*.html")))
        step(f"{pages} pages of feedback generated and released")
        run(course_dir, "nbgrader", "autograde", names[0], "--force")
        first = {key: points for key, points in expected.items() if key[1] == names[0]}
        different += compare("by nbgrader's autograde", exported(course_dir), first)
        step("done")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
