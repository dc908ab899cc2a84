"""What wrong answers have in common is found, whatever the function; what they do not have in common is not told."""

from __future__ import annotations

import inspect
import itertools
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pytest
from jaxtyping import Float

from autograder.diagnosis.cases import Signature, cases_of, signature_of
from autograder.diagnosis.conditions import free_texts
from autograder.diagnosis.examples import Example, Step
from autograder.diagnosis.patterns import pattern
from autograder.diagnosis.replay import Replay
from autograder.protocol import plain

# A module of right functions. Patterns know nothing of them but their signatures.


def area(height: int, width: int, scale: int = 1) -> int:
    if min(height, width) < 1:
        raise ValueError("height and width must be at least 1")
    return height * width * scale


def moved(size: int, scale: int = 1, offset: int = 3) -> int:
    return size * scale + offset


def ends(size: int, kernel_size: int) -> tuple[int, int]:
    return max(size - kernel_size, 0), size


def shifted(
    images: Float[np.ndarray, "batch {height} width"], bias: Float[np.ndarray, " batch"]
) -> Float[np.ndarray, "batch height width"]:
    return images + bias[:, None, None]


def paired(size: int, kernel_size: int) -> tuple[int, tuple[int, int, int]]:
    return size + kernel_size, (size - kernel_size, size * kernel_size, size)


def step(weights: Float[np.ndarray, " size"], gradient: Float[np.ndarray, " size"], rate: float) -> Any:
    return weights - rate * gradient


def pick(numbers: Float[np.ndarray, " size"], indices: np.ndarray) -> np.ndarray:
    return numbers[indices]


def total(numbers: np.ndarray) -> np.ndarray:
    return numbers.sum(axis=0)


def product(inputs: Float[np.ndarray, "batch inputs"], kernel: Float[np.ndarray, "inputs units"]) -> Any:
    return inputs @ kernel


def accumulated(gradient: Float[np.ndarray, " size"], state: tuple[np.ndarray, float]) -> Any:
    total, rate = state
    return gradient + rate * total


def inverse(numbers: Float[np.ndarray, " size"], power: int) -> Float[np.ndarray, " size"]:
    with np.errstate(divide="ignore"):
        return 1 / np.abs(numbers) ** power


class Counter:
    def __init__(self, start: int = 0) -> None:
        self.total = start

    def add(self, number: int) -> int:
        self.total += number
        return self.total

    def share(self, number: int, among: int) -> float:
        if number < 0 or among < 1:
            raise ValueError("number and among")
        return number / among


RIGHT = {
    function.__name__: function
    for function in (
        area,
        moved,
        ends,
        paired,
        shifted,
        step,
        pick,
        total,
        product,
        accumulated,
        inverse,
        Counter,
    )
}
SOURCE = "\n\n".join(inspect.getsource(function) for function in RIGHT.values())


def replay(functions: dict[str, Callable[..., Any]]) -> Replay:
    """Ask functions, as a candidate would: requests and replies are packed."""
    objects: dict[int, Any] = {}

    def answer(message: dict[str, Any]) -> dict[str, Any]:
        called = functions[message["name"]] if message["do"] == "CallFunction" else None
        if called is None:
            called = getattr(objects[message["handle"].number], message["name"])
        try:
            value = called(*message["args"], **message["kwargs"])
        except Exception as error:
            return {"raised": type(error).__name__, "text": str(error)}
        if type(value).__name__ == "Counter":
            objects[len(objects)] = value
            return {"value": plain.Handle(len(objects) - 1, "Counter")}
        return {"value": value}

    return Replay("functions", lambda packed: plain.pack(answer(plain.unpack(packed))), None)


def calls(function: str, *arguments: tuple[Any, ...]) -> list[Example]:
    """Questions of one call each."""
    return [
        Example(
            [
                Step(
                    {
                        "do": "CallFunction",
                        "release": [],
                        "module": "m",
                        "name": function,
                        "args": list(args),
                        "kwargs": {},
                    },
                    None,
                    function,
                    random=False,
                )
            ],
            0.0,
        )
        for args in arguments
    ]


def found(function: str, wrong: Callable[..., Any], questions: list[Example], refusals: bool = False) -> str:
    """What is said of a wrong function."""
    signatures: Callable[[str], Signature] = partial(signature_of, SOURCE, function)
    return pattern(
        function, signatures, questions, replay(RIGHT), replay({**RIGHT, function: wrong}), refusals
    )


SIDES = calls("area", *itertools.product((1, 2, 3, 4, 5, 8), (1, 2, 3, 7), (1, 2)))
ENDS = calls("ends", *itertools.product((1, 2, 5, 6, 9, 30), (1, 2, 3, 4, 7)))
RANDOM = np.random.default_rng(0)
IMAGES = calls(
    "shifted",
    *(
        (RANDOM.normal(size=(batch, height, width)), RANDOM.normal(size=batch))
        for batch, height, width in itertools.product((1, 2, 3), (1, 2, 4), (2, 3))
    ),
)
STEPS = calls(
    "step",
    *((RANDOM.normal(size=n), RANDOM.normal(size=n), rate) for n in (1, 2, 5) for rate in (0.1, 0.5, 1.0)),
)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (
            lambda height, width, scale=1: 2 * height * width * scale,
            "Every answer of `area` is twice the right one.",
        ),
        (
            lambda height, width, scale=1: -height * width * scale,
            "Every answer of `area` is the right one with the opposite sign.",
        ),
        (
            lambda height, width, scale=1: height * width * scale + 1,
            "Every answer of `area` is the right one plus 1.",
        ),
        (lambda height, width, scale=1: 12, "Every answer of `area` is 12."),
        (
            lambda height, width, scale=1: 2 * height * width * scale + 0 // (width + height - 3),
            "`area` raises an error for some questions that have an answer. "
            "Apart from that, every answer of `area` is twice the right one.",
        ),
        (
            lambda height, width, scale=1: height * height * scale,
            "The answers of `area` would be right for the same question with `height` in place of `width`.",
        ),
        (
            lambda height, width, scale=1: height * width,
            "Every answer of `area` is the right one divided by `scale`.",
        ),
        (
            lambda height, width, scale=1: height * width * scale - (height % 2 == 0),
            "`area` is right where `height` is odd and wrong where `height` is even. "
            "There, its answer is the right one minus 1.",
        ),
        (
            lambda height, width, scale=1: height * width * scale if height < 4 else height + width + 99,
            # 99 and more may be right by chance.
            "`area` is right where `height` is 3 or less and nearly always wrong where `height` is 4 or more.",
        ),
        (
            lambda height, width, scale=1: height * width * scale * (3 if height > width else 1),
            "`area` is right where `height` is not greater than `width` "
            "and wrong where `height` is greater than `width`. There, its answer is three times the right one.",
        ),
    ],
)
def test_of_numbers(wrong, said):
    assert found("area", wrong, SIDES) == said


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (
            lambda size, kernel_size: ends(size, kernel_size)[::-1],
            "Every answer of `ends` is the right one with its parts in reverse order.",
        ),
        (
            lambda size, kernel_size: (size - kernel_size, size),
            "`ends` is right where `kernel_size` is not greater than `size` and nearly always wrong where "
            "`kernel_size` is greater than `size`.",
        ),
        (
            lambda size, kernel_size: (max(size - kernel_size, 0), 7),
            "Of the 2 values that `ends` returns, the first is right. The second is always 7.",
        ),
        (
            lambda size, kernel_size: (max(size - kernel_size, 0), 2 * size),
            "Of the 2 values that `ends` returns, the first is right. The second is twice the right one.",
        ),
    ],
)
def test_of_several_values(wrong, said):
    assert found("ends", wrong, ENDS).startswith(said)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (
            lambda images, bias: images,
            "Every answer of `shifted` is `images` unchanged.",
        ),
        (
            lambda images, bias: shifted(images, bias)[:, ::-1],
            "Every answer of `shifted` is the right one mirrored along `height`.",
        ),
        (
            lambda images, bias: shifted(images, bias) * len(images),
            "Every answer of `shifted` is the length of `batch` of `images` times the right one.",
        ),
        (
            lambda images, bias: np.trunc(shifted(images, bias)),
            "Every answer of `shifted` is the right one cut off to whole numbers.",
        ),
        (
            lambda images, bias: shifted(images, bias).ravel(),
            "Every answer of `shifted` is all numbers of the right one in one row.",
        ),
    ],
)
def test_of_arrays(wrong, said):
    assert found("shifted", wrong, IMAGES) == said


def test_of_where_in_an_array():
    def last_column_lost(images, bias):
        answer = shifted(images, bias)
        answer[:, :, -1] = 0
        return answer

    assert (
        found("shifted", last_column_lost, IMAGES)
        == "The answers of `shifted` are right but in the last along `width`."
    )


def test_of_a_change():
    said = found("step", lambda weights, gradient, rate: weights + rate * gradient, STEPS)
    assert (
        said
        == "Every answer of `step` is `weights` plus a change that is the right one with the opposite sign."
    )
    said = found("step", lambda weights, gradient, rate: weights - 3 * rate * gradient, STEPS)
    assert said == "Every answer of `step` is `weights` plus a change that is three times the right one."


def test_of_the_order_of_numbers():
    """The suite's own questions say "where the length of `indices` is 1"; sorted ones show that it is not that."""

    def by_a_mask(numbers, indices):
        mask = np.zeros(len(numbers), bool)
        mask[indices] = True
        return numbers[mask]

    falling = [np.arange(count)[::-1] for count in (1, 1, 1, 2, 3, 4)]
    questions = calls("pick", *((RANDOM.normal(size=6), one) for one in falling for _ in range(5)))
    assert found("pick", by_a_mask, questions) == (
        "`pick` is right where the numbers of `indices` rise all the way "
        "and nearly always wrong where the numbers of `indices` do not rise all the way. "
        "There, its answer is the right one with its parts in reverse order."
    )


def test_fresh_questions_whose_answer_is_infinite_are_left_out():
    """Whole numbers are drawn for them, zeros too: no number of the suite's has an infinite answer."""
    questions = calls("inverse", *((RANDOM.normal(size=5), power) for power in (1, 2, 3) for _ in range(4)))
    assert found("inverse", lambda numbers, power: inverse(numbers, power).astype(int), questions) == (
        "Every answer of `inverse` is the right one rounded down."
    )


def test_of_errors():
    def fussy(height, width, scale=1):
        if height == width:
            raise TypeError("no squares")
        return height * width * scale

    questions = calls("area", *itertools.product(range(1, 9), range(1, 9)), *((n, n) for n in range(9, 20)))
    assert found("area", fussy, questions) == (
        "Of the questions that have an answer, `area` raises a TypeError where `height` and `width` are equal, "
        "and none where `height` and `width` differ."
    )


def test_of_errors_that_are_missing():
    questions = calls(
        "area", *itertools.product((0, -1, -2, 1, 2, 3), (0, -1, -2)), *itertools.product((0, -1), (1, 2, 3))
    )

    def careless(height, width, scale=1):
        if width < 1:
            raise ValueError("width")
        return height * width * scale

    assert found("area", careless, questions, refusals=True) == (
        "Where `width` is 1 or more, `area` should raise an error for some questions, but raises none."
    )


def counts(*numbers: int) -> Example:
    return of_counter("add", *((number,) for number in numbers))


def shares(*arguments: tuple[int, int]) -> Example:
    return of_counter("share", *arguments)


def of_counter(method: str, *arguments: tuple[int, ...]) -> Example:
    handle = plain.Handle(0, "Counter")
    made = {"do": "CallFunction", "release": [], "module": "m", "name": "Counter", "args": [], "kwargs": {}}
    steps = [Step(made, {"value": handle}, "Counter", random=False)]
    for args in arguments:
        asked = {
            "do": "CallMethod",
            "release": [],
            "handle": handle,
            "name": method,
            "args": list(args),
            "kwargs": {},
        }
        steps.append(Step(asked, None, "Counter", random=False))
    return Example(steps, 0.0)


def test_of_the_call_before():
    class Late(Counter):
        def add(self, number):
            before = self.total
            self.total += number
            return before

    Late.__name__ = "Counter"
    assert found("Counter", Late, [counts(3, 5, 1, 2), counts(9, 1, 7, 4), counts(2, 2, 6, 5)]) == (
        "`Counter.add` gives the answer that was right one call earlier."
    )


def test_of_a_method_no_condition_is_told():
    """There are no fresh questions for it: all cases are of a few tests, in which many things differ at once."""

    class Small(Counter):
        def add(self, number):
            return super().add(number) + (number > 4) * (self.total * 7919 % 13 + 1)

    Small.__name__ = "Counter"
    questions = [counts(*numbers) for numbers in itertools.product((1, 2, 8, 9), repeat=3)]
    assert found("Counter", Small, questions) == ""


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (
            lambda size, kernel_size: (size + kernel_size + 1, (size - kernel_size, size + 7, size)),
            "Of the 2 values that `paired` returns, parts 1 and 3 of the second are right.",
        ),
        (
            lambda size, kernel_size: (
                size + kernel_size,
                (size - kernel_size, 2 * size * kernel_size, size),
            ),
            "Of the 2 values that `paired` returns, the first and parts 1 and 3 of the second are right. "
            "Part 2 of the second is twice the right one.",
        ),
        (
            lambda size, kernel_size: (size**2, (size - kernel_size, size * kernel_size, size)),
            "Of the 2 values that `paired` returns, the second is right.",
        ),
    ],
)
def test_of_parts_of_parts(wrong, said):
    questions = calls("paired", *itertools.product(range(2, 9), range(2, 9)))
    assert found("paired", wrong, questions) == said


def test_of_one_argument_added_to_another():
    def longer(size, kernel_size):
        return max(size + kernel_size - kernel_size // 2, 0), size + kernel_size

    questions = calls("ends", *itertools.product(range(1, 12), range(1, 12)))
    assert found("ends", lambda size, kernel_size: ends(size + kernel_size, kernel_size), questions) == (
        "The answers of `ends` would be right for the same question with `kernel_size` added to `size`."
    )
    assert "added" not in found("ends", longer, questions)


@pytest.mark.parametrize("share", [0.3, 1.0])
def test_of_numbers_that_are_nan(share):
    def undefined(numbers, power):
        answer = inverse(numbers, power)
        answer[: int(np.ceil(share * len(answer)))] = np.nan
        return answer

    questions = calls("inverse", *((RANDOM.normal(size=power + 4), power) for power in (1, 2, 3) * 4))
    begun = "Every answer of `inverse` is NaN, not a number"
    assert found("inverse", undefined, questions).startswith(begun) is (share == 1)
    assert "NaN" in found("inverse", undefined, questions)


def test_an_exception_to_a_condition_is_admitted():
    def wrong(height, width, scale=1):
        return height * width * scale + (height > width and (height, width) != (5, 3)) * height

    assert found("area", wrong, SIDES) == (
        "`area` is right where `height` is not greater than `width` "
        "and nearly always wrong where `height` is greater than `width`. "
        "There, its answer is the right one plus `height`."
    )


def test_between_two_numbers_nobody_asked():
    def fussy(height, width, scale=1):
        if height > 250:
            raise TypeError("too high")
        return height * width * scale

    questions = calls("area", *itertools.product((1, 2, 3, 4, 300, 301, 302), range(1, 9)))
    said = found("area", fussy, questions)
    assert said.startswith(
        "Of the questions that have an answer, `area` raises a TypeError where `height` is "
    )
    assert " or more, and none where `height` is " in said

    def fussy_step(weights, gradient, rate):
        if rate >= 2:
            raise TypeError("too fast")
        return weights - rate * gradient

    questions = calls(
        "step", *((RANDOM.normal(size=5), RANDOM.normal(size=5), rate) for rate in (0.5, 1.0, 2.0) * 7)
    )
    assert found("step", fussy_step, questions) == (
        "Of the questions that have an answer, `step` raises a TypeError where `rate` is 2, "
        "and none where `rate` is 1 or less."
    )


def test_of_missing_errors_with_several_possible_reasons_nothing_is_said():
    """There are no fresh questions for a method, so nobody knows which argument is the reason."""

    class Careless(Counter):
        def share(self, number, among):
            if among < 1:
                raise ValueError("among")
            return number / among

    Careless.__name__ = "Counter"
    questions = [shares((-1, among), (3, -among)) for among in range(1, 9)]
    assert found("Counter", Careless, questions, refusals=True) == ""
    told = [shares(*((-1, way * among), (-1, -way * among))) for among in range(1, 9) for way in (1, -1)]
    assert found("Counter", Careless, told, refusals=True) == (
        "Where `among` is 1 or more, `Counter.share` should raise an error for some questions, but raises none."
    )


def test_a_size_up_to_which_it_is_right_is_told_as_it_was_seen():
    """Nobody asked between the two."""

    def overflows(numbers, power):
        return np.where(np.abs(numbers).max() > 40, np.nan, inverse(numbers, power))

    questions = calls(
        "inverse",
        *(
            (np.array([1.0, 2.0, -size + n / 8]), power)
            for n in range(4)
            for power in (1, 2)
            for size in (20, 30, 300)
        ),
    )
    sentence = re.fullmatch(
        r"`inverse` is right where `numbers` has no numbers beyond \u00b1(.*) "
        r"and wrong where `numbers` has numbers of \u00b1(.*) or beyond\. There, .*",
        found("inverse", overflows, questions),
    )
    assert 30 <= float(sentence[1]) <= 40 < float(sentence[2]) <= 300


def named(function: str, *arguments: dict[str, Any]) -> list[Example]:
    """Questions of one call each, with arguments by name."""
    (alike,) = calls(function, ())
    (step,) = alike.steps
    return [Example([replace(step, message={**step.message, "kwargs": kwargs})], 0.0) for kwargs in arguments]


def test_an_argument_that_is_given_beside_another_is_no_reason():
    """The suite gives both `scale` and `offset` or none; only what `offset` is counts."""
    questions = named(
        "moved",
        *({"size": size} for size in range(1, 61)),
        *(
            {"size": size, "scale": scale, "offset": offset}
            for size, scale, offset in itertools.product(range(1, 5), (1, 2), (1, 2, 3, 4, 5))
        ),
    )

    def wrong(size, scale=1, offset=3):
        return moved(size, scale, offset) + (offset in (1, 2, 4, 5)) * (size * 104729 % 31 + 1)

    assert found("moved", wrong, questions) == "`moved` is wrong only where `offset` is given."


def test_nothing_new_is_asked_of_a_folder_of_a_test():
    """It is gone, and what is in it depends on the calls before."""
    asked: list[str] = []

    def area_of(folder, width):
        asked.append(folder)
        return 2 * width

    right = {"area": lambda folder, width: asked.append(folder) or width}
    questions = calls("area", *((f"<folder 0>/{number}", number) for number in range(1, 20)))
    signatures = partial(signature_of, SOURCE, "area")
    said = pattern("area", signatures, questions, replay(right), replay({"area": area_of}), False)
    assert said == "Every answer of `area` is twice the right one."
    assert len(asked) == 2 * len(questions)


def test_a_folder_is_no_reason():
    assert free_texts([]) == set()
    case = next(
        cases_of(
            "area",
            partial(signature_of, SOURCE, "area"),
            *(
                Example([replace(one, reply={"value": 1})], 0.0)
                for one in calls("area", ("<folder 0>/x", 2))[0].steps * 2
            ),
        )
    )
    assert free_texts([case]) == {"height"}


@pytest.mark.parametrize(
    "wrong",
    [
        lambda height, width, scale=1: height * width * scale,
        # Nothing simple.
        lambda height, width, scale=1: (height * 7919 + width * 104729 + scale * 31) % 1009,
        # Right now and then: what holds in every question separates nothing.
        lambda height, width, scale=1: (
            height * width * scale
            + ((height * 7919 + width * 104729 + scale * 31) % 1009 + 1)
            * ((height * 31 + width * 17 + scale * 7) % 13 > 0)
        ),
        # Right but once.
        lambda height, width, scale=1: 5 if (height, width, scale) == (4, 7, 2) else height * width * scale,
    ],
)
def test_otherwise_nothing_is_said(wrong):
    assert found("area", wrong, SIDES) == ""


def test_few_answers_show_nothing():
    assert found("area", lambda height, width, scale=1: 2 * height * width * scale, SIDES[:1] * 20) == ""


def test_a_condition_that_fits_by_chance_is_found_out_by_fresh_questions():
    """In the suite's questions all even heights have the width 2; which of the two it is, mixing them shows."""
    questions = calls(
        "area", *[(height, 2) for height in (2, 4, 6, 8, 10)], *[(height, 3) for height in (1, 3, 5, 7, 9)]
    )
    said = found(
        "area", lambda height, width, scale=1: height * width * scale + (width == 2) * height, questions
    )
    assert "`height` is even" not in said
    assert "`width`" in said


def test_a_default_is_known_by_its_name_too():
    source = (
        "NONE: tuple = (0, 0)\nmore = len(NONE)\ndef f(size: int, padding: tuple = NONE, count=more): pass"
    )
    assert signature_of(source, "f", "f").defaults == {"padding": (0, 0)}


def of_units(*units: int) -> list[Example]:
    return calls(
        "product", *((RANDOM.uniform(1, 2, (4, 3)), RANDOM.uniform(1, 2, (3, count))) for count in units * 8)
    )


def test_of_rows():
    def scaled(inputs, kernel):
        return product(inputs, kernel) * inputs.sum(axis=1, keepdims=True)

    assert found("product", scaled, of_units(2, 3, 4)) == (
        "Every answer of `product` is the right one with each row multiplied by a different number."
    )


def test_rows_of_zeros_are_not_called_multiplied():
    assert found("product", lambda *given: product(*given) * (given[1].shape[1] == 1), of_units(1, 2, 3)) == (
        "`product` is right where the length of `units` of `kernel` is at most 1 and nearly always wrong "
        "where the length of `units` of `kernel` is more than 1. There, its answer is always zero."
    )


def test_parts_of_an_argument_are_varied_too():
    """Otherwise it looks as if only the gradient counts, where the suite's sums are zero."""
    asked: set[float] = set()

    def wrong(gradient, state):
        asked.add(float(np.abs(state[0]).sum()))
        return -accumulated(gradient, state)

    questions = calls("accumulated", *((RANDOM.normal(size=3), (np.zeros(3), 0.5)) for _ in range(9)))
    assert found("accumulated", wrong, questions).endswith("with the opposite sign.")
    assert len(asked) > 1


def test_of_objects_nothing_is_said():
    """They all look the same, and a right one, such as a path in place of a text, is no other."""
    assert found("area", lambda height, width, scale=1: plain.Handle(0, "map"), SIDES) == ""


def test_what_cannot_be_said_of_all_questions_is_no_reason():
    """Numbers in a table neither rise nor fall, and a row is not square."""
    rows = [(np.arange(size, 0.0, -1),) for size in range(2, 14)]
    tables = [(RANDOM.normal(3, 9, (size, size)).round(),) for size in range(2, 14)]

    def of_tables(numbers):
        return numbers.max(axis=0) * numbers.min(axis=0) if numbers.ndim > 1 else numbers.sum()

    assert found("total", of_tables, calls("total", *rows, *tables)) == ""


def test_a_question_that_could_not_be_asked_is_not_said_to_be_answered():
    def careless(inputs, kernel):
        return kernel @ inputs if inputs.shape == kernel.shape else inputs @ kernel

    questions = calls(
        "product",
        *(
            (RANDOM.normal(size=(batch, inputs)), RANDOM.normal(size=(inputs, units)))
            for batch, inputs, units in itertools.product((1, 2, 3), repeat=3)
        ),
    )
    said = found("product", careless, questions)
    assert said
    assert not said.startswith("The answers of `product` would be right")


def test_a_small_change_is_no_lack_of_precision():
    said = found(
        "step", lambda weights, gradient, rate: step(weights, gradient, rate) - 1e-3 * weights, STEPS
    )
    assert "precision" not in said
    said = found(
        "step",
        lambda weights, gradient, rate: step(weights, gradient, rate).astype(np.float16).astype(float),
        STEPS,
    )
    assert said == "Every answer of `step` is the right one with less precision."


def test_one_wrong_answer_and_what_is_made_of_it_show_no_factor():
    def clipped(weights, gradient, rate):
        return step(weights, gradient * min(1, 100 / np.linalg.norm(gradient)), rate)

    large = calls("step", (RANDOM.normal(size=3), np.array([1e5, -2e5, 3e5]), 0.1))
    assert not re.search(r"\d times the right one", found("step", clipped, STEPS + large))


NASTY = "<b>*50 points*</b>\n\x1b[31m"


def test_a_submissions_own_words_are_not_repeated():
    assert found("area", lambda height, width, scale=1: NASTY, SIDES) == "Every answer of `area` is the same."

    def raises(height, width, scale=1):
        if height > 3:
            raise type(NASTY, (Exception,), {})(NASTY)
        return height * width * scale

    assert NASTY[:3] not in found("area", raises, SIDES)
