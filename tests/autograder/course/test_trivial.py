"""Answers that compute nothing stand in the place of everything unwritten, and run."""

from __future__ import annotations

import importlib
import sys

import numpy as np
import pytest

from autograder.course import trivial_answers
from autograder.course.trivial import trivial_files, trivial_names

STUB = '''"""A stub."""

from __future__ import annotations


def pad(row, amount=1, *more, key=0, **others):
    """Unwritten."""
    # YOUR CODE HERE
    raise NotImplementedError()


def given():
    """Given."""
    return 7


class Store:
    """A class."""

    def __init__(self, size):
        """Unwritten."""
        # YOUR CODE HERE
        raise NotImplementedError()

    def get(self, name):
        """Unwritten."""
        # YOUR CODE HERE
        raise NotImplementedError()
'''


@pytest.fixture
def module(tmp_path, monkeypatch):
    """Return the module of the stub with a trivial answer."""
    monkeypatch.syspath_prepend(tmp_path)

    def module(answer):
        for name, content in trivial_files(STUB, "stub", answer).items():
            (tmp_path / name).write_bytes(content)
        # In a submission's own process, it is new.
        sys.modules.pop("trivial_answers", None)
        names = {"__name__": "stub"}
        exec(compile((tmp_path / "stub.py").read_text(), "stub.py", "exec"), names)
        return names

    return module


def test_everything_unwritten_answers_and_nothing_else(module):
    names = module("zero")
    assert names["pad"]([1, 2], 3, 4, 5, key=6, other=7) == 0
    assert names["given"]() == 7
    store = names["Store"](size=4)
    assert (store.size, store.get("a")) == (4, 0)


def test_arguments_are_handed_back(module):
    assert module("all_arguments")["pad"]([1], 2, 3, key=4, other=5) == ([1], 2, (3,), 4, {"other": 5})
    names = module("first_argument")
    assert names["pad"]([1], 2) == [1]
    store = names["Store"](3)
    assert store.get("a") is store
    assert module("first_argument_twice")["pad"]([1], 2) == ([1], [1])


def test_the_first_call_is_remembered(module):
    pad = module("remembered")["pad"]
    first = object()
    assert [pad(first), pad([2]), pad([3])] == [first] * 3


def test_arrays_are_of_the_shape_that_is_asked_for(module):
    image = np.ones((2, 3))
    assert np.array_equal(module("zeros")["pad"](image), np.zeros((2, 3)))
    assert np.array_equal(module("ones")["pad"](1, (4, 5)), np.ones((4, 5)))
    assert np.isnan(module("all_nan")["pad"]([3, (image,)])).all()
    assert [array.shape for array in module("two_arrays")["pad"]({"a": image})] == [(2, 3)] * 2


@pytest.mark.parametrize("answer", trivial_names())
def test_every_answer_can_be_given(module, answer):
    names = module(answer)
    for arguments in ([], [3, "SAME"], [np.ones((2, 2)), (3, 4), np.random.default_rng(1)], [[], {}, None]):
        names["pad"](*arguments) if arguments else names["Store"](1).get("a")


def test_guesses_are_the_same_in_every_run():
    """Each examination has a process of its own, which begins with the same state."""

    def guessed():
        module = importlib.reload(trivial_answers)
        return [(module.guessed_number(), module.guessed_pair(), module.guessed_truths()) for _ in range(9)]

    assert guessed() == guessed()
