"""The course: what `grading.toml` says, checked when it is read."""

from __future__ import annotations

import datetime
import re
import sys
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FILE_NAME = "grading.toml"

# `in_graph` has a suite call a function inside of a TensorFlow graph.
_TENSORFLOW = re.compile(rb"^\s*(import|from)\s+tensorflow|in_graph", re.MULTILINE)

PositiveInt = Annotated[int, Field(gt=0)]
PositiveFloat = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Percent = Annotated[float, Field(ge=0, le=100)]


class CourseError(Exception):
    """`grading.toml` cannot be used; the text is one line that says what is wrong and where."""


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


class Limits(_Table):
    """What a submission may use. A limit that is hit is named in the feedback."""

    call_seconds: PositiveFloat = 10.0
    submission_seconds: PositiveFloat = 300.0
    memory_mib: PositiveInt = 2048
    processes: PositiveInt = 64
    open_files: PositiveInt = 256
    files_mib: PositiveInt = 64
    output_kib: PositiveInt = 256


class LateRule(_Table):
    """How many points a late submission loses: a share for each day begun, up to a maximum."""

    due: datetime.datetime | None = None
    percent_per_day: Percent = 0.0
    most_percent: Percent = 100.0

    @field_validator("due")
    @classmethod
    def _has_a_time_zone(cls, due: datetime.datetime | None) -> datetime.datetime | None:
        if due is not None and due.tzinfo is None:
            raise ValueError("needs a time zone, for example 2027-01-31T23:59:00Z")
        return due

    def penalty(self, submitted: datetime.datetime) -> float:
        """Return the share of the points, 0 to 1, that a submission of that time loses."""
        if self.due is None or submitted <= self.due:
            return 0.0
        days_begun = -((self.due - submitted) // datetime.timedelta(days=1))
        return min(days_begun * self.percent_per_day, self.most_percent) / 100


class Exercise(_Table):
    """One exercise: the module a learner writes, and what it is worth."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    part: str
    points: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    difficulty: Annotated[int, Field(ge=1, le=5)]
    minutes: PositiveInt
    needs: tuple[str, ...] = ()
    """What its solution imports of earlier exercises: `padding`, or one function, `padding.same_padding`."""


class Course(_Table):
    """Everything `grading.toml` says."""

    title: str
    disclosure: Literal["full", "example", "name"] = "example"
    limits: Limits = Limits()
    late: LateRule = LateRule()
    exercises: Annotated[tuple[Exercise, ...], Field(min_length=1)]

    @field_validator("exercises")
    @classmethod
    def _names_differ(cls, exercises: tuple[Exercise, ...]) -> tuple[Exercise, ...]:
        names = [exercise.name for exercise in exercises]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"{twice[0]!r} is listed twice")
        return exercises

    @field_validator("exercises")
    @classmethod
    def _needs_are_earlier(cls, exercises: tuple[Exercise, ...]) -> tuple[Exercise, ...]:
        earlier: set[str] = set()
        for exercise in exercises:
            for need in exercise.needs:
                if need.partition(".")[0] not in earlier:
                    raise ValueError(f"{exercise.name} needs {need!r}, which is of no earlier exercise")
            earlier.add(exercise.name)
        return exercises

    def needs(self, name: str) -> tuple[str, ...]:
        """Return all that an exercise needs, in the order of the course: what its needs need comes first."""
        own = next(exercise.needs for exercise in self.exercises if exercise.name == name)
        found: dict[str, None] = {}
        for need in own:
            found |= dict.fromkeys(self.needs(need.partition(".")[0]))
            found[need] = None
        places = {exercise: place for place, exercise in enumerate(self.names)}
        return tuple(sorted(found, key=lambda need: places[need.partition(".")[0]]))

    def with_needs(self, names: list[str]) -> list[str]:
        """Return the names and those of the exercises that they need, in the order of the course."""
        wanted = {need.partition(".")[0] for name in names for need in self.needs(name)} | set(names)
        return [name for name in self.names if name in wanted]

    @property
    def names(self) -> list[str]:
        """The names of the exercises, in the order in which they are taught."""
        return [exercise.name for exercise in self.exercises]


def find_course(start: Path) -> Path:
    """Return the folder of the nearest `grading.toml`, in `start` or above it.

    Raises:
        CourseError: where there is none.
    """
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / FILE_NAME).is_file():
            return folder
    raise CourseError(f"no {FILE_NAME} in {start.resolve()} or above it: run this in the course's folder")


def read_course(folder: Path) -> Course:
    """Read and check `grading.toml` in `folder`.

    Raises:
        CourseError: one line with the key's name and place.
    """
    path = folder / FILE_NAME
    try:
        course = Course.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise CourseError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CourseError(f"{path}: not UTF-8 (byte {error.start})") from error
    except tomllib.TOMLDecodeError as error:
        raise CourseError(f"{path}: not TOML: {error}") from error
    except ValidationError as error:
        raise CourseError(f"{path}: {_first_problem(error)}") from error
    for exercise in course.exercises:
        if (
            not (folder / "solutions" / f"{exercise.name}.py").is_file()
            and not (folder / "exercises" / f"{exercise.name}.py").is_file()
        ):
            raise CourseError(
                f"{path}: exercises: {exercise.name}: no module {exercise.name}.py "
                "in solutions/ or exercises/"
            )
    return course


def need_tensorflow(folder: Path, names: list[str]) -> bool:
    """Tell whether these exercises will import TensorFlow, which takes seconds, so that it is done once."""
    rooms = ((folder / "tests" / "hidden", "test_{}.py"), (folder / "exercises", "{}.py"))
    files = (room / pattern.format(name) for name in names for room, pattern in rooms)
    return any(_TENSORFLOW.search(file.read_bytes()) for file in files if file.is_file())


def _first_problem(error: ValidationError) -> str:
    problem: dict[str, Any] = dict(error.errors()[0])
    place = ".".join(
        f"{part}" if isinstance(part, str) else f"[{part + 1}]" for part in problem["loc"]
    ).replace(".[", "[")
    if problem["type"] == "extra_forbidden":
        return f"{place}: unknown key"
    if problem["type"] == "missing":
        return f"{place}: missing"
    text = problem["msg"].removeprefix("Value error, ")
    return (
        f"{place}: {text}, not {problem['input']!r}"
        if not isinstance(problem["input"], (dict, list))
        else f"{place}: {text}"
    )
