"""The course's own drawings: what a failing call of `same_padding`, `conv2d` or a pooling looks like."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from markupsafe import Markup

from autograder.protocol.failure import Failure, Outcome
from autograder.reports.drawing import read_drawings
from autograder.suite.transcript import Call, Transcript
from tests.autograder.tiny import KIT

DRAWINGS = read_drawings(KIT, ["padding", "convolution", "pooling", "dense"])


def drawn(call: Call, index: tuple[int, ...] | None = None) -> Markup | None:
    """What the course draws of a call with a wrong answer."""
    failure = Failure(
        Outcome.WRONG,
        reason=f"3 of 4 elements differ, the first at {index}: 7.0, expected 21.0",
        calls=Transcript(calls=[call]).shown(0),
        expected="21.0",
        index=index,
    )
    return DRAWINGS[call.name.partition(".")[0]](failure)


def a_call(name: str, *args: Any, answer: Any = None) -> Call:
    return Call(name, args, {}, name.partition(".")[2], answered=True, answer=answer)


def test_a_course_draws_the_exercises_that_it_has_a_file_for(tmp_path):
    assert list(DRAWINGS) == ["padding", "convolution", "pooling"]
    assert read_drawings(tmp_path, ["padding"]) == {}


@pytest.mark.parametrize(
    ("name", "args", "answer", "words"),
    [
        ("same_padding", (6, 3, 2), (1, 0), "1 zero before, 6 pixels, no zeros after"),
        ("same_padding", (6, 3, 2), [0, 1], "the window of 3 has 3 positions"),
        ("same_padding", (6, 3, 2), (-1, 0), None),
        ("same_padding", (6, 3, 2), None, None),
        ("same_padding", (6, 3, 2), (1, 0, 0), None),
        ("same_padding", (6, 3, 2), (0.5, 0.5), None),
        ("same_padding", (6, 3), (1, 0), None),
        ("same_padding", (600, 3, 2), (1, 0), None),
        ("same_padding", (6, 3, 0), (1, 0), None),
        ("same_padding", (6, 3, "x"), (1, 0), None),
        ("output_size", (6, 3, 2, "SAME"), 3, None),
        ("zeros_in", (6, 3, 2), (1, 0), None),
    ],
)
def test_a_padded_row_is_drawn(name, args, answer, words):
    found = drawn(a_call(f"padding.{name}", *args, answer=answer))
    assert (words in found) if words else found is None


def test_a_call_that_gave_no_answer_is_not_drawn():
    call = Call("padding.same_padding", (6, 3, 2), {}, "same_padding", outcome="ValueError: no")
    assert drawn(call) is None


IMAGE = np.array([7, -3, 2], np.float32).reshape(1, 1, 3, 1)
LARGE = np.zeros((2, 6, 9, 3), np.float32)
KERNEL = np.array([0, 1], np.float32).reshape(1, 2, 1, 1)
BIAS = np.array([-7], np.float32)


@pytest.mark.parametrize(
    ("call", "index", "pixels", "zeros", "frame"),
    [
        # Three pixels; at its second position a kernel of two covers the last two.
        (a_call("convolution.conv2d", IMAGE, KERNEL, BIAS), (0, 0, 1, 0), 3, 0, (26, 0, 52, 26)),
        (a_call("convolution.conv2d", IMAGE, KERNEL, BIAS, (1, 2)), (0, 0, 0, 0), 3, 0, (0, 0, 52, 26)),
        # The padded pixels are counted: the second window begins at pixel 3, two of which are padded ones.
        (
            a_call("pooling.max_pool", IMAGE, (1, 3), (1, 3), ((0, 0), (2, 1))),
            (0, 0, 1, 0),
            3,
            3,
            (78, 0, 78, 26),
        ),
        # One padded row, below the image.
        (
            a_call("pooling.max_pool", LARGE, (3, 3), (2, 3), ((0, 1), (0, 0))),
            (1, 2, 1, 2),
            54,
            9,
            (78, 104, 78, 78),
        ),
        (a_call("pooling.average_pool", LARGE), (1, 2, 1, 2), 54, 0, (52, 104, 52, 52)),
    ],
)
def test_the_pixels_behind_a_wrong_element_are_drawn(call, index, pixels, zeros, frame):
    found = drawn(call, index)
    assert (found.count('class="pixel"'), found.count('class="zero"')) == (pixels, zeros)
    x, y, width, height = frame
    assert f'<rect x="{x + 1}" y="{y + 1}" width="{width - 2}" height="{height - 2}" class="frame"/>' in found
    assert f"Element {list(index)} is wrong" in found
    assert "21.0" not in found
    assert (">-3</text>" in found) == (call.args[0] is IMAGE)


def test_padded_pixels_stand_before_and_after_the_others():
    found = drawn(a_call("pooling.average_pool", IMAGE, (1, 3), (1, 1), ((0, 0), (2, 1))), (0, 0, 0, 0))
    assert re.findall(r'class="(zero|pixel)"', found) == ["zero"] * 2 + ["pixel"] * 3 + ["zero"]


def test_an_image_of_which_no_numbers_are_kept_is_drawn_without_them():
    found = drawn(a_call("pooling.max_pool", np.full((2, 20, 20, 1), 5.0)), (0, 0, 0, 0))
    assert found.count('class="pixel"') == 400
    assert "</text>" not in found


@pytest.mark.parametrize(
    ("call", "index"),
    [
        (a_call("pooling.max_pool", LARGE), None),
        (a_call("pooling.max_pool", LARGE, (2, 2)), (0, 0, 0, 0)),
        (a_call("pooling.max_pool", LARGE, (2, 2), (0, 2), ((0, 0), (0, 0))), (0, 0, 0, 0)),
        (a_call("pooling.max_pool", np.zeros((1, 30, 30, 1))), (0, 0, 0, 0)),
        (a_call("pooling.max_pool", np.zeros((1, 1, 1, 1)), (1, 1), (1, 1), ((0, 0), (0, 0))), (0, 0, 0, 0)),
        (a_call("pooling.pool_shape", LARGE), (0, 0, 0, 0)),
        (a_call("convolution.conv2d", [[1.0]], KERNEL, BIAS, (1, 1)), (0, 0, 0, 0)),
        (a_call("convolution.conv2d", IMAGE, KERNEL), (0, 0, 0, 0)),
        (a_call("convolution.conv2d", IMAGE, BIAS, BIAS), (0, 0, 0, 0)),
        (a_call("convolution.conv2d", IMAGE, np.zeros((1, 2, 1)), BIAS), (0, 0, 0, 0)),
    ],
)
def test_what_cannot_be_drawn_is_described_in_words(call, index):
    assert drawn(call, index) is None
