"""How hard right answers are to guess: by the bit, whatever their form."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.suite.expected import Expected, close, same
from autograder.suite.guessing import Guesses
from autograder.suite.transcript import Call, Transcript

RNG = np.random.default_rng(1)


def bits(*answers: Expected, questions: list[tuple] | None = None) -> float:
    """The bits of a test with these right answers, each to another question."""
    transcript = Transcript()
    guesses = Guesses(transcript)
    for answer, question in zip(answers, questions or enumerate(answers), strict=True):
        transcript.calls = [Call("padding.pad", tuple(question), {}, "pad", "padding.pad")]
        guesses.add(answer)
    return guesses.bits()


def test_a_constant_is_no_secret():
    assert bits(*[same(3)] * 50) == 0
    assert bits(*[same((True, False))] * 50) == 0
    assert bits(*[close(np.zeros((3, 4)))] * 50) == 0


def test_one_truth_is_one_bit():
    assert bits(same(True)) == 1
    answers = [same(bool(number)) for number in RNG.integers(0, 2, 200)]
    assert bits(*answers) == pytest.approx(200, rel=0.05)


def test_whole_numbers_are_drawn_from_their_range():
    assert bits(same(7)) == 3
    assert bits(*(same(number) for number in (0, 1, 2, 3, 4, 5, 6, 7))) == 24


def test_fractions_are_right_within_their_tolerance():
    """In 0 to 1 there are 50 of the length 0.02."""
    one = bits(close(1.0, rtol=0, atol=0.01))
    assert one == pytest.approx(np.log2(51), abs=1e-6)
    assert bits(close(1.0)) > one


def test_the_numbers_of_an_array_are_guessed_one_by_one():
    answer = RNG.integers(0, 8, 64)
    assert bits(same(answer)) == pytest.approx(64 * 3, rel=0.1)
    # The other right answers are known: mostly zeros are zeros.
    assert bits(same(np.eye(8))) < 64


def test_positions_are_guessed_apart():
    """A second number that is always 5 needs no guess."""
    assert bits(*(same((number, 5)) for number in range(8))) == bits(*(same(number) for number in range(8)))
    assert bits(*(same({"n": number, "five": 5}) for number in range(8))) == 24


def test_a_question_that_comes_again_is_guessed_once():
    answers = [same(1), same(2), same(1), same(2)]
    once = bits(*answers[:2])
    assert bits(*answers, questions=[(1,), (2,), (1,), (2,)]) == once
    assert bits(*answers, questions=[(np.ones(2),), ([2],), (np.ones(2),), ([2],)]) == once


def test_texts_and_nothing_at_all():
    assert bits(same("a"), same("b"), same(None)) == 3
    assert bits(same(np.zeros((0, 3))), same(()), same([])) == 0
