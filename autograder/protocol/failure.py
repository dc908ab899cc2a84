"""Why a test failed, as data: an outcome, the calls, the location, a sentence; and as the lines that a learner reads.

Code that shows a failure reads these fields; no code parses messages.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

# A failure has at most this many lines, so that people read it.
MOST_LINES = 12


class Outcome(str, Enum):
    """The result of one test."""

    PASSED = "passed"
    WRONG = "wrong"
    """The submission answered, and the answer is wrong."""
    UNWRITTEN = "unwritten"
    """The function is still a stub."""
    NEEDS = "needs"
    """A function of an earlier exercise does not pass."""
    UNUSABLE = "unusable"
    """The submission cannot answer: it does not load, hangs, dies or hits a limit."""
    FAILED = "failed"
    """The suite itself broke."""
    NOT_RUN = "not run"
    """The test was listed but did not report."""

    @property
    def waits(self) -> bool:
        """True if there is nothing to judge yet."""
        return self in (Outcome.UNWRITTEN, Outcome.NEEDS)


@dataclass(frozen=True)
class Location:
    """A location in a learner's code.

    Attributes:
        file: the path as shown to the reader: `exercises/padding.py`.
        line: counted from 1; 0 for a notebook.
        function: the function, class or method, such as `Chain.conv2d`; empty for the whole module.
    """

    file: str
    line: int = 0
    function: str = ""

    def __str__(self) -> str:
        if self.line:
            return f"{self.file}:{self.line}"
        return f"{self.file}, {self.function}" if self.function else self.file


@dataclass(frozen=True)
class Value:
    """A value in a call, to show and to draw.

    Attributes:
        text: the value in one line of Python, or its dtype and shape.
        data: numbers, strings and lists of these; None for a large array or an object.
        shape: the shape of an array; None for other values.
    """

    text: str
    data: Any = None
    shape: tuple[int, ...] | None = None


@dataclass(frozen=True)
class ShownCall:
    """A call of the submission.

    Attributes:
        name: the called function or method, such as `padding.same_padding` or `EarlyStopping.update`.
        function: the exercise's function or class; for a method, the function that returned the object.
        arguments: the positional arguments.
        keywords: the keyword arguments.
        context: a note about the call, such as `  inside tf.function`.
        answer: the returned value; None if there is none.
        outcome: the answer, or the exception, in one line.
        is_attribute: True if an attribute was read and nothing called.
    """

    name: str
    function: str = ""
    arguments: tuple[Value, ...] = ()
    keywords: dict[str, Value] | None = None
    context: str = ""
    answer: Value | None = None
    outcome: str = ""
    is_attribute: bool = False

    def __str__(self) -> str:
        if self.is_attribute:
            return self.name
        words = [value.text for value in self.arguments]
        words += [f"{key}={value.text}" for key, value in (self.keywords or {}).items()]
        return f"{self.name}({', '.join(words)}){self.context}"


@dataclass(frozen=True)
class Histogram:
    """The distribution of returned random numbers: counts in equal steps from `low` to `high`."""

    low: float
    high: float
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Failure:
    """Why a test failed. Frozen: a change makes a copy.

    Attributes:
        outcome: any outcome except `PASSED`.
        idea: the idea that the test checks, as a sentence.
        reason: the first difference in the answer, or why there is no answer.
        calls: the failing call, after a few earlier ones.
        expected: the right answer.
        index: the first wrong element of an array.
        raised: where the submission raised the exception.
        mistakes: the sentence of each known mistake that gives the same answers.
        histogram: the histogram of many returned random numbers.
        exercise: the exercise at fault; for `NEEDS` an earlier exercise.
        edit: the location to edit.
    """

    outcome: Outcome
    idea: str = ""
    reason: str = ""
    calls: tuple[ShownCall, ...] = ()
    expected: str = ""
    index: tuple[int, ...] | None = None
    raised: Location | None = None
    mistakes: tuple[str, ...] = ()
    histogram: Histogram | None = None
    exercise: str = ""
    edit: Location | None = None

    @property
    def came_back(self) -> str:
        """The answer of the last call, or its exception with its location."""
        if self.outcome is not Outcome.WRONG or not self.calls:
            return ""
        outcome = self.calls[-1].outcome
        if self.raised is None:
            return outcome
        line = f", line {self.raised.line}" if self.raised.line else ""
        return f"{outcome} (in {self.raised.file}{line})"

    @property
    def functions(self) -> list[str]:
        """The called functions of the exercise, without duplicates."""
        return list(dict.fromkeys(call.function for call in self.calls if call.function))

    def lines(self) -> list[str]:
        """Return the failure as at most `MOST_LINES` lines."""
        if self.outcome.waits:
            return [f"{self.reason}: {self.edit}" if self.edit else self.reason]
        if self.outcome is Outcome.UNUSABLE and not self.calls:
            return [self.reason]  # the module cannot be loaded; the text says where
        lines = [f"{call} -> {call.outcome}" for call in self.calls[:-1]]
        lines += [str(call) for call in self.calls[-1:]]
        for label, text in (
            ("came back", self.came_back),
            ("expected", self.expected),
            ("difference", self.reason),
            ("mistake", " Or: ".join(self.mistakes)),
            ("idea", self.idea),
            ("edit", str(self.edit or "")),
        ):
            if text:
                lines.append(f"  {label + ':':<12}{text}")
        return lines[:MOST_LINES]

    def with_notebook(self, unreadable: str = "") -> Failure:
        """Return the failure for a notebook, where learners edit functions, not lines of a file.

        Args:
            unreadable: why the notebook could not be read; empty if it could.
        """
        return replace(
            self,
            raised=self.raised and replace(self.raised, file=_notebook(self.raised.file), line=0),
            edit=self.edit and replace(self.edit, file=f"{self.exercise}.ipynb", line=0),
            reason=unreadable if unreadable and self.outcome is Outcome.UNUSABLE else self.reason,
        )


def _notebook(file: str) -> str:
    return f"{file.removesuffix('.py')}.ipynb"
