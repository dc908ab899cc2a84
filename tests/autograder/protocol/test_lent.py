"""Lent arrays: a call gets them unchanged, and every change in place is seen, whatever the reply says."""

from __future__ import annotations

import os

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.protocol import plain
from autograder.protocol.calls import CallFunction, GetAttribute, Reply, pack_request, read_request
from autograder.protocol.lent import LentArrays, borrow
from tests.autograder.protocol.plain_values import any_values, number_arrays

ARRAY, OTHER = np.arange(6.0).reshape(2, 3), np.ones(3, np.int8)
DONE = plain.pack({"value": None})


class Pair:
    """Both ends: a suite that lends, and a candidate that is called."""

    def __init__(self):
        self.arrays = LentArrays()
        self.memory = borrow(self.arrays.file)

    def call(self, *args, **kwargs):
        """Return the arguments as the candidate gets them."""
        lent = self.arrays.lend(pack_request(CallFunction("a", "f", list(args), kwargs)))
        request, _ = read_request(lent, self.memory)
        return request.args, request.kwargs

    def changed(self, reply=DONE):
        return Reply.read(self.arrays.with_changes(reply)).changed


@pytest.fixture
def pair():
    made = Pair()
    yield made
    made.arrays.close()


@given(arrays=st.lists(number_arrays, max_size=4), others=st.lists(any_values, max_size=3))
def test_arguments_come_as_they_are(arrays, others):
    pair = Pair()
    sent = [*arrays, *others, (arrays, {"more": arrays})]
    args, kwargs = pair.call(*sent, key=sent)
    assert plain.pack(args) == plain.pack(sent)
    assert plain.pack(kwargs) == plain.pack({"key": sent})
    assert pair.changed() == ()
    pair.arrays.close()


def test_they_are_lent_and_not_sent(pair):
    assert len(pair.arrays.lend(pack_request(CallFunction("a", "f", [np.zeros(100_000)], {})))) < 200


@pytest.mark.parametrize(
    ("change", "label"),
    [
        (lambda args, kwargs: args[0].__setitem__((0, 0), 5), 0),
        (lambda args, kwargs: args[1][0].sort(), 1),
        (lambda args, kwargs: kwargs["key"]["deep"].fill(9), "key"),
    ],
)
def test_a_change_in_place_is_seen_with_its_argument(pair, change, label):
    args, kwargs = pair.call(ARRAY, [ARRAY[::-1, ::-1], 3], OTHER, key={"deep": OTHER})
    change(args, kwargs)
    assert pair.changed() == (label,)
    assert pair.changed(plain.pack({"value": 1, "changed": [2]})) == (label, 2)


def test_what_is_kept_stays_as_it_was_lent(pair):
    """A submission may keep an array, and look at it in a later call."""
    (kept,), _ = pair.call(ARRAY)
    pair.call(ARRAY * 0)
    assert np.array_equal(kept, ARRAY)
    kept[0] = 7
    assert pair.changed() == ()


def test_what_does_not_fit_is_sent(pair, monkeypatch):
    monkeypatch.setattr("autograder.protocol.lent._BYTES", 100)
    args, _ = pair.call(OTHER, ARRAY, np.zeros(9), np.zeros(0))
    assert [array.tolist() for array in args] == [OTHER.tolist(), ARRAY.tolist(), [0.0] * 9, []]
    args[0][0] = args[1][0] = 5
    # The second lies in the candidate's own memory: only the candidate knows.
    assert pair.changed() == (0,)


def test_a_request_without_arguments_lends_nothing(pair):
    (array,), _ = pair.call(ARRAY)
    array[:] = 0
    request = pack_request(GetAttribute(plain.Handle(1, "Tally"), "count"))
    assert pair.arrays.lend(request) == request
    assert pair.changed() == ()


@pytest.mark.parametrize(
    "reply", [b"", b"\xc1", plain.pack(3), plain.pack({"changed": 7}), plain.pack({1: 2})]
)
def test_a_reply_that_cannot_be_read_stays_one(pair, reply):
    (array,), _ = pair.call(ARRAY)
    array[:] = 0
    assert isinstance(pair.arrays.with_changes(reply), bytes)


def test_the_memory_can_be_made_neither_larger_nor_smaller(pair):
    """Larger, it would take memory that no limit counts; smaller, it would end the suite's process."""
    for size in (0, 2**31):
        with pytest.raises(PermissionError):
            os.ftruncate(pair.arrays.file, size)
