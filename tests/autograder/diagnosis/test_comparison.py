"""Two sets of answers: what counts as the same by values, by types, by how they repeat, by the very numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hypothesis_numpy

from autograder.diagnosis.comparison import same_digits, same_numbers, same_repeats, same_types, same_values
from autograder.diagnosis.examples import Step
from autograder.protocol import plain

ALL = (same_values, same_types, same_repeats, same_numbers, same_digits)

arrays = hypothesis_numpy.arrays(
    st.sampled_from([np.bool_, np.int8, np.int64, np.float32, np.float64]),
    hypothesis_numpy.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4),
)
objects = st.builds(plain.Handle, st.integers(0, 9), st.sampled_from(["Tally", "Chain"]))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | arrays | objects,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)
replies = st.one_of(
    st.none(),
    st.fixed_dictionaries({"value": values}),
    st.fixed_dictionaries({"value": values, "changed": st.just([0])}),
    st.fixed_dictionaries({"raised": st.sampled_from(["ValueError", "KeyError"]), "text": st.text()}),
)


def step(reply: dict[str, Any] | None, random: bool = False, do: str = "CallFunction") -> Step:
    return Step({"do": do}, reply, "f", random)


def agree(comparison, one: Any, other: Any, random: bool = False) -> bool:
    """Whether two values agree, each the only answer."""
    return comparison([step({"value": one}, random)], [{"value": other}])


def noise(seed: int, count: int = 1000) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=count)


# Laws.


@pytest.mark.parametrize("comparison", ALL)
@given(found=st.lists(st.tuples(replies, st.booleans()), max_size=3))
def test_answers_agree_with_themselves(comparison, found):
    assert comparison([step(reply, random) for reply, random in found], [reply for reply, _ in found])


@pytest.mark.parametrize("finer", ALL[1:])
@given(one=replies, other=replies, random=st.booleans())
def test_what_agrees_in_more_agrees_in_values(finer, one, other, random):
    steps = [step(one, random)]
    assert same_values(steps, [other]) or not finer(steps, [other])


@given(one=values, other=values)
def test_without_chance_the_numbers_are_the_values(one, other):
    assert agree(same_numbers, one, other) == agree(same_values, one, other)


@given(numbers=hypothesis_numpy.arrays(np.float64, st.integers(1, 40), elements=st.floats(-9, 9)))
def test_the_order_of_random_numbers_is_chance(numbers):
    assert agree(same_values, numbers, numbers[::-1].copy(), random=True)


@given(found=st.lists(st.lists(st.integers(), max_size=2).map(tuple), min_size=1, max_size=3))
def test_a_list_in_place_of_a_tuple_is_the_same_value_of_another_type(found):
    other = [list(item) for item in found]
    assert agree(same_values, found, other)
    assert not agree(same_types, found, other)


# Values.


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1.0, 1.000001),
        ((1, 2), [1, 2]),
        (np.float32([1, 2]), np.float64([1, 2])),
        (plain.Tensor(np.ones(2)), np.ones(2)),
        (plain.Handle(1, "Tally"), plain.Handle(2, "Counter")),
        (float("nan"), float("nan")),
    ],
)
def test_the_same_value(one, other):
    assert agree(same_values, one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1.0, 1.01),
        (1, None),
        (1, "1"),
        (1, True),
        ([1, 2], [1]),
        ({"a": 1}, {"b": 1}),
        (np.ones(2), np.ones((1, 2))),
        (plain.Handle(1, "Tally"), 1),
    ],
)
def test_another_value(one, other):
    assert not agree(same_values, one, other)


def test_each_answer_is_compared_with_the_one_in_its_place():
    steps = [step({"value": 1}), step({"value": 2})]
    assert same_values(steps, [{"value": 1}, {"value": 2}])
    assert not same_values(steps, [{"value": 2}, {"value": 1}])


@pytest.mark.parametrize(
    "other",
    [
        None,
        {"value": 1, "changed": [0]},
        {"raised": "ValueError", "text": ""},
        {"end": True},
    ],
)
def test_a_reply_of_another_kind_is_not_the_same(other):
    assert not same_values([step({"value": 1})], [other])
    assert not same_values([step(other)], [{"value": 1}])


def test_which_arguments_were_changed_in_place_counts():
    steps = [step({"value": 1, "changed": [0]})]
    assert same_values(steps, [{"value": 1, "changed": [0]}])
    assert not same_values(steps, [{"value": 1, "changed": [1]}])


def test_an_exception_is_its_class_and_its_text_is_only_a_type():
    steps = [step({"raised": "ValueError", "text": "stride 0", "where": ["a.py", 3, "f"], "bases": []})]
    other = {"raised": "ValueError", "text": "no stride"}
    assert same_values(steps, [other])
    assert same_values(steps, [{"raised": "ValueError"}])
    assert not same_types(steps, [other])
    assert same_types(steps, [{**other, "text": "stride 0"}])
    assert not same_values(steps, [{**other, "raised": "TypeError"}])


def test_of_files_only_their_number_counts():
    steps = [step({"value": {"a.npz": 10, "b.npz": 20}}, do="ListFiles")]
    assert same_values(steps, [{"value": {"c.npy": 1, "d.npy": 2}}])
    assert not same_values(steps, [{"value": {"a.npz": 10}}])
    assert not same_values(steps, [{"value": ["a.npz", "b.npz"]}])


# Types.


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((1, 2), [1, 2]),
        (1, 1.0),
        (np.float32([1, 2]), np.float64([1, 2])),
        (plain.Tensor(np.ones(2)), np.ones(2)),
        ({"a": (1,)}, {"a": [1]}),
    ],
)
def test_the_same_value_of_another_type(one, other):
    assert agree(same_values, one, other)
    assert not agree(same_types, one, other)
    assert agree(same_types, one, one)


# Random numbers.


@pytest.mark.parametrize("seed", range(5))
def test_other_numbers_of_one_distribution_are_the_same_where_they_are_random(seed):
    assert agree(same_values, noise(seed), noise(seed + 100), random=True)
    assert not agree(same_values, noise(seed), noise(seed + 100))


def test_whole_numbers_may_be_of_the_distribution_of_floats():
    one, other = (np.random.default_rng(seed).integers(0, 10, 1000) for seed in range(2))
    assert agree(same_values, one, other.astype(np.float32), random=True)
    assert not agree(same_types, one, other.astype(np.float32), random=True)


def test_collections_of_random_numbers_are_compared_item_by_item():
    one = (noise(0), [noise(1)])
    assert agree(same_values, one, [noise(2), (noise(3),)], random=True)
    assert not agree(same_values, one, [noise(2), [noise(3) + 1]], random=True)
    assert not agree(same_values, one, [noise(2)], random=True)


@pytest.mark.parametrize(
    "other",
    [
        noise(1) + 1,
        noise(1) * 2,
        np.abs(noise(1)),
        noise(1, 999),
        noise(1).reshape(10, 100),
        np.random.default_rng(1).integers(-2, 3, 1000),
        noise(1).astype(complex),
    ],
    ids=["mean", "deviation", "sign", "count", "shape", "whole numbers", "complex"],
)
def test_another_distribution_is_not_the_same(other):
    assert not agree(same_values, noise(0), other, random=True)


def test_what_rounding_has_done_to_a_number_is_no_other_distribution():
    assert agree(same_values, np.full(1000, 0.1 + 0.2), np.full(1000, 0.3), random=True)
    ends = np.random.default_rng(0).integers(0, 2, 1000)
    others = np.random.default_rng(1).integers(0, 2, 1000)
    assert agree(same_values, np.array([0.0, 0.1 + 0.2])[ends], np.array([0.0, 0.3])[others], random=True)


def test_the_very_same_numbers_are_drawn_in_the_same_way():
    assert agree(same_numbers, noise(0), noise(0), random=True)
    assert not agree(same_numbers, noise(0), noise(1), random=True)


# Repeats.


def repeat_alike(theirs: list[np.ndarray], own: list[np.ndarray]) -> bool:
    steps = [step({"value": value}, random=True) for value in theirs]
    return same_repeats(steps, [{"value": value} for value in own])


def test_random_answers_repeat_in_the_same_steps():
    a, b, c, d = (noise(seed) for seed in range(4))
    assert repeat_alike([a, b], [c, d])
    assert repeat_alike([a, b, a], [c, d, c])
    assert not repeat_alike([a, a], [c, d])
    assert not repeat_alike([a, b], [c, c])
    assert not repeat_alike([a, b, a], [c, d, d])


def test_few_numbers_may_repeat_by_chance():
    a, b, c = (noise(seed, 7) for seed in range(3))
    assert repeat_alike([a, a], [b, c])


def test_answers_that_are_not_random_repeat_as_they_like():
    steps = [step({"value": np.full(9, 1.0)}), step({"value": np.full(9, 1.0 + 1e-7)})]
    assert same_repeats(steps, [{"value": np.full(9, 1.0)}] * 2)


def test_drawn_with_and_without_replacement_is_not_alike():
    draw = np.random.default_rng(0)
    once, again, replaced = draw.permutation(40), draw.permutation(40), draw.integers(0, 40, 40)
    assert repeat_alike([once], [again])
    assert agree(same_values, once, replaced, random=True)
    assert not repeat_alike([once], [replaced])


def test_the_digits_of_small_numbers():
    """A suite may ask for them where the other comparisons take small numbers for rounding errors."""
    small = 1e-12 * noise(1)
    rounded = small.astype(np.float32) * np.float32(1.001)
    assert agree(same_values, small, rounded)
    assert not agree(same_digits, small, rounded)
    assert agree(same_digits, small, small.astype(np.float32))
