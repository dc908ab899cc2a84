"""Conditions: where answers are right and where they are wrong, in words about the question.

"Where `kernel_size` is even", "where there is more than one image". The features of a question come from its arguments
alone, so they exist for every exercise. A condition must separate right answers from wrong ones without exception.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.diagnosis.cases import Case, Raised, Signature, array_of
from autograder.diagnosis.examples import is_in_a_folder
from autograder.diagnosis.relations import numbers
from autograder.protocol.text import ORDINALS

# A quantity that is no argument.
EARLIER_CALLS = "the number of earlier calls"
_LATER_CALL = "it is not the first call"
_LENGTH = "the length of"
_MOST_PAIRED = 10
_LARGEST = 10**15
# An argument with more texts than these does not choose between ways to do a thing.
_MOST_CHOICES = 4
# How often answers are wrong where a condition holds shows in as many answers.
_FEWEST_APART = 3
# Where answers are wrong only sometimes: how often at least, and how surprising it must be that they never are
# elsewhere, as the negative logarithm of a probability. A hundred features are tried, and thousands of pairs.
_MOSTLY, _SURPRISE, _SURPRISE_OF_TWO = 0.5, 14.0, 19.0


@dataclass(frozen=True)
class Feature:
    """Something that is true of a question or not.

    Attributes:
        yes: completes "where ..." if it is true.
        no: the same if it is not.
    """

    yes: str
    no: str


# A feature, and which cases have it.
_Column = tuple[Feature, NDArray[Any]]


class Tried(Enum):
    """The kinds of conditions; of each there are many more than of the one before."""

    FEATURES = 1
    """Something that a question has."""
    COMPARISONS = 2
    """Two of its numbers, compared."""
    PAIRS = 3
    """Two of these, joined."""


@dataclass(frozen=True)
class Condition:
    """Where answers are wrong.

    Attributes:
        where: completes "wrong where ...".
        elsewhere: completes "right where ...". One of the two may be empty: it is everything else.
        tried: of how many it was chosen.
        is_exact: True if they are wrong nearly wherever it holds; False if they are wrong only there, but not always.
        is_always: True if they are wrong wherever it holds.
    """

    where: str
    elsewhere: str
    tried: Tried = Tried.PAIRS
    is_exact: bool = True
    is_always: bool = True

    @property
    def is_about_calls(self) -> bool:
        """True if it says how often the function was called before."""
        return EARLIER_CALLS in self.where or self.where == _LATER_CALL


def quantities(case: Case, signature: Signature) -> dict[str, float]:
    """Return the numbers in a question, by the words for each: an argument, the length of an axis.

    Whole numbers are int, others float.
    """
    found: dict[str, float] = {}
    for name, value in case.arguments.items():
        if type(value) is float or (type(value) is int and abs(value) < _LARGEST):
            found[f"`{name}`"] = value
        elif isinstance(value, (tuple, list)) and value and all(type(item) is int for item in value):
            for ordinal, item in zip(ORDINALS, value, strict=False):
                found[f"the {ordinal} of `{name}`"] = item
        if (array := array_of(value)) is not None:
            axes = signature.axes.get(name, [])
            for axis, length in enumerate(array.shape):
                axis_name = f"`{axes[axis]}`" if len(axes) == array.ndim else f"axis {axis}"
                along = f"{axis_name} of `{name}`" if array.ndim > 1 else f"`{name}`"
                found[f"{_LENGTH} {along}"] = length
    found[EARLIER_CALLS] = case.earlier_calls
    return found


def _kinds(case: Case, free: set[str]) -> Iterator[Feature]:
    """Yield of which kind each argument is; `free` are arguments that may be any text."""
    for name, value in case.arguments.items():
        shown = f"`{name}`"
        if (isinstance(value, str) and name not in free) or isinstance(value, bool) or value is None:
            yield Feature(f"{shown} is {value!r}", f"{shown} is not {value!r}")
        if isinstance(value, (tuple, list)):
            count = len(value)
            if count:
                yield Feature(f"{shown} has {count} parts", f"{shown} does not have {count} parts")
            else:
                yield Feature(f"{shown} is empty", f"{shown} is not empty")
        if (array := array_of(value)) is not None:
            yield Feature(f"{shown} is {array.dtype}", f"{shown} is not {array.dtype}")


def _facts(case: Case) -> Iterator[tuple[Feature, bool]]:
    """Yield what is true of a question or not, besides its numbers."""
    graph = case.step.message.get("graph", "")
    traced = graph in ("shape", "any batch")
    yield Feature("it is traced by `tf.function`", "it is not traced by `tf.function`"), traced
    yield Feature("its gradient is asked for", "its gradient is not asked for"), graph == "gradient"
    for name, value in case.arguments.items():
        shown = f"`{name}`"
        left_out = name not in case.positions
        yield Feature(f"{shown} is left out", f"{shown} is given"), left_out
        if isinstance(value, (tuple, list)) and len(value) == 2 and all(type(item) is int for item in value):
            yield Feature(f"the two of {shown} differ", f"the two of {shown} are equal"), value[0] != value[1]
        if (
            isinstance(value, (tuple, list))
            and value
            and all(isinstance(item, (tuple, list)) for item in value)
        ):
            items = [item for pair in value for item in pair]
            if all(type(item) is int for item in items):
                yield Feature(f"{shown} has a number above 0", f"{shown} is all zeros"), any(items)
        array = array_of(value)
        if array is None:
            continue
        if array.ndim == 1:
            rise = f"the numbers of {shown} {{}} all the way"
            rises = bool((array[1:] > array[:-1]).all())
            yield Feature(rise.format("do not rise"), rise.format("rise")), not rises
        if array.ndim > 1:
            # The last axis of images is their channels.
            height, width = array.shape[-3:-1] if array.ndim > 2 else array.shape
            yield Feature(f"{shown} is not square", f"{shown} is square"), height != width
        if array.dtype.kind not in "if":
            continue
        with np.errstate(invalid="ignore"):
            finite = array[np.isfinite(array)]
            yield Feature(f"{shown} is not all zeros", f"{shown} is all zeros"), bool(array.any())
            yield _has(shown, "negative numbers"), bool((finite < 0).any())
            yield _has(shown, "positive numbers"), bool((finite > 0).any())
            yield _has(shown, "numbers that are not whole"), bool((finite != np.trunc(finite)).any())
            yield _has(shown, "zeros"), bool((finite == 0).any())
            yield _has(shown, "numbers that occur twice"), np.unique(finite).size < finite.size


def _has(shown: str, what: str) -> Feature:
    return Feature(f"{shown} has {what}", f"{shown} has no {what}")


def _parities(known: dict[str, float]) -> Iterator[tuple[Feature, bool]]:
    for name, value in known.items():
        if isinstance(value, int):
            yield Feature(f"{name} is even", f"{name} is odd"), value % 2 == 0


def _of_numbers(known: dict[str, float]) -> Iterator[tuple[Feature, bool]]:
    """Yield what is true of the numbers in a question."""
    whole = {name: value for name, value in known.items() if isinstance(value, int) and name != EARLIER_CALLS}
    paired = list(whole.items())[:_MOST_PAIRED]
    for (one, first), (other, second) in itertools.combinations(paired, 2):
        yield Feature(f"{one} is greater than {other}", f"{one} is not greater than {other}"), first > second
        yield Feature(f"{other} is greater than {one}", f"{other} is not greater than {one}"), second > first
        yield Feature(f"{one} and {other} differ", f"{one} and {other} are equal"), first != second
        odd = (first - second) % 2 == 1
        yield Feature(f"{one} minus {other} is odd", f"{one} minus {other} is even"), odd
        for (top, above), (bottom, below) in (
            ((one, first), (other, second)),
            ((other, second), (one, first)),
        ):
            if below > 0:
                yield (
                    Feature(f"{top} is no multiple of {bottom}", f"{top} is a multiple of {bottom}"),
                    above % below != 0,
                )


def _of_the_answer(case: Case) -> Iterator[tuple[Feature, bool]]:
    """Yield what is true of the right answer."""
    if isinstance(case.right, Raised):
        return
    if type(case.right) is bool:
        yield Feature("the right answer is True", "the right answer is False"), case.right
    found = numbers(case.right)
    if found is None or not found.size:
        return
    yield Feature("the right answer is zero", "the right answer is not zero"), not found.any()
    yield _has("the right answer", "negative numbers"), bool((found < 0).any())
    if found.size <= 4 and np.isfinite(found).all() and (found == np.trunc(found)).all():
        what = "the right answer" if found.size == 1 else "the sum of the right answer"
        yield Feature(f"{what} is odd", f"{what} is even"), int(found.sum()) % 2 == 1
        yield Feature(f"{what} is more than 1", f"{what} is at most 1"), found.sum() > 1


def _thresholds(known: Sequence[dict[str, float]], wrong: np.ndarray) -> Iterator[tuple[Feature, np.ndarray]]:
    """Yield for each number the threshold that divides right from wrong, if there is one."""
    names = [name for name in known[0] if all(name in one for one in known)]
    for name in names:
        values = np.array([one[name] for one in known])
        bad, good = values[wrong], values[~wrong]
        if not bad.size or not good.any():
            continue  # right at most for empty arrays
        if bad.min() > good.max():
            found = _at_least(name, bad.min(), good.max())
            yield replace(found, yes=_alone(name, bad) or found.yes), values >= bad.min()
        elif bad.max() < good.min():
            found = _at_least(name, good.min(), bad.max())
            yield Feature(_alone(name, bad) or found.no, found.yes), values <= bad.max()
        elif bad.min() > 1 and (good == 1).any():
            # Wrong only there, but not always. Any other threshold would be one of the questions that were asked.
            yield Feature(f"{name} is more than 1", f"{name} is at most 1"), values > 1


def _magnitudes(cases: Sequence[Case], wrong: np.ndarray) -> Iterator[_Column]:
    """Yield for each argument how large its numbers may be, if that divides right from wrong."""
    for name in cases[0].arguments:
        arrays = [array for case in cases if (array := array_of(case.arguments.get(name))) is not None]
        if len(arrays) < len(cases) or any(array.dtype.kind not in "if" for array in arrays):
            continue
        largest = np.array(
            [np.abs(array[np.isfinite(array)].astype(float)).max(initial=0) for array in arrays]
        )
        bad, good = largest[wrong], largest[~wrong]
        if bad.size and good.any() and bad.min() > good.max() >= 1:
            yield (
                Feature(
                    f"`{name}` has numbers of \u00b1{bad.min():,.3g} or beyond",
                    f"`{name}` has no numbers beyond \u00b1{good.max():,.3g}",
                ),
                largest >= bad.min(),
            )


def _alone(name: str, values: np.ndarray) -> str:
    """Return what completes "where ..." if a number has one value alone: of others nobody knows; else nothing."""
    value = float(values[0])
    if name == EARLIER_CALLS or not value.is_integer() or not (values == value).all():
        return ""
    return f"{name} is {int(value):,}"


def _at_least(name: str, least: float, below: float) -> Feature:
    if least == 1 and below == 0 and name == EARLIER_CALLS:
        return Feature(_LATER_CALL, "it is the first call")
    if isinstance(least, np.integer) and least == below + 1 == 2:
        return Feature(f"{name} is more than 1", f"{name} is 1")
    if float(least).is_integer():
        less = "0" if below == 0 and name.startswith(_LENGTH) else f"{int(below):,} or less"
        return Feature(f"{name} is {int(least):,} or more", f"{name} is {less}")
    return Feature(f"{name} is {least:.4g} or more", f"{name} is {below:.4g} or less")


def _columns(
    cases: Sequence[Case], signature: Signature, wrong: np.ndarray
) -> tuple[list[_Column], set[Feature]]:
    """Return each feature and its opposite with the cases that have it, and those that are about a question alone.

    Of the others, which compare its numbers, there are so many that some hold by chance.
    """
    known = [quantities(case, signature) for case in cases]
    # A number that only some questions have says nothing of the others.
    common = set.intersection(*(set(one) for one in known)) if known else set()
    known = [{name: value for name, value in one.items() if name in common} for one in known]
    free = free_texts(cases)
    kinds: dict[Feature, list[int]] = defaultdict(list)
    facts: dict[Feature, list[bool]] = defaultdict(list)
    said: set[Feature] = set()
    for number, case in enumerate(cases):
        for feature in _kinds(case, free):
            kinds[feature].append(number)
        own = [*_facts(case), *_parities(known[number])]
        said |= {feature for feature, _ in own}
        for feature, holds in (*own, *_of_numbers(known[number]), *_of_the_answer(case)):
            facts[feature].append(holds)
    columns = [*_thresholds(known, wrong), *_magnitudes(cases, wrong)]
    said |= {feature for feature, _ in columns} | kinds.keys()
    table = {feature: np.isin(np.arange(len(cases)), numbers) for feature, numbers in kinds.items()}
    # What cannot be said of some questions, as that an image is square, says nothing of the others either.
    table |= {feature: np.array(held) for feature, held in facts.items() if len(held) == len(cases)}
    for feature, column in table.items():
        columns.append((feature, column))
        columns.append((Feature(feature.no, feature.yes), ~column))
    return columns, said | {Feature(feature.no, feature.yes) for feature in said}


def free_texts(cases: Sequence[Case]) -> set[str]:
    """Return the arguments that may be any text, such as a name or a folder: which one it is means nothing."""
    texts: dict[str, set[str]] = defaultdict(set)
    for case in cases:
        for name, value in case.arguments.items():
            if isinstance(value, str):
                texts[name].add(value)
    return {
        name
        for name, values in texts.items()
        if len(values) > _MOST_CHOICES or any(is_in_a_folder(value) for value in values)
    }


def conditions(cases: Sequence[Case], signature: Signature) -> Iterator[Condition]:
    """Yield the conditions that agree with all cases, the simplest first: exact ones, then where wrong ones are."""
    wrong = np.array([case.wrong for case in cases])
    # Of questions that were made of wrong answers nearly all are answered wrongly, wherever that is.
    apart = np.array([not case.is_variation for case in cases])
    columns, said = _columns(cases, signature, wrong)
    for feature, column in sorted(columns, key=lambda one: not wrong[one[1]].all()):
        if _divides(column, wrong, apart):
            tried = Tried.FEATURES if feature in said else Tried.COMPARISONS
            yield Condition(feature.yes, feature.no, tried, is_always=bool(wrong[column].all()))
    # Of two, each must hold wherever an answer is wrong.
    needed = [(feature, column) for feature, column in columns if column[wrong].all() and not column.all()]
    for (one, first), (other, second) in _pairs(needed, said):
        both = first & second
        if (
            _divides(both, wrong, apart)
            and not np.array_equal(first, both)
            and not np.array_equal(second, both)
        ):
            yield Condition(f"{one.yes} and {other.yes}", "", is_always=bool(wrong[both].all()))
    # Of two, either makes an answer wrong.
    enough = [(feature, column) for feature, column in columns if _is_mostly(wrong[column & apart])]
    for (one, first), (other, second) in _pairs(enough, said):
        either = first | second
        if (
            _divides(either, wrong, apart)
            and not np.array_equal(first, either)
            and not np.array_equal(second, either)
        ):
            yield Condition("", f"{one.no} and {other.no}", is_always=bool(wrong[either].all()))
    # What holds wherever an answer is wrong may do so by chance, the more often it holds.
    single = [(feature, column) for feature, column in needed if feature in said]
    pairs = [
        (Feature(f"{one.yes} and {other.yes}", ""), first & second)
        for (one, first), (other, second) in itertools.combinations(single, 2)
    ]
    for several, least in ((single, _SURPRISE), (pairs, _SURPRISE_OF_TWO)):
        for feature, column in sorted(several, key=lambda one: int(one[1].sum())):
            share = max(float(column[apart].mean()), 1 / len(cases)) if apart.any() else 1.0
            surprise = int(wrong[apart].sum()) * -math.log(share)
            if _share(wrong[column & apart]) >= _MOSTLY and surprise >= least:
                yield Condition(feature.yes, feature.no, Tried.FEATURES, is_exact=False, is_always=False)


def _pairs(columns: Sequence[_Column], said: set[Feature]) -> Iterator[tuple[_Column, _Column]]:
    """Yield two at a time, but no two comparisons: there are so many that some pair always fits by chance."""
    for one, other in itertools.combinations(columns, 2):
        if one[0] in said or other[0] in said:
            yield one, other


def _divides(column: NDArray[np.bool_], wrong: NDArray[np.bool_], apart: NDArray[np.bool_]) -> bool:
    """Return True if answers are wrong only where `column` holds, and nearly always there.

    An answer to a question of zeros may happen to be right.
    """
    return not column.all() and not wrong[~column].any() and _is_mostly(wrong[column & apart])


def _is_mostly(wrong: NDArray[np.bool_]) -> bool:
    return _share(wrong) >= 0.9


def _share(wrong: NDArray[np.bool_]) -> float:
    """Return how many of these answers are wrong, 0 to 1; 0 if they are too few to say."""
    return float(wrong.mean()) if wrong.size >= _FEWEST_APART else 0.0


def where_in_the_answer(cases: Sequence[Case], answer_axes: Sequence[str]) -> str:
    """Return where in the answers the wrong numbers are, as in "in the last of `width`"; empty if anywhere.

    Args:
        cases: all of them wrong.
        answer_axes: the names of the axes of the answer; may be empty.
    """
    masks: list[np.ndarray] = []
    rights: list[np.ndarray] = []
    for case in cases:
        right, given = _array(case.right), _array(case.given)
        if right is None or given is None or right.shape != given.shape or right.ndim < 1:
            return ""
        with np.errstate(invalid="ignore"):
            masks.append(~np.isclose(given, right, rtol=1e-4, atol=1e-5, equal_nan=True))
        rights.append(right)
    for phrase, chosen in _places(rights, answer_axes):
        inside = sum(int(mask[place].sum()) for mask, place in zip(masks, chosen, strict=True))
        outside = sum(int(mask[~place].sum()) for mask, place in zip(masks, chosen, strict=True))
        size = sum(int(place.sum()) for place in chosen)
        everything = sum(place.size for place in chosen)
        if not outside and inside >= 0.6 * size and size <= 0.7 * everything:
            return phrase
    return ""


def _array(value: Any) -> np.ndarray | None:
    if isinstance(value, list):
        try:
            value = np.array(value)
        except ValueError:
            return None
    return value if isinstance(value, np.ndarray) and value.dtype.kind in "biuf" else None


def _places(rights: list[np.ndarray], answer_axes: Sequence[str]) -> Iterator[tuple[str, list[np.ndarray]]]:
    axes = {right.ndim for right in rights}
    if len(axes) == 1:
        for axis in range(axes.pop()):
            name = f"`{answer_axes[axis]}`" if axis < len(answer_axes) else f"axis {axis}"
            if any(right.shape[axis] < 2 for right in rights):
                continue
            first = [_first(right, axis) for right in rights]
            last = [_last(right, axis) for right in rights]
            yield f"in the last along {name}", last
            yield f"in the first along {name}", first
            yield f"in all but the first along {name}", [~chosen for chosen in first]
            yield f"in all but the last along {name}", [~chosen for chosen in last]
            yield f"at both ends of {name}", [one | other for one, other in zip(first, last, strict=True)]
    yield "where the right number is more than 1", [right > 1 for right in rights]
    yield "where the right number is negative", [right < 0 for right in rights]
    yield "where the right number is positive", [right > 0 for right in rights]
    yield "where the right number is 0", [right == 0 for right in rights]


def _index(right: np.ndarray, axis: int) -> np.ndarray:
    return np.broadcast_to(np.indices(right.shape, sparse=True)[axis], right.shape)


def _first(right: np.ndarray, axis: int) -> np.ndarray:
    return np.asarray(_index(right, axis) == 0)


def _last(right: np.ndarray, axis: int) -> np.ndarray:
    return np.asarray(_index(right, axis) == right.shape[axis] - 1)
