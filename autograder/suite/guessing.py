"""Count how hard the right answers of a test are to guess, for `autograder verify`.

The guesser knows the form of every answer, and all right answers of the test, but not their order. For each number it
draws one of the other right answers, or any number in their range, whichever is right more often. A question that is
asked twice is guessed once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.protocol import plain
from autograder.suite.expected import Expected, Tolerance, describe
from autograder.suite.transcript import Call, Transcript

# Numbers that agree in so many digits are the same.
_DIGITS = 4
# A fraction that must be right exactly is one of so many in the range.
_EXACT = 2**-20


class Guesses:
    """The right answers of one test.

    Args:
        transcript: the calls, from which the question to each answer is known.
    """

    def __init__(self, transcript: Transcript):
        self._transcript = transcript
        self._asked: set[bytes] = set()
        # By position in the answer.
        self._numbers: dict[str, list[NDArray[Any]]] = defaultdict(list)
        self._others: dict[str, Counter[str]] = defaultdict(Counter)

    def begin_test(self) -> None:
        """Forget the last test."""
        for kept in (self._asked, self._numbers, self._others):
            kept.clear()

    def add(self, expected: Expected) -> None:
        """Add an expected value that an answer was equal to."""
        question = b"".join(_packed(call) for call in self._transcript.calls) + _bytes(expected.value)
        if question not in self._asked:
            self._asked.add(question)
            self._add(expected.value, expected.tolerance, "")

    def _add(self, value: Any, tolerance: Tolerance, position: str) -> None:
        if isinstance(value, (tuple, list, dict)):
            for key, item in value.items() if isinstance(value, dict) else enumerate(value):
                # A list may have any length, so its items are all alike.
                self._add(item, tolerance, f"{position}.{'' if isinstance(value, list) else key}")
        elif isinstance(value, (int, float, np.number, np.bool_, np.ndarray)):
            numbers = np.nan_to_num(np.ravel(value).astype(float))
            allowed = tolerance.atol + tolerance.rtol * np.abs(numbers)
            self._numbers[position].append(np.stack([numbers, allowed]))
        else:
            self._others[position][describe(value)] += 1

    def bits(self) -> float:
        """Return the logarithm, to the base of 2, of how many such guessers there are for one that passes."""
        chances = [*map(_chances, self._numbers.values()), *map(_chances_of_others, self._others.values())]
        return -sum(float(np.log2(chance).sum()) for chance in chances)


def _chances(answers: list[NDArray[Any]]) -> NDArray[Any]:
    """Return the chance to guess each of the numbers in one position.

    Args:
        answers: the numbers of each answer, and how far each may be off.
    """
    numbers, allowed = np.concatenate(answers, axis=1)
    if not numbers.size:
        return np.ones(0)
    extent = max(numbers.max(), 0) - min(numbers.min(), 0)
    whole = (numbers == np.round(numbers)).all()
    step = np.where(allowed > 0, 2 * allowed, 1.0 if whole else extent * _EXACT)
    by_range = np.minimum(step / (extent + step), 1.0)
    rounded = np.array([float(f"{number:.{_DIGITS - 1}e}") for number in numbers])
    _, index, counts = np.unique(rounded, return_inverse=True, return_counts=True)
    by_others = (counts[index] - 1) / max(numbers.size - 1, 1)
    chances: NDArray[Any] = np.maximum(by_range, by_others)
    return chances


def _chances_of_others(found: Counter[str]) -> NDArray[Any]:
    """Return the chance to guess each of the texts in one position."""
    others = max(found.total() - 1, 1)
    return np.array([max((count - 1) / others, 0.5) for count in found.values() for _ in range(count)])


def _packed(call: Call) -> bytes:
    """Return the question of a call as bytes."""
    return call.asked.encode() + b"".join(_bytes(value) for value in (*call.args, *call.kwargs.values()))


def _bytes(value: Any) -> bytes:
    try:
        return plain.pack(value)
    except plain.NotPlain:
        return describe(value).encode()
