"""The same code, the same points: as a module, as a notebook in nbgrader, as a notebook in the sandbox.

python benchmarks/three_ways.py [EXERCISE ...] hands in the solution, the stub and every mistake of each
exercise in all three ways and prints what differs. nbgrader's own `autograde` runs each notebook in a kernel,
which takes most of the time.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook
from rich.console import Console

from autograder.course import Course, Exercise, read_course, read_stubs
from autograder.course.chunks import chunks
from autograder.course.variants import read_variants
from autograder.examiner.pool import ExaminerPool
from autograder.examiner.scoring import score
from autograder.notebooks.course_dir import assignments
from autograder.notebooks.gradebook import on_the_path
from autograder.notebooks.write import write_notebooks
from autograder.sandbox import Level
from autograder.submissions import Entry
from autograder.submissions.read import read

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2

console = Console(highlight=False, soft_wrap=True)


@dataclass(frozen=True)
class HandedIn:
    """One exercise as somebody hands it in.

    Attributes:
        learner: who: "solution", "stub" or the mistake's name.
        source: the module.
        more: of a mistake, what is written below the solution's cells.
    """

    learner: str
    source: str
    more: str = ""


def handed_in(exercise: str) -> list[HandedIn]:
    """Return what is handed in of an exercise."""
    solution = (ROOT / "solutions" / f"{exercise}.py").read_text(encoding="utf-8")
    found = [HandedIn("solution", solution)]
    found.append(HandedIn("stub", (ROOT / "exercises" / f"{exercise}.py").read_text(encoding="utf-8")))
    for mistake in read_variants(ROOT, "mistakes", exercise):
        found.append(HandedIn(mistake.name, mistake.source, mistake.source.removeprefix(solution).strip()))
    return found


def notebook_of(released: Path, one: HandedIn) -> str:
    """Return the released notebook with a learner's code in its cells."""
    notebook = nbformat.read(released, 4)
    if one.learner != "stub":
        # What the mistake adds comes below the solution, whose helpers it may call.
        solution = one.source[: one.source.rindex(one.more)] if one.more else one.source
        own = {f"{released.stem}-{chunk.name}": chunk.source for chunk in chunks(solution)}
        for cell in notebook.cells:
            said = cell.metadata.get("nbgrader", {})
            if said.get("solution"):
                cell.source = own[said["grade_id"]]
        if one.more:
            notebook.cells.insert(-1, nbformat.v4.new_code_cell(one.more))
    return nbformat.writes(notebook)


def nbgrader(course_dir: Path, *arguments: str) -> None:
    """Run nbgrader, and stop where it fails."""
    command = [sys.executable, "-m", "nbgrader", *arguments]
    finished = subprocess.run(command, cwd=course_dir, capture_output=True, text=True, check=False)
    if finished.returncode:
        raise SystemExit(f"nbgrader {' '.join(arguments)}:\n{finished.stderr[-3000:]}")


def in_nbgrader(course: Course, exercise: Exercise, course_dir: Path) -> dict[str, float]:
    """Return the points of each learner by nbgrader's own autograde."""
    write_notebooks(ROOT, course, course_dir)
    found = assignments(course)
    (mine,) = (name for name, exercises in found.items() if exercise in exercises)
    nbgrader(course_dir, "generate_assignment", mine)
    for one in handed_in(exercise.name):
        place = course_dir / "submitted" / one.learner / mine
        place.mkdir(parents=True)
        text = notebook_of(course_dir / "release" / mine / f"{exercise.name}.ipynb", one)
        (place / f"{exercise.name}.ipynb").write_text(text, encoding="utf-8")
        # What was handed in, and graded, before: the other exercises, right.
        for name, exercises in found.items():
            before = course_dir / "autograded" / one.learner / name
            before.mkdir(parents=True, exist_ok=True)
            for other in exercises:
                if other != exercise:
                    source = course_dir / "source" / name / f"{other.name}.ipynb"
                    (before / source.name).write_bytes(source.read_bytes())
    nbgrader(course_dir, "autograde", mine, f"--notebook={exercise.name}")
    with Gradebook(f"sqlite:///{course_dir / 'gradebook.db'}") as gradebook:
        return {
            submission.student.id: next(
                one.score for one in submission.notebooks if one.name == exercise.name
            )
            for submission in gradebook.assignment_submissions(mine)
        }


def by_examiner(course: Course, exercise: str, files: dict[str, bytes], examiners: ExaminerPool) -> float:
    """Return the points of modules."""
    suite = ROOT / "tests" / "hidden" / f"test_{exercise}.py"
    (graded,) = score(examiners.examine(files, [suite]), course, [exercise])
    return graded.earned


def main() -> int:
    """Compare, and print what differs."""
    course = read_course(ROOT)
    names = sys.argv[1:] or course.names
    asked = read_stubs(ROOT, course.names)
    right = {f"{name}.py": (ROOT / "solutions" / f"{name}.py").read_bytes() for name in course.names}
    on_the_path()
    compared = different = 0
    with (
        tempfile.TemporaryDirectory() as temporary,
        ExaminerPool(ROOT, course, names) as direct,
        ExaminerPool(ROOT, course, names, Level.namespaces, [Path(temporary)]) as sandboxed,
        ThreadPoolExecutor(WORKERS) as pool,
    ):
        exercises = [exercise for exercise in course.exercises if exercise.name in names]
        folders = [Path(temporary) / exercise.name for exercise in exercises]
        for exercise, folder, kernel in zip(
            exercises,
            folders,
            pool.map(lambda pair: in_nbgrader(course, *pair), zip(exercises, folders, strict=True)),
            strict=True,
        ):
            for one in handed_in(exercise.name):
                (handed,) = (folder / "submitted" / one.learner).glob(f"*/{exercise.name}.ipynb")
                notebook = read(Entry(one.learner, (handed,)), asked, [exercise.name]).files
                points = (
                    by_examiner(
                        course, exercise.name, {**right, f"{exercise.name}.py": one.source.encode()}, direct
                    ),
                    kernel[one.learner],
                    by_examiner(course, exercise.name, {**right, **notebook}, sandboxed),
                )
                compared += 1
                if max(points) - min(points) > 1e-9:
                    different += 1
                    console.print(f"{exercise.name}/{one.learner}: module, nbgrader, sandbox: {points}")
            console.print(f"{exercise.name}: {len(handed_in(exercise.name))} compared")
    console.print(f"{compared} compared in three ways, {different} differ")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
