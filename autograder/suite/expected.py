"""Compare an answer with the expected value, and describe the first difference in one line.

`same` is exact, `close` allows rounding errors. Both accept any form of the right answer: tuple or list, Python or
NumPy numbers, float32 or float64. Suites write `assert padding.same_padding(5, 3, 2) == same((1, 1))`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from autograder.protocol.plain import is_tensor

_NUMBERS = (bool, int, float, complex)
_LONGEST_TEXT = 160


class WrongAnswer(AssertionError):
    """A wrong answer; the text describes the error in one line."""


@dataclass(frozen=True)
class Difference:
    """The first difference between an answer and the expected value.

    Attributes:
        text: a description in one line.
        index: the index of the wrong element, if the answer is an array.
    """

    text: str
    index: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Tolerance:
    """How far a number may be from the expected one, and whether NaN equals NaN."""

    rtol: float = 0.0
    atol: float = 0.0
    equal_nan: bool = False

    @property
    def exact(self) -> bool:
        """Whether only equal numbers agree."""
        return self.rtol == self.atol == 0

    def agree(self, actual: Any, expected: Any) -> Any:
        """Return where numbers agree, an array of bool."""
        return np.isclose(actual, expected, rtol=self.rtol, atol=self.atol, equal_nan=self.equal_nan)


class Expected:
    """An expected value; equal to an answer if `difference` finds no difference.

    Because of `__array_ufunc__`, NumPy calls `__eq__` of this class, so `array == close(...)` is one bool and not an
    array.
    """

    __array_ufunc__ = None
    __hash__ = None  # type: ignore[assignment]
    # Called with each expected value that an answer was equal to.
    on_equal: ClassVar[Callable[[Expected], None] | None] = None

    def __init__(self, value: Any, tolerance: Tolerance):
        self.value = value
        self.tolerance = tolerance

    def __eq__(self, actual: object) -> bool:
        equal = self.difference(actual) is None
        if equal and Expected.on_equal:
            Expected.on_equal(self)
        return equal

    def __repr__(self) -> str:
        return describe(self.value)

    def difference(self, actual: object) -> Difference | None:
        """Return the first difference, None if there is none."""
        found = _difference(actual, self.value, self.tolerance, "")
        return Difference(found) if isinstance(found, str) else found


def same(value: Any, equal_nan: bool = False) -> Expected:
    """Expect exactly `value`: equal numbers and equal shapes, without tolerance.

    Args:
        value: the right answer.
        equal_nan: NaN is the right answer where `value` is NaN. Otherwise it never is: an oracle that computes with
            a submission's own numbers makes NaN of NaN.
    """
    return Expected(value, Tolerance(equal_nan=equal_nan))


def close(value: Any, rtol: float = 1e-4, atol: float = 1e-5, equal_nan: bool = False) -> Expected:
    """Expect `value` within `atol + rtol * |value|`; the defaults suit float32 arithmetic.

    NaN is a right answer only with `equal_nan`, as for `same`.
    """
    return Expected(value, Tolerance(rtol, atol, equal_nan))


@contextmanager
def bad_input(argument: str = "", *values: object, error: type[Exception] = ValueError) -> Iterator[None]:
    """Expect an error with a message that contains the argument's name and its value.

    Args:
        argument: the name; empty where any message will do.
        values: what else the message must contain.
        error: its class.

    >>> with bad_input("stride", 0):
    ...     raise ValueError("stride must be at least 1, not 0")
    >>> with bad_input(error=FileNotFoundError):
    ...     open("/no/such/file")
    """
    wanted = f"expected a {error.__name__}"
    if argument:
        wanted += f" with {' and '.join([f'`{argument}`', *(describe(value, 60) for value in values)])} in its message"
    try:
        yield
    except error as raised:
        text = str(raised)
        if argument not in text or any(
            str(value) not in text and repr(value) not in text for value in values
        ):
            raise WrongAnswer(f"{wanted}; the message is {text[:80]!r}") from None
    except Exception as raised:
        raise WrongAnswer(f"{wanted}, not {type(raised).__name__}") from None
    else:
        raise WrongAnswer(f"{wanted}; no error was raised")


def expect_array(answer: Any, shape: tuple[int, ...]) -> NDArray[Any]:
    """Return `answer` as an array after checking its shape, and that its numbers are finite.

    Call it before you compute with the answer: whatever is computed with NaN is NaN.
    """
    if answer is None:
        raise WrongAnswer("it returned None: is a `return` missing?")
    array = _as_array(answer, shape, "")
    if isinstance(array, str):
        raise WrongAnswer(array)
    if array.dtype.kind in "fc" and not np.isfinite(array).all():
        first = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        raise WrongAnswer(f"not every number is finite: {_describe(array[first].item())} at {list(first)}")
    return array


def expect_values(answer: Any, count: int) -> tuple[Any, ...]:
    """Return `answer` as a tuple after checking that it has `count` values."""
    if answer is None:
        raise WrongAnswer("it returned None: is a `return` missing?")
    if isinstance(answer, np.ndarray) and answer.ndim > 1:
        raise WrongAnswer(f"one array of shape {answer.shape} came back, expected {count} values")
    values = _as_sequence(answer, count, "")
    if isinstance(values, str):
        raise WrongAnswer(values)
    return tuple(values)


def describe(value: Any, longest: int = _LONGEST_TEXT) -> str:
    """Return `value` in at most `longest` characters: an array that does not fit as dtype and shape."""
    text = ""
    # An answer may have a hundred thousand items: only what is shown is made.
    for piece in _pieces(value):
        text += piece
        if len(text) > longest:
            # The shape says more than some of the numbers.
            return _kind_of(value) if isinstance(value, np.ndarray) else f"{text[: longest - 1]}…"
    return text


def _kind_of(array: NDArray[Any]) -> str:
    return f"{array.dtype} array of shape {array.shape}"


def _pieces(value: Any, is_item: bool = False) -> Iterator[str]:
    """Yield `value` as text, piece by piece."""
    if isinstance(value, (tuple, list)):
        opening, closing = "()" if isinstance(value, tuple) else "[]"
        for index, item in enumerate(value):
            yield ", " if index else opening
            yield from _pieces(item, True)
        yield (
            f",{closing}"
            if opening == "(" and len(value) == 1
            else closing
            if value
            else f"{opening}{closing}"
        )
    elif isinstance(value, dict):
        for index, (key, item) in enumerate(value.items()):
            yield ", " if index else "{"
            yield f"{describe(key)}: "
            yield from _pieces(item, True)
        yield "}" if value else "{}"
    elif isinstance(value, np.ndarray) and value.ndim:
        numbers = _numbers(value)
        if not numbers:
            yield _kind_of(value)
        else:
            yield f"array({numbers})" if is_item else f"{numbers} ({_kind_of(value)})"
    else:
        yield _describe(value)


def _describe(value: Any) -> str:
    """Return a value that is no collection as text."""
    if is_tensor(value):
        return f"{value.dtype.name} tensor of shape {tuple(value.shape)}"
    if isinstance(value, (str, bytes)):
        return repr(value[: _LONGEST_TEXT + 1])
    if isinstance(value, float):
        return format(value, ".8g") if abs(value) < 1e16 and value != int(value or 0) else repr(value)
    if isinstance(value, (np.generic, np.ndarray)):
        return _describe(value.item())
    if isinstance(value, np.random.Generator):
        # Shown with its seed, because its repr contains a memory address.
        seed = value.bit_generator.seed_seq.entropy  # type: ignore[attr-defined, unused-ignore]
        return f"default_rng({seed})"
    return repr(value)


def _numbers(array: NDArray[Any]) -> str:
    """Return an array's numbers in one line; an empty text if there are none or too many."""
    # Each takes at least one character, a comma and a space.
    if not 0 < 3 * array.size <= _LONGEST_TEXT:
        return ""
    numbers = np.array2string(array, separator=", ", precision=6, threshold=_LONGEST_TEXT)
    # Without the spaces that align the numbers of different rows.
    return " ".join(numbers.split()).replace("[ ", "[").replace(" ]", "]").replace(" ,", ",")


def _difference(actual: Any, expected: Any, tolerance: Tolerance, path: str) -> Difference | str | None:
    at = f" at {path}" if path else ""
    if actual is None and expected is not None:
        return f"it returned None{at}: is a `return` missing?"
    if isinstance(expected, np.generic):
        expected = expected.item()
    if isinstance(actual, np.generic) or (isinstance(actual, np.ndarray) and actual.ndim == 0):
        actual = actual.item()
    if isinstance(expected, np.ndarray):
        return _array_difference(actual, expected, tolerance, at)
    if isinstance(expected, (list, tuple)):
        return _sequence_difference(actual, expected, tolerance, path)
    if isinstance(expected, dict):
        return _dict_difference(actual, expected, tolerance, path)
    if isinstance(expected, _NUMBERS):
        if not isinstance(actual, _NUMBERS):
            return f"expected a number{at}, not {_kind(actual)}"
        # bool is a number in Python, but True instead of 1 is a mistake that we report.
        if isinstance(expected, bool) != isinstance(actual, bool):
            wanted = "True or False" if isinstance(expected, bool) else "a number"
            return f"expected {wanted}{at}, not {actual!r}"
        if _numbers_agree(actual, expected, tolerance):
            return None
        return f"{_describe(actual)}{at}, expected {_wanted(expected)}"
    if type(actual) is type(expected) and actual == expected:
        return None
    return f"{describe(actual, 60)}{at}, expected {describe(expected, 60)}"


def _wanted(expected: Any) -> str:
    """Return an expected number as text; NaN means that the oracle was given NaN."""
    return "a number" if expected != expected else _describe(expected)


def _numbers_agree(actual: Any, expected: Any, tolerance: Tolerance) -> bool:
    if isinstance(actual, int) and isinstance(expected, int) and tolerance.exact:
        return actual == expected
    try:
        return bool(tolerance.agree(actual, expected))
    except (OverflowError, TypeError):
        return bool(actual == expected)


def _as_array(actual: Any, shape: tuple[int, ...], at: str) -> NDArray[Any] | str:
    """Return `actual` as an array of that shape, or a line that says why it is not."""
    if isinstance(actual, (list, tuple)):
        try:
            actual = np.asarray(actual)
        except ValueError:
            return f"the lists{at} have different lengths: they do not form an array of shape {shape}"
    if isinstance(actual, (int, float)) and shape == ():
        actual = np.asarray(actual)
    if not isinstance(actual, np.ndarray):
        return f"expected an array of shape {shape}{at}, not {_kind(actual)}"
    if actual.dtype.kind not in "biufc":
        return f"expected an array of numbers{at}, not of {actual.dtype}"
    if actual.shape != shape:
        return f"the shape{at} is {actual.shape}, expected {shape}"
    return actual


def _array_difference(
    actual: Any, expected: NDArray[Any], tolerance: Tolerance, at: str
) -> Difference | str | None:
    array = _as_array(actual, expected.shape, at)
    if isinstance(array, str):
        return array
    with np.errstate(invalid="ignore", over="ignore"):
        agrees = tolerance.agree(array, expected)
    if agrees.all():
        return None
    wrong = np.argwhere(~agrees)
    first = tuple(int(i) for i in wrong[0])
    index = "[" + ", ".join(str(i) for i in first) + "]"
    count = f"{len(wrong)} of {expected.size} elements differ{at}"
    return Difference(
        f"{count}, the first at {index}: {_describe(array[first].item())}, "
        f"expected {_wanted(expected[first].item())}",
        first,
    )


def _as_sequence(actual: Any, count: int, at: str) -> list[Any] | tuple[Any, ...] | str:
    """Return `actual` as that many values, or a line that says why it is not."""
    if isinstance(actual, np.ndarray) and actual.ndim:
        actual = list(actual) if actual.ndim > 1 else actual.tolist()
    if not isinstance(actual, (list, tuple)):
        return f"expected {count} values{at}, not {_kind(actual)}"
    if len(actual) != count:
        return f"{len(actual)} values{at}, expected {count}"
    return actual


def _sequence_difference(
    actual: Any, expected: list[Any] | tuple[Any, ...], tolerance: Tolerance, path: str
) -> Difference | str | None:
    at = f" at {path}" if path else ""
    if isinstance(actual, np.ndarray) and any(isinstance(item, np.ndarray) for item in expected):
        return f"one array of shape {actual.shape} came back{at}, expected {len(expected)} values"
    values = _as_sequence(actual, len(expected), at)
    if isinstance(values, str):
        return values
    for index, (one, other) in enumerate(zip(values, expected, strict=True)):
        difference = _difference(one, other, tolerance, f"{path}[{index}]")
        if difference:
            return difference
    return None


def _dict_difference(
    actual: Any, expected: dict[Any, Any], tolerance: Tolerance, path: str
) -> Difference | str | None:
    at = f" at {path}" if path else ""
    if not isinstance(actual, dict):
        return f"expected a dict{at}, not {_kind(actual)}"
    missing = [key for key in expected if key not in actual]
    extra = [key for key in actual if key not in expected]
    if missing or extra:
        words = [f"lacks the key {missing[0]!r}"] if missing else []
        words += [f"has the extra key {describe(extra[0], 60)}"] if extra else []
        return f"the dict{at} {' and '.join(words)}"
    for key, value in expected.items():
        difference = _difference(actual[key], value, tolerance, f"{path}[{key!r}]")
        if difference:
            return difference
    return None


def _kind(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if isinstance(value, (list, tuple)):
        return f"a {type(value).__name__} of {len(value)}"
    return f"{describe(value, 60)} ({type(value).__name__})"
