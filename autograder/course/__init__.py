"""The course: what `grading.toml` says, checked when it is read.

`cut` makes stubs of solutions, `chunks` takes them apart for notebooks, `variants` finds mistakes and other answers,
`grading_files` lists what a verdict depends on, `kit` is the installed package, `release` writes a folder for learners,
`reading` says how hard a text is to read.
"""

from __future__ import annotations

import datetime
import re
import sys
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import msgspec
from msgspec import Meta

from autograder import UserError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FILE_NAME = "grading.toml"
# The ideas as pictures, each named for its exercise.
PICTURES = "docs/pictures"

# What a suite writes that hands tensors over: these two of `ModuleProxy`, or the mark `@tensors` on a test.
_TENSORFLOW = re.compile(rb"^\s*(import|from)\s+tensorflow|in_graph|gradient_of|^@tensors", re.MULTILINE)

# `inf` and `nan` are valid floats in TOML.
_LARGEST = sys.float_info.max
PositiveInt = Annotated[int, Meta(gt=0)]
PositiveFloat = Annotated[float, Meta(gt=0, le=_LARGEST)]
Disclosure = Literal["full", "example", "name"]
_DISCLOSURES: tuple[str, ...] = get_args(Disclosure)
Percent = Annotated[float, Meta(ge=0, le=100)]
ModuleName = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$")]


class CourseError(UserError):
    """`grading.toml` cannot be used; the text says in one line what is wrong and where."""


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The limits of a submission. The feedback names a limit that was hit."""

    call_seconds: PositiveFloat = 10.0
    submission_seconds: PositiveFloat = 300.0
    memory_mib: PositiveInt = 2048
    processes: PositiveInt = 64
    open_files: PositiveInt = 256
    files_mib: PositiveInt = 64
    output_kib: PositiveInt = 256


class LateRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many points a late submission loses: a share for each day begun, up to a maximum.

    `grading` applies it to the time at which the submission was handed in.
    """

    due: Annotated[datetime.datetime, Meta(tz=True)] | None = None
    percent_per_day: Percent = 0.0
    most_percent: Percent = 100.0

    def penalty(self, submitted: datetime.datetime) -> float:
        """Return the fraction of the points, 0 to 1, that a submission at this time loses."""
        if self.due is None or submitted <= self.due:
            return 0.0
        days_begun = -((self.due - submitted) // datetime.timedelta(days=1))
        return min(days_begun * self.percent_per_day, self.most_percent) / 100


class Exercise(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One exercise: a module that a learner writes, and its points.

    Attributes:
        name: the name of the module.
        part: the part of the course.
        points: the maximum points.
        difficulty: 1 to 5.
        minutes: the expected time.
        needs: its solution's imports from earlier exercises: `padding`, or one function, `padding.same_padding`.
    """

    name: ModuleName
    part: str
    points: Annotated[float, Meta(ge=0, le=_LARGEST)]
    difficulty: Annotated[int, Meta(ge=1, le=5)]
    minutes: PositiveInt
    needs: tuple[str, ...] = ()


class Course(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `grading.toml`.

    Attributes:
        given: the modules that learners import and do not write. A submission always gets the course's own.
        demonstration: `python -m ... NAME` shows a learner's own function at work; empty if nothing does.
    """

    title: str
    exercises: Annotated[tuple[Exercise, ...], Meta(min_length=1)]
    given: tuple[ModuleName, ...] = ()
    demonstration: str = ""
    disclosure: Disclosure = "example"
    limits: Limits = Limits()
    late: LateRule = LateRule()

    def needs(self, name: str) -> tuple[str, ...]:
        """Return everything an exercise needs, directly or indirectly, in course order."""
        own = next(exercise.needs for exercise in self.exercises if exercise.name == name)
        found: dict[str, None] = {}
        for need in own:
            found |= dict.fromkeys(self.needs(need.partition(".")[0]))
            found[need] = None
        return tuple(sorted(found, key=lambda need: self.names.index(need.partition(".")[0])))

    def with_needs(self, names: list[str]) -> list[str]:
        """Return the names and the names of the exercises they need, in course order."""
        wanted = {need.partition(".")[0] for name in names for need in self.needs(name)} | set(names)
        return [name for name in self.names if name in wanted]

    @property
    def names(self) -> list[str]:
        """The names of the exercises, in course order."""
        return [exercise.name for exercise in self.exercises]

    @property
    def modules(self) -> list[str]:
        """The modules that a submission may import: those that are given, then the exercises."""
        return [*self.given, *self.names]


def exercise_of(path: Path | str) -> str:
    """Return the exercise of a suite's file: `padding` for `test_padding.py`, empty for other files."""
    stem = Path(path).stem
    return stem.removeprefix("test_") if stem.startswith("test_") else ""


def find_course(start: Path) -> Path:
    """Return the folder of the nearest `grading.toml`, in `start` or above it.

    Raises:
        CourseError: if there is no such folder.
    """
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / FILE_NAME).is_file():
            return folder
    raise CourseError(f"no {FILE_NAME} in {start.resolve()} or above it: run this in the course folder")


def read_course(folder: Path) -> Course:
    """Read and check `grading.toml` in `folder`.

    Raises:
        CourseError: one line that names the key.
    """
    path = folder / FILE_NAME
    data: dict[str, Any] = {}
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        course = msgspec.convert(data, Course)
    except OSError as error:
        raise CourseError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CourseError(f"{path}: not UTF-8 (byte {error.start})") from error
    except tomllib.TOMLDecodeError as error:
        raise CourseError(f"{path}: not TOML: {error}") from error
    except msgspec.ValidationError as error:
        raise CourseError(f"{path}: {_first_problem(error, data)}") from error
    if problem := _exercises_problem(folder, course):
        raise CourseError(f"{path}: exercises: {problem}")
    if problem := _given_problem(folder, course):
        raise CourseError(f"{path}: given: {problem}")
    return course


def _exercises_problem(folder: Path, course: Course) -> str:
    """Return what is wrong with the list of exercises; empty if nothing is."""
    earlier: set[str] = set()
    for exercise in course.exercises:
        name = exercise.name
        if name in earlier:
            return f"{name!r} is listed twice"
        for need in exercise.needs:
            if need.partition(".")[0] not in earlier:
                return f"{name} needs {need!r}, but no earlier exercise has it"
        earlier.add(name)
        if not _has_module(folder, name):
            return f"{name}: no module {name}.py in solutions/ or exercises/"
    return ""


def _given_problem(folder: Path, course: Course) -> str:
    """Return what is wrong with the given modules; empty if nothing is."""
    for name in course.given:
        if name in course.names:
            return f"{name!r} is an exercise"
        if not _has_module(folder, name):
            return f"{name!r}: no module {name}.py in solutions/ or exercises/"
    return ""


def _has_module(folder: Path, name: str) -> bool:
    return any((folder / kind / f"{name}.py").is_file() for kind in ("solutions", "exercises"))


def _first_problem(error: msgspec.ValidationError, data: dict[str, Any]) -> str:
    """Return `limits.memory_mib: Expected ..., not 0.5` for msgspec's "Expected ... - at `$.limits.memory_mib`"."""
    problem, at, path = str(error).rpartition(" - at `$")
    if not at:
        problem, path = str(error), ""
    steps = re.findall(r"\w+", path)
    # Instructors count from 1.
    key = "".join(f"[{int(step) + 1}]" if step.isdigit() else f".{step}" for step in steps)
    if steps[:1] == ["exercises"] and len(steps) > 1:
        exercise = data["exercises"][int(steps[1])]
        name = exercise.get("name") if isinstance(exercise, dict) else None
        key = key.replace("]", f", {name}]", 1) if isinstance(name, str) else key
    if field := re.search(r"(missing required|unknown) field `(.*)`", problem):
        problem = "missing" if field[1] == "missing required" else "unknown key"
        key += f".{field[2]}"
    elif problem.startswith("Invalid enum value"):
        problem = f"{problem}; choose {', '.join(_DISCLOSURES)}"
    elif problem.startswith("Expected"):
        value: Any = data
        for step in steps:
            value = value[int(step) if step.isdigit() else step]
        problem += "" if isinstance(value, (dict, list)) or ", got" in problem else f", not {_as_toml(value)}"
    return f"{key.strip('.')}: {problem}"


def _as_toml(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime.datetime) else repr(value)


def need_tensorflow(folder: Path, names: list[str]) -> bool:
    """Return True if these exercises import TensorFlow, so that a fork server should import it once."""
    patterns = ("tests/hidden/test_{}.py", "exercises/{}.py")
    files = (folder / pattern.format(name) for name in names for pattern in patterns)
    return any(_TENSORFLOW.search(file.read_bytes()) for file in files if file.is_file())


def read_given(folder: Path, course: Course) -> dict[str, bytes]:
    """Return the content of each given module, by its file's name.

    Raises:
        CourseError: if one cannot be read.
    """
    files = {f"{name}.py": folder / "exercises" / f"{name}.py" for name in course.given}
    try:
        return {name: path.read_bytes() for name, path in files.items()}
    except OSError as error:
        raise CourseError(f"{error.filename}: {error.strerror}: run `autograder cut`") from None


def read_stubs(folder: Path, names: list[str]) -> dict[str, str]:
    """Return the stub of each exercise from the course folder."""
    return {name: (folder / "exercises" / f"{name}.py").read_text(encoding="utf-8") for name in names}
