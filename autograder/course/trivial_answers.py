"""Answers that compute nothing: constants, arguments that are handed back, guesses. No suite may give points for them.

`trivial` writes a module in which every function answers so; this file is handed in beside it. A function here gets the
arguments of each call, a method's object first.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import numpy as np

_seen: list[tuple[Any, ...]] = []
# Seeded, so that every run of `autograder verify` finds the same.
_chance = random.Random(1)


def none(*given: Any) -> None:
    """Return None."""


def zero(*given: Any) -> int:
    """Return 0."""
    return 0


def one(*given: Any) -> int:
    """Return 1."""
    return 1


def true(*given: Any) -> bool:
    """Return True."""
    return True


def nothing(*given: Any) -> tuple[()]:
    """Return ()."""
    return ()


def two_zeros(*given: Any) -> tuple[int, int]:
    """Return (0, 0)."""
    return 0, 0


def true_and_false(*given: Any) -> tuple[bool, bool]:
    """Return (True, False)."""
    return True, False


def nan(*given: Any) -> float:
    """Return NaN."""
    return float("nan")


def small_array(*given: Any) -> Any:
    """Return zeros of the shape (1, 1)."""
    return np.zeros((1, 1))


def zeros(*given: Any) -> Any:
    """Return zeros of the shape that was asked for, or of the first array's."""
    return np.zeros(_shape(given), np.float32)


def ones(*given: Any) -> Any:
    """Return ones, like `zeros`."""
    return np.ones(_shape(given), np.float32)


def all_nan(*given: Any) -> Any:
    """Return NaN everywhere, like `zeros`."""
    return np.full(_shape(given), np.nan, np.float32)


def two_arrays(*given: Any) -> Any:
    """Return two arrays of zeros."""
    return zeros(*given), zeros(*given)


def two_arrays_of_nan(*given: Any) -> Any:
    """Return two arrays of NaN."""
    return all_nan(*given), all_nan(*given)


def first_argument(*given: Any) -> Any:
    """Return the first argument, for a method the object."""
    return given[0] if given else None


def first_argument_twice(*given: Any) -> Any:
    """Return the first argument twice."""
    return first_argument(*given), first_argument(*given)


def all_arguments(*given: Any) -> Any:
    """Return all arguments."""
    return given


def remembered(*given: Any) -> Any:
    """Return the first argument of the first call."""
    _seen.append(given)
    return first_argument(*_seen[0])


def former(*given: Any) -> Any:
    """Return the first argument of the call before."""
    _seen.append(given)
    return first_argument(*_seen[-2]) if len(_seen) > 1 else None


def guessed_number(*given: Any) -> int:
    """Return a small whole number by chance."""
    return _chance.randrange(4)


def guessed_pair(*given: Any) -> tuple[int, int]:
    """Return two small whole numbers by chance."""
    return _chance.randrange(4), _chance.randrange(4)


def guessed_truths(*given: Any) -> tuple[bool, bool]:
    """Return True or False by chance, twice."""
    return _chance.random() < 0.5, _chance.random() < 0.5


def guessed_array(*given: Any) -> Any:
    """Return random numbers, in a shape like that of `zeros`."""
    seed = _chance.randrange(2**32)
    generators = [value for value in given if isinstance(value, np.random.Generator)]
    drawn = (generators or [np.random.default_rng(seed)])[0].normal(0, 0.05, _shape(given))
    return drawn.astype(np.float32)


def _shape(given: tuple[Any, ...]) -> tuple[int, ...]:
    """Return a shape among the arguments, or that of the first array."""
    for value in given:
        if type(value) is tuple and value and all(type(size) is int and size >= 0 for size in value):
            return value
    return next((tuple(array.shape) for array in _arrays(given)), ())


def _arrays(value: Any) -> Iterator[Any]:
    """Yield the arrays and tensors in a value."""
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _arrays(item)
    elif isinstance(value, dict):
        yield from _arrays(list(value.values()))
    elif hasattr(value, "shape") and None not in tuple(value.shape):
        yield value
