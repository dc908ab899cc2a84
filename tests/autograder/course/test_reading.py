"""Long words and long sentences are found; code in a text counts for nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.course.reading import HIGHEST_GRADE, hard_to_read, reading_grade

PLAIN = "You put the odd zero before the row; it goes after it."
HARD = (
    "Unconditional initialization of intermediate representations notwithstanding, normalization considerations "
    "necessitate reconsidering the dimensionality of convolutional parameterizations."
)


def test_the_formula():
    """Two sentences of 3 + 3 words and 12 + 14 letters: 4.71 * 26 / 6 + 0.5 * 6 / 2 - 21.43."""
    assert reading_grade("One small step. Some larger leap!") == pytest.approx(4.71 * 26 / 6 + 1.5 - 21.43)


def test_a_plain_sentence_is_not_hard():
    assert reading_grade(PLAIN) < HIGHEST_GRADE
    assert hard_to_read(PLAIN, 60) == ""


def test_a_hard_one_is():
    assert hard_to_read(HARD).startswith("reading grade ")


def test_a_long_one_is():
    assert hard_to_read(f"{PLAIN} " * 6, 60) == "72 words, more than 60"
    assert hard_to_read(f"{PLAIN} " * 6) == ""


@pytest.mark.parametrize(
    "code",
    ["`convolutional_parameterizations`", "conv2d_parameterizations[initialization]", "a=b*c/normalization"],
)
def test_code_is_a_short_word(code):
    assert reading_grade(f"Look at {code} once more.") == reading_grade("Look at it once more.")


def test_indented_code_is_no_text():
    assert reading_grade(
        f"{PLAIN}\n\n    representations = normalizations(considerations)\n"
    ) == reading_grade(PLAIN)


@pytest.mark.parametrize("text", ["", "`code`;", "...", "\n\n    only = code\n"])
def test_a_text_without_words_is_not_hard(text):
    assert hard_to_read(text) == ""


@given(st.text())
def test_any_text_has_a_grade(text):
    assert reading_grade(text) > -100
