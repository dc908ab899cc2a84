"""What a failure keeps of the calls: texts that read the same in every run, data of the last call, numbers that fit."""

from __future__ import annotations

import math
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.protocol import messages
from autograder.protocol.failure import Failure, Outcome, ShownCall, Value
from autograder.suite.expected import same
from autograder.suite.transcript import Call, Transcript


def a_call(*args: Any, answer: Any = None, **kwargs: Any) -> Call:
    return Call("padding.pad", args, kwargs, "pad", answered=True, answer=answer)


def last(*args: Any, **kwargs: Any) -> ShownCall:
    """The last call as a failure holds it."""
    (shown,) = Transcript(calls=[a_call(*args, **kwargs)]).shown(0)
    return shown


def data(value: Any) -> Any:
    """What is kept of an answer, beside its text."""
    answer = last(answer=value).answer
    assert answer is not None
    return answer.data


# Texts.


def test_a_folder_is_called_folder_wherever_it_is_named():
    one, other = "/tmp/workspace-x7a", "/tmp/workspace-q_2"
    transcript = Transcript(folders=[one, other])
    transcript.calls = [
        a_call(one, f"{other}/step", to=other, answer=[f"{one}/a", other]),
        Call("checkpoints.load", (other,), {}, outcome=f"OSError: {other}/b: no such file"),
    ]
    first, second = transcript.shown(1)
    assert str(first) == "padding.pad('folder', 'folder_2/step', to='folder_2')"
    assert first.outcome == "['folder/a', 'folder_2']"
    assert str(second) == "checkpoints.load('folder_2')"
    assert second.outcome == "OSError: folder_2/b: no such file"
    # In the data too, or a record would differ from run to run.
    assert second.arguments[0].data == "folder_2"
    assert transcript.text(f"{one} is not {other}") == "folder is not folder_2"


def test_an_argument_is_short_and_an_array_is_named_by_its_shape():
    call = last("a" * 200, np.zeros((3, 40)), np.array([1, 2]), image=np.zeros((1, 2, 2, 1)))
    long, large, small = call.arguments
    assert (len(long.text), long.text[-1]) == (70, "…")
    assert large == Value("float64 array of shape (3, 40)", np.zeros((3, 40)).tolist(), (3, 40))
    assert small.text == "[1, 2] (int64 array of shape (2,))"
    assert call.keywords["image"].shape == (1, 2, 2, 1)


def test_arrays_are_shown_as_long_as_the_arguments_fit_on_a_line():
    images = np.arange(8.0).reshape(1, 2, 2, 2) / 4
    call = last(images, images, images, stride=2)
    numbers = "[[[[0., 0.25], [0.5, 0.75]], [[1., 1.25], [1.5, 1.75]]]]"
    shape = "float64 array of shape (1, 2, 2, 2)"
    assert [value.text for value in call.arguments] == [f"{numbers} ({shape})"] * 2 + [shape]
    assert call.keywords["stride"].text == "2"
    many = np.arange(25).reshape(5, 5)
    assert last(many).arguments[0].text.startswith("[[0, 1, 2, 3, 4], [5, 6,")
    assert last(answer=many).outcome.startswith("[[0, 1, 2, 3, 4], [5, 6,")


@given(
    arrays=st.lists(st.lists(st.integers(0, 60), min_size=1, max_size=4), max_size=6),
    scale=st.sampled_from([1, 1 / 3, 1e20]),
)
def test_no_line_is_wide(arrays, scale):
    """Whatever is shown, only shapes and short values go beyond."""
    values = [np.arange(np.prod(shape) % 5000).astype(float) * scale for shape in arrays]
    call = last(*values, answer=values)
    shown = sum(len(value.text) for value in call.arguments if value.text.startswith("["))
    assert shown <= 200
    assert len(call.outcome) <= 160


# Data.


def test_only_the_last_call_keeps_its_data():
    transcript = Transcript(calls=[a_call(n, by=n, answer=n) for n in range(5)])
    *earlier, final = transcript.shown(3)
    assert [call.arguments[0].text for call in earlier] == ["1", "2", "3"]
    assert all(call.answer is None for call in earlier)
    assert all(value.data is None for call in earlier for value in (*call.arguments, call.keywords["by"]))
    assert [call.outcome for call in earlier] == ["1", "2", "3"]
    assert (final.arguments[0].data, final.keywords["by"].data, final.answer.data) == (4, 4, 4)


@given(calls=st.integers(0, 6), most=st.integers(0, 6))
def test_the_last_call_and_so_many_before_it_are_shown(calls, most):
    transcript = Transcript(calls=[a_call(n) for n in range(calls)])
    shown = [int(call.arguments[0].text) for call in transcript.shown(most)]
    assert shown == list(range(calls))[-1 - most :]


def test_a_call_without_an_answer_keeps_what_was_raised():
    call = Call("padding.pad", (1,), {}, "pad", outcome="ValueError: no")
    (shown,) = Transcript(calls=[call]).shown(0)
    assert (shown.answer, shown.outcome) == (None, "ValueError: no")
    (shown,) = Transcript(calls=[a_call(answer=None)]).shown(0)
    assert (shown.answer, shown.outcome) == (Value("None"), "None")


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (3, 3),
        (True, True),
        ("SAME", "SAME"),
        ((1, 2.5), [1, 2.5]),
        (np.float32(1.5), 1.5),
        (np.array([[1, 2], [3, 4]]), [[1, 2], [3, 4]]),
        (np.array(3), 3),
        ([np.array([1.5]), (True,)], [[1.5], [True]]),
        ([], []),
    ],
)
def test_numbers_texts_and_lists_of_these_are_kept(value, kept):
    assert data(value) == kept
    assert type(data(value)) is type(kept)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_number_that_is_not_finite_is_kept_as_a_text(value):
    """JSON has no such number."""
    assert data(value) == str(value)
    assert data(np.array([[value], [1.0]])) == [[str(value)], [1.0]]
    assert data([1, np.float32(value)]) == [1, str(value)]


@pytest.mark.parametrize(
    "value",
    [
        None,
        1j,
        b"bytes",
        {"a": 1},
        [1, None],
        [1, {"a": 1}],
        np.array([1j]),
        np.zeros(601),
        np.zeros((7, 10, 10)),
        [0] * 601,
        [[0] * 301, [0] * 301],
        [[]] * 601,
        [np.zeros(301), np.zeros(301)],
        "a" * 201,
        ["a" * 201],
        2**63,
        -(2**64),
        [2**2000],
    ],
    ids=lambda value: f"{type(value).__name__}-{str(value)[:9]}",
)
def test_what_is_large_or_an_object_is_kept_as_a_text_alone(value):
    assert data(value) is None
    assert last(answer=value).answer.text


def test_what_just_fits_is_kept():
    for value in ([0] * 600, [[0] * 300, [0] * 300], "a" * 200, 2**63 - 1, 1 - 2**63):
        assert data(value) == value


numbers = st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=5)
answers = st.recursive(
    numbers,
    lambda inner: (
        st.lists(inner, max_size=4) | st.lists(inner, max_size=3).map(tuple) | st.just(np.arange(3))
    ),
    max_leaves=8,
)


@given(answer=answers)
def test_whatever_comes_back_a_record_and_a_message_can_hold_it(answer):
    transcript = Transcript(calls=[a_call(answer, by=answer, answer=answer)])
    failure = Failure(Outcome.WRONG, calls=transcript.shown(3))
    assert msgspec.json.decode(msgspec.json.encode(failure), type=Failure) == failure
    result = messages.Result("a", failure, "", 0.0, [], [])
    assert messages.decode_report(messages.encode(result)) == result


# Random numbers.


def test_the_numbers_that_a_generator_drew_are_known():
    rng, numbers = np.random.default_rng(1), np.arange(3.0)
    assert a_call((3,), rng, answer=numbers).drawn is numbers
    assert a_call((3,), rng=rng, answer=numbers).drawn is numbers
    assert a_call((3,), answer=numbers).drawn is None
    assert a_call((3,), rng, answer=[1.0]).drawn is None
    assert last((3,), rng).arguments[1] == Value("default_rng(1)")


# Examples and tests.


def test_an_example_that_was_kept_comes_back_whole():
    transcript = Transcript(calls=[a_call(1)], expected="5", difference=same(5).difference(4), folders=["/a"])
    example = transcript.example()
    transcript.begin_example()
    assert (transcript.calls, transcript.folders, transcript.expected) == ([], [], "")
    assert transcript.difference is None
    transcript.calls.append(a_call(2))
    transcript.restore(example)
    assert [call.args for call in transcript.calls] == [(1,)]
    assert (transcript.folders, transcript.expected, transcript.difference.text) == (
        ["/a"],
        "5",
        "4, expected 5",
    )
    # And may come back again.
    transcript.begin_example()
    transcript.restore(example)
    assert [call.args for call in transcript.calls] == [(1,)]


def test_what_was_called_is_remembered_through_all_examples_of_a_test():
    transcript = Transcript(called={"padding.pad"}, returned={"padding.pad"})
    transcript.begin_example()
    assert transcript.called == transcript.returned == {"padding.pad"}
    transcript.begin_test()
    assert transcript.called == transcript.returned == set()
