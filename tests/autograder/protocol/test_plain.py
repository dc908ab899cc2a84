"""Plain data survives the journey exactly; nothing else travels, and nothing that arrives can run."""

from __future__ import annotations

import pickle
from contextlib import suppress

import msgpack
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.protocol import plain
from tests.autograder.protocol.plain_values import number_arrays, values


@given(value=values)
def test_plain_data_comes_back_the_same(value):
    assert plain.unpack(plain.pack(value)) == value
    assert type(plain.unpack(plain.pack(value))) is type(value)


@given(array=number_arrays)
def test_arrays_keep_dtype_shape_and_bytes(array):
    back = plain.unpack(plain.pack(array))
    assert type(back) is np.ndarray
    assert (back.dtype, back.shape, back.tobytes()) == (array.dtype, array.shape, array.tobytes())
    assert back.flags.writeable or back.size == 0


def test_views_and_numpy_numbers_become_exact_types():
    class Mine(np.ndarray):
        pass

    array = np.arange(6, dtype=">i4").reshape(2, 3)
    for other in (array.T, array[:, ::2], array.view(Mine)):
        back = plain.unpack(plain.pack(other))
        assert type(back) is np.ndarray
        assert np.array_equal(back, other)
    assert type(plain.unpack(plain.pack(np.float32(1.5)))) is float
    assert type(plain.unpack(plain.pack(np.int8(3)))) is int
    assert plain.unpack(plain.pack(np.bool_(True))) is True


@pytest.mark.parametrize(
    "value",
    [
        object(),
        np.array([object()]),
        np.array(["a"]),
        {1, 2},
        print,
        lambda: 0,
        10**5000,
        np.datetime64("2020"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_other_things_do_not_travel(value):
    with pytest.raises(plain.NotPlain):
        plain.pack(value)


def test_a_collection_that_holds_itself_does_not_travel():
    endless: list = []
    endless.append(endless)
    with pytest.raises(plain.NotPlain):
        plain.pack(endless)


def test_subclasses_travel_as_what_they_hold():
    class Sly(int):
        def __eq__(self, other):
            return True

        def __add__(self, other):
            return 99

        __hash__ = None

    class SlyText(str):
        def __getitem__(self, key):
            return "other"

    assert plain.unpack(plain.pack(Sly(3))) != 4
    assert plain.unpack(plain.pack([Sly(3), SlyText("text")])) == [3, "text"]


@given(data=st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data):
    with suppress(ValueError):
        plain.unpack(data)


@pytest.mark.parametrize(
    "dtype",
    ["O", "<U3", "<M8[s]", "V8", "<f3", "f4", ">f4", "<f4,<f4", "(2,)<f4", "(,)f4", "2)f4", 4, None, ["<f4"]],
)
def test_an_array_of_anything_but_numbers_is_refused(dtype):
    """NumPy reads more texts as a dtype than it writes, and raises a SyntaxError for some."""
    array = msgpack.ExtType(1, msgpack.packb((dtype, [2], bytes(8))))
    with pytest.raises(ValueError, match="not plain data"):
        plain.unpack(msgpack.packb(array))


def test_a_pickle_is_only_bytes():
    class Trap:
        def __reduce__(self):
            return (pytest.fail, ("it ran",))

    with pytest.raises(ValueError, match="not plain data"):
        plain.unpack(pickle.dumps(Trap()))
