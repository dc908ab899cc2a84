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


def packed_list(items: bytes, count: int) -> bytes:
    """Return a msgpack list of packed items."""
    return b"\xdd" + count.to_bytes(4, "big") + items


def nested_tuples(depth: int) -> bytes:
    """Return tuples in tuples, each of which is packed within the one around it."""
    packed = msgpack.packb(1)
    for _ in range(depth):
        packed = msgpack.packb([msgpack.ExtType(3, packed)])
    return packed


HANDLE = msgpack.packb(msgpack.ExtType(5, msgpack.packb((1, "A"))))


@pytest.mark.parametrize(
    ("packed", "reason"),
    [
        (nested_tuples(33), "nested too deep"),
        (nested_tuples(5000), "nested too deep"),
        (b"\x91" * 1000 + b"\x01", "nested too deep"),
        (b"\x91" * 100_000 + b"\x01", "StackError"),
        (packed_list(HANDLE * 1001, 1001), "too many objects"),
        (packed_list(packed_list(b"\x01" * 99_000, 99_000) * 160, 160), "too many items"),
        (packed_list(packed_list(b"\x90" * 99_000, 99_000) * 160, 160), "too many items"),
        (packed_list((b"\xc7\x05\x03" + b"\x94" + b"\xc0" * 4) * 99_000, 99_000), "too many items"),
        (packed_list(msgpack.packb(dict.fromkeys(range(1000))) * 3, 3), "too many keys"),
        (msgpack.packb(msgpack.ExtType(1, msgpack.packb(("<f4", [1] * 65, b"")))), "max_array_len"),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else value.replace(" ", "_"),
)
def test_a_message_costs_bounded_time_and_memory(packed, reason):
    """Each of these took minutes, gigabytes or the process."""
    with pytest.raises(ValueError, match=reason):
        plain.unpack(packed)


def test_large_honest_answers_arrive():
    value = {"lists": [[1.5] * 100 for _ in range(900)], "pairs": [(1, 2.5)] * 20_000}
    assert plain.unpack(plain.pack(value)) == value
