"""What a suite's comparison accepts, and what it says where it does not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder import bad_input, close, expect_array, expect_values, same
from autograder.suite.expected import WrongAnswer, describe

ACCEPTED = [
    ((1, 2), (1, 2)),
    ([1, 2], (1, 2)),
    (np.array([1, 2]), (1, 2)),
    ((np.int64(1), 2.0), (1, 2)),
    (np.float32(3), 3),
    (np.array(3), 3),
    ([[1, 2], [3, 4]], np.array([[1.0, 2.0], [3.0, 4.0]])),
    (np.array([1, 2], np.float64), np.array([1, 2], np.float32)),
    (np.array([np.inf, -np.inf]), np.array([np.inf, -np.inf])),
    ({"a": [1]}, {"a": (1,)}),
    ("text", "text"),
    (None, None),
    ((np.array([1.0]), 1), (np.array([1.0]), 1)),
    (2**80, 2**80),
]
REJECTED = [
    (None, (1, 2), "it returned None: is a `return` missing?"),
    ((1, None), (1, 2), "it returned None at [1]"),
    ((1, 2, 3), (1, 2), "3 values, expected 2"),
    ((2, 1), (1, 2), "2 at [0], expected 1"),
    (3, (1, 2), "expected 2 values, not 3 (int)"),
    ("3", 3, "expected a number, not '3' (str)"),
    (True, 1, "expected a number, not True"),
    (1, True, "expected True or False, not 1"),
    (np.zeros((2, 1)), np.zeros((1, 2)), "the shape is (2, 1), expected (1, 2)"),
    (np.array([1, 5, 6]), np.array([1, 2, 3]), "2 of 3 elements differ, the first at [1]: 5, expected 2"),
    ([[1], [2, 3]], np.zeros((2, 1)), "the lists have different lengths"),
    (7, np.zeros(2), "expected an array of shape (2,), not 7 (int)"),
    ({"a": 1}, {"b": 1}, "the dict lacks the key 'b' and has the extra key 'a'"),
    ({"a" * 10**6: 1}, {"b": 1}, "the dict lacks the key 'b' and has the extra key 'aaa"),
    (float("nan"), 1.0, "nan, expected 1.0"),
    (np.zeros((2, 3)), (np.zeros(3), 3), "one array of shape (2, 3) came back, expected 2 values"),
    (float("nan"), float("nan"), "nan, expected a number"),
    (np.array([1, np.nan]), np.array([1, np.nan]), "the first at [1]: nan, expected a number"),
    ([np.nan], [np.nan], "nan at [0], expected a number"),
    (2**80 + 1, 2**80, f"{2**80 + 1}, expected {2**80}"),
]


@pytest.mark.parametrize(("actual", "expected"), ACCEPTED)
def test_any_form_of_a_right_answer_is_accepted(actual, expected):
    assert actual == same(expected)
    assert actual == close(expected)


@pytest.mark.parametrize(("actual", "expected", "text"), REJECTED)
def test_a_wrong_answer_is_told_in_one_line(actual, expected, text):
    difference = same(expected).difference(actual)
    assert text in difference.text
    assert "\n" not in difference.text
    assert len(difference.text) < 200


@given(number=st.floats(-1e6, 1e6), error=st.floats(1e-2, 1))
def test_close_allows_rounding_and_no_more(number, error):
    assert number * (1 + 1e-6) == close(number)
    assert number + error * (1 + abs(number)) != close(number)


def test_shapes_are_checked_before_arithmetic():
    assert expect_array([[1, 2]], (1, 2)).shape == (1, 2)
    assert expect_values([1, 2], 2) == (1, 2)
    for wrong in (None, 3, "text", np.zeros(3), np.zeros((2, 2))):
        with pytest.raises(WrongAnswer):
            expect_array(wrong, (1, 2))
        with pytest.raises(WrongAnswer):
            expect_values(wrong, 2)


@pytest.mark.parametrize(
    ("error", "accepted"),
    [
        (ValueError("stride must be positive, not 0"), True),
        (ValueError("stride must be positive"), False),
        (ValueError("not 0"), False),
        (TypeError("stride 0"), False),
        (None, False),
    ],
)
def test_bad_input_wants_the_name_and_the_value(error, accepted):
    def check():
        with bad_input("stride", 0):
            if error:
                raise error

    if accepted:
        check()
    else:
        with pytest.raises(WrongAnswer):
            check()


@pytest.mark.parametrize(
    ("wanted", "raised", "said"),
    [
        ({}, None, "expected a ValueError; no error was raised"),
        ({"error": KeyError}, None, "expected a KeyError; no error was raised"),
        ({"error": KeyError}, ValueError(), "expected a KeyError, not ValueError"),
        (
            {"argument": "conv2", "error": KeyError},
            KeyError("conv1"),
            "expected a KeyError with `conv2` in its message; the message is \"'conv1'\"",
        ),
        ({}, ValueError(), ""),
        ({"argument": "conv2", "error": KeyError}, KeyError("no layer conv2"), ""),
    ],
)
def test_an_error_of_another_class_or_with_any_message(wanted, raised, said):
    said_now = ""
    try:
        with bad_input(**wanted):
            if raised:
                raise raised
    except WrongAnswer as error:
        said_now = str(error)
    assert said_now == said


@pytest.mark.parametrize("value", [np.nan, np.array([1, np.nan]), (1, np.nan), {"a": np.nan}])
def test_nan_is_an_answer_only_by_choice(value):
    assert value != same(value)
    assert value != close(value)
    assert value == same(value, equal_nan=True)
    assert value == close(value, equal_nan=True)


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf])
def test_no_test_computes_with_a_number_that_is_not_finite(number):
    with pytest.raises(WrongAnswer, match=rf"not every number is finite: {number} at \[1\]"):
        expect_array(np.array([1, number]), (2,))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (np.array([[1.0, 10.0], [0.25, -3.0]]), "[[1., 10.], [0.25, -3.]] (float64 array of shape (2, 2))"),
        (np.arange(50), "int64 array of shape (50,)"),
        (np.zeros((0, 3)), "float64 array of shape (0, 3)"),
        (np.array(3.5), "3.5"),
        (
            {"a": np.zeros(2), "b": [np.zeros((9, 9))]},
            "{'a': array([0., 0.]), 'b': [float64 array of shape (9, 9)]}",
        ),
    ],
)
def test_an_array_that_fits_is_shown_with_its_numbers(value, text):
    assert describe(value) == text
    assert len(describe(value, 20)) <= 20 or isinstance(value, np.ndarray)
