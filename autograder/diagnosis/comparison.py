"""Compare two sets of answers: by value, by type, or by repeated random numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.diagnosis.examples import Step
from autograder.protocol import plain
from autograder.protocol.calls import ListFiles
from autograder.suite.expected import close

# Random numbers are compared by their distribution. If two samples of n numbers have the same distribution, their
# Kolmogorov-Smirnov distance exceeds this / sqrt(n / 2) once in 1,500 times.
_SMIRNOV = 2.0
# Fewer random numbers than this may repeat, or not, by chance.
_FEWEST_NUMBERS = 8
# What stands for an object in an answer: nobody sees what is in it.
OBJECT = "an object"
# The fields of a reply besides its answer.
_APART = {"text", "where", "bases"}

Replies = list[dict[str, Any] | None]
# Returns True if the answers in a submission's steps agree with those of other code.
Comparison = Callable[[list[Step], Replies], bool]


def same_values(steps: list[Step], replies: Replies) -> bool:
    """Return True if answers are the same up to rounding, or random with the same distribution."""
    return all(_same_reply(step, reply) for step, reply in zip(steps, replies, strict=True))


def same_types(steps: list[Step], replies: Replies) -> bool:
    """Return True if dtypes, collection types and texts are the same too."""
    return same_values(steps, replies) and all(
        (step.reply or {}).get("text") == (reply or {}).get("text")
        and _kinds((step.reply or {}).get("value")) == _kinds((reply or {}).get("value"))
        for step, reply in zip(steps, replies, strict=True)
    )


def same_repeats(steps: list[Step], replies: Replies) -> bool:
    """Return True if random answers repeat in the same steps: for the same generator, or always."""
    random = [
        at for at, step in enumerate(steps) if step.random and count_numbers(step.reply) >= _FEWEST_NUMBERS
    ]
    theirs = [plain.pack(_value(steps[at].reply)) for at in random]
    own = [plain.pack(_value(replies[at])) for at in random]
    return (
        same_values(steps, replies)
        and list(map(theirs.index, theirs)) == list(map(own.index, own))
        and _draws_twice([step.reply for step in steps]) == _draws_twice(replies)
    )


def same_numbers(steps: list[Step], replies: Replies) -> bool:
    """Return True if random answers are the same numbers: drawn in the same way from the same state."""
    return same_values([replace(step, random=False) for step in steps], replies)


def same_digits(steps: list[Step], replies: Replies) -> bool:
    """Return True if answers are the same in their leading digits, however small they are."""
    return all(
        _same_reply(step, reply, rtol=1e-5, atol=0.0) for step, reply in zip(steps, replies, strict=True)
    )


def _same_reply(step: Step, own: dict[str, Any] | None, **tolerance: float) -> bool:
    theirs = step.reply
    if theirs is None or own is None:
        return theirs is own
    if theirs.keys() - _APART != own.keys() - _APART:
        return False
    if theirs.get("raised") != own.get("raised") or theirs.get("changed") != own.get("changed"):
        return False
    one, other = _value(theirs), _value(own)
    if step.message["do"] == ListFiles.__name__:
        # Learners choose the file names, and the library decides the file sizes.
        return isinstance(one, dict) and isinstance(other, dict) and len(one) == len(other)
    return close(other, **tolerance, equal_nan=True) == one or (
        step.random and _same_distribution(one, other)
    )


def _value(reply: dict[str, Any] | None) -> Any:
    return bare((reply or {}).get("value"))


def bare(value: Any) -> Any:
    """Convert an answer: replace objects by a text, tuples by lists and tensors by arrays."""
    if type(value) in (list, tuple):
        return [bare(item) for item in value]
    if type(value) is dict:
        return {key: bare(item) for key, item in value.items()}
    if isinstance(value, plain.Handle):
        return OBJECT
    return value.array if isinstance(value, plain.Tensor) else value


def _kinds(value: Any) -> Any:
    """Return the types in a value, without its numbers."""
    if type(value) in (list, tuple):
        return [type(value).__name__, *(_kinds(item) for item in value)]
    if type(value) is dict:
        return plain.mapped(value, _kinds)
    array = value.array if isinstance(value, plain.Tensor) else value
    return (type(value).__name__, *((array.dtype.str, array.shape) if isinstance(array, np.ndarray) else ()))


def _draws_twice(replies: Replies) -> bool | None:
    """Return True if an integer occurs twice in all answers together; None if that may be chance."""
    numbers = [
        leaf.ravel()
        for leaf in plain.leaves(replies)
        if isinstance(leaf, np.ndarray) and leaf.dtype.kind in "iu"
    ]
    drawn = np.concatenate(numbers) if numbers else np.zeros(0)
    return None if drawn.size < _FEWEST_NUMBERS else np.unique(drawn).size < drawn.size


def count_numbers(value: Any) -> int:
    """Return how many numbers an answer has; anything else in it counts as one."""
    return sum(leaf.size if isinstance(leaf, np.ndarray) else 1 for leaf in plain.leaves(value))


def _same_distribution(one: Any, other: Any) -> bool:
    """Return True if random numbers have the same shapes and may have the same distribution."""
    if type(one) is not type(other):
        return False
    if isinstance(one, list):
        return len(one) == len(other) and all(map(_same_distribution, one, other))
    if type(one) in (int, float):
        return True
    if not (_has_a_distribution(one) and _has_a_distribution(other)):
        return bool(close(other, equal_nan=True) == one)
    if one.shape != other.shape or not one.size:
        return bool(one.shape == other.shape)
    # Rounded, because rounding errors would make one bound count as two.
    scale = float(max(np.abs(one).max(), np.abs(other).max())) or 1.0
    samples = [np.sort(np.round(array.astype(float) / scale, 5), axis=None) for array in (one, other)]
    both = np.concatenate(samples)
    shares = [np.searchsorted(sample, both, side="right") / sample.size for sample in samples]
    return bool(np.abs(shares[0] - shares[1]).max() < _SMIRNOV / np.sqrt(one.size / 2))


def _has_a_distribution(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind in "iuf" and bool(np.isfinite(value).all())
