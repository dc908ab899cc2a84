"""The transcript of one example of a test: the calls, and the first difference from the right answer."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.protocol.failure import Location, ShownCall, Value
from autograder.suite.expected import Difference, describe

_LONGEST_ARGUMENT = 70
# An array is worth more characters, as long as all arguments of the call together have no more than these.
_LONGEST_ARRAY, _LONGEST_ARGUMENTS = 160, 200
# An array or list with more items than this is neither drawn nor stored in a record.
_MOST_NUMBERS = 600
# The same for a longer string, or for a larger integer, which no message can contain.
_LONGEST_TEXT = 200
_LARGEST_INT = 2**63 - 1


@dataclass
class Call:
    """One call of the submission.

    Attributes:
        name: the called function or method, such as `padding.same_padding` or `EarlyStopping.update`.
        args: the positional arguments.
        kwargs: the keyword arguments.
        function: the exercise's function or class; for a method, the function that returned the object.
        asked: the name in full as the suite asks for it, which no submission can choose: `padding.same_padding`, or
            `early_stopping.EarlyStopping.update` for a method.
        context: a note about the call.
        answered: True if a value came back.
        answer: the value.
        outcome: the exception or problem instead of a value, in one line.
        raised: where the submission raised the exception.
        definition: the function, class or method to edit, as the module defines it.
        is_attribute: True if an attribute was read and nothing called.
    """

    name: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    function: str = ""
    asked: str = ""
    context: str = ""
    answered: bool = False
    answer: Any = None
    outcome: str = ""
    raised: Location | None = None
    definition: str = ""
    is_attribute: bool = False

    @property
    def drawn(self) -> NDArray[Any] | None:
        """The answer, if it consists of random numbers."""
        random = any(isinstance(item, np.random.Generator) for item in (*self.args, *self.kwargs.values()))
        return self.answer if random and isinstance(self.answer, np.ndarray) else None


@dataclass
class Transcript:
    """The calls of the current example, and the functions called in the whole test.

    Attributes:
        calls: the calls, in order.
        expected: the right answer as text, after a comparison has failed.
        difference: the first difference from the right answer.
        folders: the folders made for this example. Their names differ from process to process.
        called: the functions and methods called in this test, in any example, as the suite asks for them.
        returned: those of them that returned a value in this test.
    """

    calls: list[Call] = field(default_factory=list)
    expected: str = ""
    difference: Difference | None = None
    folders: list[str] = field(default_factory=list)
    called: set[str] = field(default_factory=set)
    returned: set[str] = field(default_factory=set)

    def begin_test(self) -> None:
        """Clear everything for a new test."""
        self.begin_example()
        self.called.clear()
        self.returned.clear()

    def begin_example(self) -> None:
        """Clear the calls for a new example."""
        self.calls.clear()
        self.folders.clear()
        self.expected, self.difference = "", None

    def example(self) -> Transcript:
        """Return a copy of the current example."""
        made = copy.copy(self)
        made.calls, made.folders = list(self.calls), list(self.folders)
        return made

    def restore(self, example: Transcript) -> None:
        """Make an earlier example the current one."""
        self.calls[:], self.folders[:] = example.calls, example.folders
        self.expected, self.difference = example.expected, example.difference

    def text(self, text: str) -> str:
        """Replace folder names by `folder`, so that the text is the same in every run."""
        for number, folder in enumerate(self.folders, 1):
            text = text.replace(folder, f"folder_{number}" if number > 1 else "folder")
        return text

    def shown(self, most_earlier: int) -> tuple[ShownCall, ...]:
        """Return the last call for a failure, after at most `most_earlier` earlier calls without data."""
        calls = self.calls[-1 - most_earlier :]
        return tuple(self._shown(call, is_last=call is calls[-1]) for call in calls)

    def _shown(self, call: Call, is_last: bool) -> ShownCall:
        values, left = [], _LONGEST_ARGUMENTS
        for value in (*call.args, *call.kwargs.values()):
            longest = min(_LONGEST_ARRAY, left) if isinstance(value, np.ndarray) else _LONGEST_ARGUMENT
            values.append(self._value(value, is_last, describe(value, longest)))
            left -= len(values[-1].text)
        return ShownCall(
            name=call.name,
            function=call.function,
            arguments=tuple(values[: len(call.args)]),
            keywords=dict(zip(call.kwargs, values[len(call.args) :], strict=True)),
            context=call.context,
            answer=self._value(call.answer, True, describe(call.answer))
            if call.answered and is_last
            else None,
            outcome=self.text(describe(call.answer) if call.answered else call.outcome),
            is_attribute=call.is_attribute,
        )

    def _value(self, value: Any, with_data: bool, text: str) -> Value:
        shape = value.shape if isinstance(value, np.ndarray) else None
        return Value(self.text(text), self._data(value) if with_data else None, shape)

    def _data(self, value: Any) -> Any:
        """Return a value as numbers, strings and lists of these; None if it is large or an object."""
        return _converted(value, self.text) if _count(value) <= _MOST_NUMBERS else None


def _count(value: Any) -> int:
    """Return the number of items in a value; an empty list counts as one."""
    if isinstance(value, (list, tuple)):
        return sum(max(_count(item), 1) for item in value)
    return value.size if isinstance(value, np.ndarray) else 1


def _converted(value: Any, text: Callable[[str], str]) -> Any:
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, np.ndarray):
        return _converted(value.tolist(), text) if value.dtype.kind in "biuf" else None
    if isinstance(value, (list, tuple)):
        items = [_converted(item, text) for item in value]
        return None if any(item is None for item in items) else items
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)  # JSON has no such numbers
    if type(value) is str:
        return text(value) if len(value) <= _LONGEST_TEXT else None
    if type(value) is int:
        return value if abs(value) <= _LARGEST_INT else None
    return value if type(value) in (bool, float) else None
