"""Relations: what a wrong answer is to the right one, or to the right answer to another question.

"Half of the right answer", "the right answer with its rows mirrored", "the right answer for the same question with
`kernel_size` and `strides` exchanged". Each is a phrase and a function; `patterns` looks for one that holds in every
case.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.diagnosis.cases import Case, Raised, agree, array_of
from autograder.protocol import plain
from autograder.protocol.text import ORDINALS, listed

# Factors that people know by name.
_NAMED_FACTORS = {
    2.0: "twice",
    3.0: "three times",
    4.0: "four times",
    100.0: "100 times",
    0.5: "half of",
    1 / 3: "a third of",
    0.25: "a quarter of",
    0.01: "a hundredth of",
    math.sqrt(2): "the square root of 2 times",
    math.sqrt(3): "the square root of 3 times",
    1 / math.sqrt(3): "1 over the square root of 3 times",
    1 / math.sqrt(2): "1 over the square root of 2 times",
    math.log(2): "ln 2 times",
    1 / math.log(2): "1 / ln 2 times",
    math.log(10): "ln 10 times",
    1 / math.log(10): "1 / ln 10 times",
    math.pi: "pi times",
}
# Powers of a length or an argument by which an answer may be too large.
_POWERS = {
    1.0: "{} times the right one",
    -1.0: "the right one divided by {}",
    0.5: "the right one times the square root of {}",
    -0.5: "the right one divided by the square root of {}",
    2.0: "the right one times the square of {}",
    -2.0: "the right one divided by the square of {}",
}
# Such an answer may happen to be right.
OWN_FACTORS = (
    "the right one times a number that differs from question to question",
    "the right one with each row multiplied by a different number",
)
_ZERO = "always zero"
_CLOSE = 1e-3
# Numbers this much smaller than the largest say nothing about a factor.
_TINY = 1e-5
_MOST_AXES = 4
# A bound shows in as many right answers that lie beyond it.
_FEWEST_BEYOND = 5


@dataclass(frozen=True)
class Relation:
    """What an answer is to the right one.

    Attributes:
        phrase: completes "your answer is ...".
        holds: True if the submission's answer in a case is that.
    """

    phrase: str
    holds: Callable[[Case], bool]


def numbers(value: Any) -> NDArray[np.float64] | None:
    """Return all numbers of an answer in one row; None if it holds anything else."""
    if isinstance(value, list):
        parts = [numbers(item) for item in value]
        return None if any(part is None for part in parts) else np.concatenate([*parts, np.zeros(0)])
    if isinstance(value, (np.ndarray, np.generic)) and value.dtype.kind in "iuf":
        return np.asarray(value, np.float64).ravel()
    return np.array([value], np.float64) if type(value) in (int, float) and abs(value) < 1e300 else None


def form(value: Any) -> Any:
    """Return the shape of an answer: a tuple for an array, a list for a list, () for a number."""
    return [form(item) for item in value] if isinstance(value, list) else np.shape(value)


def _on_arrays(change: Callable[[NDArray[Any]], Any]) -> Callable[[Any], Any]:
    def changed(value: Any) -> Any:
        if isinstance(value, list):
            return [changed(item) for item in value]
        return change(np.asarray(value))

    return changed


def _of_lists(change: Callable[[list[Any]], Any]) -> Callable[[Any], Any]:
    def changed(value: Any) -> Any:
        if isinstance(value, np.ndarray) and value.ndim:
            return change(list(value))
        if not isinstance(value, list):
            raise ValueError("no list")
        return change(value)

    return changed


def _pairs(value: Any) -> Any:
    if not isinstance(value, list) or not all(isinstance(item, list) for item in value):
        raise ValueError("no list of lists")
    return [item[::-1] for item in value]


def _turned(order: tuple[int, ...]) -> Callable[[NDArray[Any]], Any]:
    def change(array: NDArray[Any]) -> Any:
        if array.ndim != len(order):
            raise ValueError("other axes")
        return array.transpose(order)

    return change


def _column_first(array: NDArray[Any]) -> Any:
    if array.ndim < 2:
        raise ValueError("one axis")
    return array.ravel(order="F").reshape(array.shape)


# Each completes "your answer is ...".
_CHANGES: dict[str, Callable[[Any], Any]] = {
    "the right one with the opposite sign": _on_arrays(lambda array: -array),
    "the right one without its sign": _on_arrays(np.abs),
    "the right one with its parts in reverse order": _of_lists(lambda items: items[::-1]),
    "the right one with each pair in reverse order": _pairs,
    "the right one rounded down": _on_arrays(np.floor),
    "the right one rounded up": _on_arrays(np.ceil),
    "the right one rounded to whole numbers": _on_arrays(np.round),
    "the right one cut off to whole numbers": _on_arrays(np.trunc),
    "the right one squared": _on_arrays(np.square),
    "the square root of the right one": _on_arrays(np.sqrt),
    "1 minus the right one": _on_arrays(lambda array: 1 - array),
    "1 over the right one": _on_arrays(lambda array: 1 / array),
    "the right one in sorted order": _on_arrays(lambda array: np.sort(array, axis=-1)),
    "the right one without its last part": _of_lists(lambda items: items[:-1]),
    "the right one without its first part": _of_lists(lambda items: items[1:]),
    "only the first part of the right one": _of_lists(lambda items: items[0]),
    "only the last part of the right one": _of_lists(lambda items: items[-1]),
    "the right one without its axes of length 1": _on_arrays(np.squeeze),
    "all numbers of the right one in one row": _on_arrays(np.ravel),
    "the right numbers counted column by column, not row by row": _on_arrays(_column_first),
    "the sum of the right one": lambda value: np.sum(value),
    "the mean of the right one": lambda value: np.mean(value),
}


def _mirrored(axis: int, array: NDArray[Any]) -> Any:
    return np.flip(array, axis)


def _moved(axis: int, by: int, array: NDArray[Any]) -> Any:
    return np.roll(array, by, axis)


def _twice(axis: int, array: NDArray[Any]) -> Any:
    return np.concatenate([array, array], axis)


def answer_relations(answer_axes: Sequence[str]) -> Iterator[Relation]:
    """Yield the relations of an answer to the right one.

    Args:
        answer_axes: the names of the axes of the array that the function returns; may be empty.
    """
    for phrase, change in _CHANGES.items():
        yield Relation(phrase, partial(_is_changed, change))
    for axis in range(_MOST_AXES):
        name = f"`{answer_axes[axis]}`" if axis < len(answer_axes) else f"axis {axis}"
        mirrored = _on_arrays(partial(_mirrored, axis))
        yield Relation(f"the right one mirrored along {name}", partial(_is_changed, mirrored))
        twice = _on_arrays(partial(_twice, axis))
        yield Relation(f"the right one twice along {name}", partial(_is_changed, twice))
        for by, where in ((1, "later"), (-1, "earlier")):
            moved = _on_arrays(partial(_moved, axis, by))
            yield Relation(f"the right one moved one {where} along {name}", partial(_is_changed, moved))
    for order in _orders(_MOST_AXES):
        turned = _on_arrays(_turned(order))
        yield Relation(f"the right one with its axes in another order, {order}", partial(_is_changed, turned))
    yield Relation("the beginning of the right one: it ends too early", _is_cut_short)
    why = "look for 0 / 0, an overflow, a root or logarithm of a negative number"
    yield Relation(f"NaN, not a number: {why}", _is_nan)
    yield Relation(f"right but for numbers that are NaN, not a number: {why}", _has_nan)
    yield Relation("the right one with less precision", _is_coarse)
    yield Relation("the right numbers in another order", _is_shuffled)
    yield Relation("the right numbers in another shape", _is_reshaped)


def _orders(most: int) -> Iterator[tuple[int, ...]]:
    for length in range(2, most + 1):
        for order in itertools.permutations(range(length)):
            if order != tuple(range(length)):
                yield order


def _is_changed(change: Callable[[Any], Any], case: Case) -> bool:
    try:
        with np.errstate(all="ignore"):
            return agree(case.given, change(case.right))
    except (ValueError, TypeError, IndexError):
        return False


def _is_cut_short(case: Case) -> bool:
    right, given = case.right, case.given
    if not isinstance(right, np.ndarray) or not isinstance(given, np.ndarray) or right.ndim != given.ndim:
        return False
    beginning = right[tuple(slice(length) for length in given.shape)]
    return beginning.shape == given.shape != right.shape and agree(given, beginning)


def _is_nan(case: Case) -> bool:
    pair = _alike_in_form(case)
    return pair is not None and bool(np.isnan(pair[1]).all()) and not np.isnan(pair[0]).any()


def _has_nan(case: Case) -> bool:
    pair = _alike_in_form(case)
    if pair is None or not np.isnan(pair[1]).any():
        return False
    kept = ~np.isnan(pair[1])
    return not np.isnan(pair[0]).any() and agree(pair[1][kept], pair[0][kept])


def _is_coarse(case: Case) -> bool:
    pair = _alike_in_form(case)
    if pair is None:
        return False
    right, given = pair
    scale = np.abs(right).max(initial=0.0)
    if not scale or not (np.abs(given - right) <= 4e-3 * scale).all():
        return False
    # What half precision gives has few digits; what a small systematic change gives has all.
    with np.errstate(all="ignore"):
        kept = np.float32(given)
        return bool((kept == np.float16(kept)).all() or ((kept.view(np.int32) & 0xFFFF) == 0).all())


def _is_shuffled(case: Case) -> bool:
    pair = _alike_in_form(case)
    return pair is not None and pair[0].size > 2 and agree(np.sort(pair[1]), np.sort(pair[0]))


def _is_reshaped(case: Case) -> bool:
    right, given = numbers(case.right), numbers(case.given)
    if right is None or given is None or right.size < 2 or form(case.right) == form(case.given):
        return False
    return right.shape == given.shape and agree(given, right)


def _alike_in_form(case: Case) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """Return the numbers of both answers, if they are numbers in the same form."""
    if isinstance(case.right, Raised) or isinstance(case.given, Raised):
        return None
    right, given = numbers(case.right), numbers(case.given)
    if right is None or given is None or right.shape != given.shape:
        return None
    return (right, given) if form(_plain_lists(case.right)) == form(_plain_lists(case.given)) else None


def _plain_lists(value: Any) -> Any:
    """Return an answer with lists of numbers as arrays: a tuple of two numbers may come back as an array."""
    if isinstance(value, list) and value and all(type(item) in (int, float) for item in value):
        return np.array(value)
    return [_plain_lists(item) for item in value] if isinstance(value, list) else value


def factor(cases: Sequence[Case], quantities: Callable[[Case], dict[str, float]]) -> str:
    """Return what all answers are, if each is the right one times a number, or plus one; else an empty text.

    Args:
        cases: the cases.
        quantities: returns the whole numbers in a question, by phrase: a length, an argument.
    """
    pairs = [_alike_in_form(case) for case in cases]
    if any(pair is None for pair in pairs):
        return ""
    # Any number of times zero is zero.
    told = [number for number, pair in enumerate(pairs) if pair and (pair[0].any() or pair[1].any())]
    pairs, cases = [pairs[number] for number in told], [cases[number] for number in told]
    if not cases:
        return ""
    known = [quantities(case) for case in cases]
    names = [name for name in known[0] if all(name in one for one in known)]
    factors = [_factor(*pair) for pair in pairs if pair]
    if all(value is not None for value in factors):
        found = np.array(factors, float)
        if np.allclose(found, found[0], rtol=_CLOSE):
            value = float(np.median(found))
            return "" if abs(value - 1) < _CLOSE else _times(value)
        for power, phrase in _POWERS.items():
            for name in names:
                values = np.array([one[name] for one in known], float)
                if (values > 0).all() and np.ptp(values) and np.allclose(found, values**power, rtol=_CLOSE):
                    return phrase.format(name)
        # A different number for each answer.
        if found.all() and all(pair[0].size > 3 for pair in pairs if pair):
            return OWN_FACTORS[0]
    return _sum(pairs, known, names) or _by_rows(cases)


def factor_of_change(cases: Sequence[Case], name: str, quantities: Callable[[Case], dict[str, float]]) -> str:
    """Return what all answers are, if each is an argument plus a multiple of the right change; else an empty text.

    Args:
        cases: all of them.
        name: of the argument.
        quantities: as for `factor`.
    """
    changes = []
    for case in cases:
        before = array_of(case.arguments.get(name))
        right, given = array_of(case.right), array_of(case.given)
        if before is None or right is None or given is None:
            return ""
        if not before.size or not before.shape == right.shape == given.shape:
            return ""
        changes.append(replace(case, right=right - before, given=given - before))
    phrase = factor(changes, quantities)
    if phrase == _ZERO:
        return f"`{name}` unchanged"
    return f"`{name}` plus a change that is {phrase}" if phrase and phrase not in OWN_FACTORS else ""


def bounded(cases: Sequence[Case]) -> str:
    """Return the bound that no answer exceeds though right ones do, if they are right otherwise; else an empty text."""
    pairs = [_alike_in_form(case) for case in cases]
    if not pairs or any(pair is None or not np.isfinite(pair[1]).all() for pair in pairs):
        return ""
    right = np.concatenate([pair[0] for pair in pairs if pair])
    given = np.concatenate([pair[1] for pair in pairs if pair])
    if not given.size:
        return ""
    for word, bound, limited in (
        ("more", given.max(), np.minimum(right, given.max())),
        ("less", given.min(), np.maximum(right, given.min())),
    ):
        beyond = np.unique(right[(right > bound) if word == "more" else (right < bound)])
        if (
            beyond.size >= _FEWEST_BEYOND
            and np.unique(given).size >= _FEWEST_BEYOND
            and agree(given, limited)
        ):
            return f"the right one, but never {word} than {bound:.4g}"
    return ""


def _times(value: float) -> str:
    if abs(value) < 1e-12:
        return _ZERO
    if abs(value + 1) < _CLOSE:
        return "the right one with the opposite sign"
    sign = "minus " if value < 0 else ""
    for known, phrase in _NAMED_FACTORS.items():
        if abs(abs(value) - known) < _CLOSE * known:
            return f"{sign}{phrase} the right one"
    return f"{value:.4g} times the right one"


def _factor(right: NDArray[np.float64], given: NDArray[np.float64]) -> float | None:
    """Return the number by which all of `right` are multiplied; None if there is none."""
    scale = np.abs(right).max(initial=0.0)
    counted = np.abs(right) > _TINY * scale
    if not counted.any() or not np.isfinite(given).all() or not np.isfinite(right).all():
        return None
    value = float(np.median(given[counted] / right[counted]))
    return (
        value
        if np.allclose(given, value * right, rtol=_CLOSE, atol=_CLOSE * scale * max(abs(value), _TINY))
        else None
    )


def _sum(
    pairs: Sequence[tuple[NDArray[np.float64], NDArray[np.float64]] | None],
    known: list[dict[str, float]],
    names: list[str],
) -> str:
    differences = []
    for pair in pairs:
        assert pair is not None
        right, given = pair
        apart = given - right
        if not apart.size or not np.isfinite(apart).all():
            return ""
        if not np.allclose(apart, apart[0], rtol=_CLOSE, atol=1e-6 * np.abs(right).max()):
            return ""
        differences.append(float(np.median(apart)))
    found = np.array(differences)
    if not found.any():
        return ""
    if np.allclose(found, found[0], rtol=_CLOSE):
        return _more(f"{abs(found[0]):.4g}", found[0])
    for name in names:
        values = np.array([one[name] for one in known], float)
        for sign, less in itertools.product((1, -1), (0, 1)):
            if np.ptp(values) and np.allclose(found, sign * (values - less), rtol=_CLOSE):
                return _more(f"({name} - {less})" if less else name, sign)
    return ""


def _more(amount: str, sign: float) -> str:
    return f"the right one {'plus' if sign > 0 else 'minus'} {amount}"


def _by_rows(cases: Sequence[Case]) -> str:
    """Say so if each row of an array is the right one times a different number."""
    rows, several = 0, False
    for case in cases:
        right, given = case.right, case.given
        if not isinstance(right, np.ndarray) or not isinstance(given, np.ndarray) or right.ndim not in (1, 2):
            return ""
        factors = []
        for one, other in zip(np.atleast_2d(right), np.atleast_2d(given), strict=True):
            value = _factor(one.astype(float), other.astype(float))
            if not value:
                return ""
            # A single number is always another one times something.
            factors += [value] if one.size > 1 else []
        rows += len(factors)
        several |= not np.allclose(factors, factors[:1], rtol=_CLOSE)
    return OWN_FACTORS[1] if several and rows > len(cases) else ""


# Returns the arguments that differ, by name.
Change = Callable[[dict[str, Any]], dict[str, Any]]


@dataclass(frozen=True)
class OtherQuestion:
    """A question that is answered in place of the one that was asked.

    Attributes:
        phrase: completes "your answers are right for the same question ...".
        change: returns the arguments that differ, by name.
    """

    phrase: str
    change: Change


def other_questions(case: Case, seen: dict[str, list[Any]]) -> Iterator[OtherQuestion]:
    """Yield the questions that may have been answered in place of a case's.

    Args:
        case: a case with the arguments of all others.
        seen: by name, the texts and truth values that an argument has in any case.
    """
    names = [name for name in case.positions if name in case.arguments]
    for one, other in itertools.combinations(names, 2):
        if _same_kind(case.arguments[one], case.arguments[other]):
            yield OtherQuestion(f"with `{one}` and `{other}` exchanged", partial(_exchanged, one, other))
            yield OtherQuestion(f"with `{other}` in place of `{one}`", partial(_in_place, one, other))
            yield OtherQuestion(f"with `{one}` in place of `{other}`", partial(_in_place, other, one))
    # What chooses between ways to do a thing says most.
    for name in sorted(names, key=lambda name: not isinstance(case.arguments[name], (str, bool))):
        for phrase, change in _other_values(f"`{name}`", case.arguments[name], seen.get(name, [])):
            yield OtherQuestion(f"with {phrase}", partial(_with, name, change))
    for one, other in itertools.permutations(names, 2):
        if type(case.arguments[one]) is type(case.arguments[other]) is int:
            yield OtherQuestion(f"with `{other}` added to `{one}`", partial(_added, one, other, 1))
            yield OtherQuestion(f"with `{other}` taken from `{one}`", partial(_added, one, other, -1))
    arrays = [name for name in names if (array := array_of(case.arguments[name])) is not None and array.ndim]
    for several in itertools.combinations(arrays, 2):
        for phrase, change in _other_precisions(listed([f"`{name}`" for name in several])):
            yield OtherQuestion(f"with {phrase}", partial(_with_all, several, change))
    if len(arrays) > 2:
        for phrase, change in _other_precisions("every array"):
            yield OtherQuestion(f"with {phrase}", partial(_with_all, arrays, change))


def _exchanged(one: str, other: str, given: dict[str, Any]) -> dict[str, Any]:
    return {one: given[other], other: given[one]}


def _in_place(name: str, other: str, given: dict[str, Any]) -> dict[str, Any]:
    return {name: given[other]}


def _added(name: str, other: str, sign: int, given: dict[str, Any]) -> dict[str, Any]:
    return {name: given[name] + sign * given[other]}


def _with(name: str, change: Callable[[Any], Any], given: dict[str, Any]) -> dict[str, Any]:
    return {name: change(given[name])}


def _with_all(names: Sequence[str], change: Callable[[Any], Any], given: dict[str, Any]) -> dict[str, Any]:
    return {name: change(given[name]) for name in names}


def _same_kind(one: Any, other: Any) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, (tuple, list)):
        return len(one) == len(other) and all(map(_same_kind, one, other))
    first, second = array_of(one), array_of(other)
    if first is not None and second is not None:
        return first.shape == second.shape and first.dtype == second.dtype
    return isinstance(one, (int, float, str))


# A phrase, and what makes the other value of the one that was given.
_OtherValue = tuple[str, Callable[[Any], Any]]


def _other_values(shown: str, value: Any, seen: list[Any]) -> Iterator[_OtherValue]:
    if isinstance(value, (str, bool)):
        for other in seen:
            yield f"{shown} always {other!r}", partial(_always, other)
    elif isinstance(value, (int, float)):
        for constant in (1, 0):
            yield f"{shown} always {constant}", partial(_always, type(value)(constant))
        yield f"{shown} one more than it is", lambda old: old + 1
        yield f"{shown} one less than it is", lambda old: old - 1
        yield f"the opposite sign of {shown}", lambda old: -old
    elif isinstance(value, (tuple, list)) and value:
        yield from _other_lists(shown, value)
    elif (array := array_of(value)) is not None and array.ndim:
        yield from _other_arrays(shown, array)


def _always(value: Any, old: Any) -> Any:
    del old
    return value


def _other_lists(shown: str, value: Sequence[Any]) -> Iterator[_OtherValue]:
    yield f"{shown} in reverse order", lambda old: old[::-1]
    all_of = "both" if len(value) == 2 else "all"
    for place in range(min(len(value), 2)):
        yield f"the {ORDINALS[place]} of {shown} in place of {all_of}", partial(_repeated, place)
    if all(type(item) is int for item in value):
        for constant in (1, 0):
            yield f"{constant} in place of {all_of} of {shown}", partial(_filled, constant)
    elif all(isinstance(item, (tuple, list)) for item in value):
        yield f"each pair in {shown} in reverse order", lambda old: type(old)(item[::-1] for item in old)
        if all(type(one) is int for item in value for one in item):
            yield f"zeros in {shown}", lambda old: type(old)(_filled(0, item) for item in old)


def _repeated(place: int, old: Any) -> Any:
    return type(old)([old[place]] * len(old))


def _filled(constant: int, old: Any) -> Any:
    return type(old)([constant] * len(old))


def _other_precisions(shown: str) -> Iterator[_OtherValue]:
    for phrase, change in (
        (f"{shown} cut off to whole numbers", np.trunc),
        (f"{shown} rounded to whole numbers", np.round),
        (f"{shown} in half precision", partial(np.asarray, dtype=np.float16)),
    ):
        yield phrase, partial(_on_array, change)


def _on_array(change: Callable[[NDArray[Any]], Any], old: Any) -> Any:
    array = old.array if isinstance(old, plain.Tensor) else old
    with np.errstate(all="ignore"):
        changed = np.ascontiguousarray(change(array)).astype(array.dtype)
    return plain.Tensor(changed) if isinstance(old, plain.Tensor) else changed


def _other_arrays(shown: str, array: NDArray[Any]) -> Iterator[_OtherValue]:
    if array.dtype.kind == "f":
        yield from _other_precisions(shown)
        for phrase, change in (
            (f"{shown} all zero", np.zeros_like),
            (f"{shown} half as large", lambda old: old / 2),
            (f"{shown} twice as large", lambda old: old * 2),
            (f"zeros for the negative numbers in {shown}", lambda old: np.maximum(old, 0)),
            (f"{shown} without its sign", np.abs),
            (f"the opposite sign of {shown}", np.negative),
        ):
            yield phrase, partial(_on_array, change)
    for axis in range(array.ndim):
        along = f"axis {axis} of {shown}" if array.ndim > 1 else shown
        yield f"{along} in reverse order", partial(_on_array, partial(_mirrored, axis))
        yield f"the first along {along} in place of all", partial(_on_array, partial(_one_for_all, axis, 0))
        yield f"the last along {along} in place of all", partial(_on_array, partial(_one_for_all, axis, -1))
    if array.ndim > 1:
        yield f"{shown} turned around, both axes reversed", partial(_on_array, partial(np.flip, axis=(0, 1)))
    for order in _orders(_MOST_AXES):
        if len(order) == array.ndim:
            yield f"the axes of {shown} in another order, {order}", partial(_on_array, _turned(order))


def _one_for_all(axis: int, place: int, array: NDArray[Any]) -> Any:
    return np.repeat(np.take(array, [place], axis), array.shape[axis], axis)
