"""Plain data: the only values exchanged between a suite and a submission.

Numbers, strings, bytes, lists, tuples, dicts and arrays are packed with msgpack. An array is sent as dtype, shape
and bytes. Any other object that a submission returns stays in its process; we send only a number for it (a
`Handle`). Nothing is unpickled, so no data can run code.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import msgpack
import numpy as np
from numpy.typing import NDArray

# The kinds of numeric NumPy dtypes: bool, signed, unsigned, float, complex.
_NUMBER_KINDS = "biufc"
# As NumPy writes them. NumPy reads more forms than this, and for bad ones it does not always raise a ValueError.
_DTYPE = re.compile(rf"[<|][{_NUMBER_KINDS}]\d{{1,2}}")
_ARRAY, _TENSOR, _TUPLE, _BIG_INT, _HANDLE, _GENERATOR, _COMPLEX, _LENT = 1, 2, 3, 4, 5, 6, 7, 8
# msgpack stops at 512 levels; our exercises need only a few.
DEEPEST = 32
# An unpacked collection takes many times its bytes. Large numbers of numbers travel as arrays.
_LONGEST_LIST = 100_000
MOST_ITEMS = 200_000
# Of all dicts together.
_MOST_KEYS = 2_000
_MOST_HANDLES = 1_000
# NumPy's own limit.
_MOST_DIMENSIONS = 64
# So few bytes cannot take much time or memory, and most replies are shorter.
_SHORT = 1_000
# More digits than any number of weights has, but few enough to print.
_LONGEST_INT_BYTES = 512


class NotPlain(TypeError):
    """The value cannot be sent: it is not a number, a string, an array or a collection of these."""


@dataclass(frozen=True)
class Handle:
    """An object that stays in the submission's process: its number there and the name of its class."""

    number: int
    class_name: str


@dataclass(frozen=True)
class GeneratorSeed:
    """A `numpy.random.Generator` as it is sent: its number and its initial state."""

    number: int
    state: dict[str, Any]

    def build(self) -> np.random.Generator:
        """Return a new generator in that state."""
        bit_generator = np.random.PCG64()
        bit_generator.state = self.state  # type: ignore[assignment]
        return np.random.Generator(bit_generator)


@dataclass(frozen=True)
class Tensor:
    """An array that is a TensorFlow tensor in the submission's process."""

    array: NDArray[Any]


def is_tensor(value: object) -> bool:
    """Return True if `value` is a TensorFlow tensor or variable, without importing TensorFlow."""
    tensorflow = sys.modules.get("tensorflow")
    # Not `tensorflow.is_tensor`, which reads attributes of the value.
    return tensorflow is not None and isinstance(value, (tensorflow.Tensor, tensorflow.Variable))


def _pack_array(array: NDArray[Any]) -> bytes:
    if array.dtype.kind not in _NUMBER_KINDS:
        raise NotPlain(f"an array of dtype {array.dtype}")
    # numpy.ascontiguousarray would turn shape () into (1,).
    header = (array.dtype.newbyteorder("<").str, list(array.shape))
    data = array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes()
    packed: bytes = msgpack.packb((*header, data))
    return packed


def _unpack_array(packed: bytes) -> NDArray[Any]:
    dtype_name, shape, data = msgpack.unpackb(packed, max_array_len=_MOST_DIMENSIONS)
    if not _DTYPE.fullmatch(dtype_name):
        raise NotPlain(f"an array of dtype {dtype_name}")
    dtype = np.dtype(dtype_name)
    # A copy, because an array over the message's bytes would be read-only.
    return np.frombuffer(data, dtype=dtype).reshape([int(n) for n in shape]).copy()


def pack(value: object) -> bytes:
    """Return `value` as bytes.

    Raises:
        NotPlain: if the value is not plain data; the text names its type.
    """
    try:
        packed: bytes = msgpack.packb(_exact(value, 0), strict_types=True)
    except (OverflowError, ValueError) as error:
        raise NotPlain(str(error)) from error
    return packed


def _exact(value: Any, depth: int) -> Any:
    """Convert `value` to the exact types that msgpack packs without calling the value's methods."""
    if depth > DEEPEST:
        raise NotPlain(f"a collection nested more than {DEEPEST} deep")
    kind = type(value)
    if value is None or kind in (bool, float, str, bytes):
        return value
    if kind is int:
        if -(2**63) <= value < 2**63:
            return value
        length = value.bit_length() // 8 + 1
        if length > _LONGEST_INT_BYTES:
            raise NotPlain(f"an integer of {length} bytes")
        return msgpack.ExtType(_BIG_INT, value.to_bytes(length, "little", signed=True))
    if kind is list:
        return [_exact(item, depth + 1) for item in value]
    if kind is tuple:
        items = [_exact(item, depth + 1) for item in value]
        return msgpack.ExtType(_TUPLE, msgpack.packb(items, strict_types=True))
    if kind is dict:
        return {_exact(key, depth + 1): _exact(item, depth + 1) for key, item in value.items()}
    return _exact_object(value, kind, depth)


def _exact_object(value: Any, kind: type, depth: int) -> Any:
    if kind is np.ndarray:
        return msgpack.ExtType(_ARRAY, _pack_array(value))
    if isinstance(value, np.generic) and value.dtype.kind in _NUMBER_KINDS:
        return _exact(value.item(), depth)
    if isinstance(value, np.ndarray):
        return msgpack.ExtType(_ARRAY, _pack_array(np.asarray(value)))
    if kind is complex:
        return msgpack.ExtType(_COMPLEX, msgpack.packb((value.real, value.imag)))
    if kind is Handle:
        return msgpack.ExtType(_HANDLE, msgpack.packb((value.number, value.class_name)))
    if kind is GeneratorSeed:
        state = _exact(value.state, depth + 1)
        return msgpack.ExtType(_GENERATOR, msgpack.packb((value.number, state)))
    if kind is Tensor:
        return msgpack.ExtType(_TENSOR, _pack_array(value.array))
    if is_tensor(value):
        # NumPy has no dtype for bfloat16.
        array = value.numpy()
        if array.dtype.kind not in _NUMBER_KINDS:
            array = array.astype(np.float32)
        return msgpack.ExtType(_TENSOR, _pack_array(np.asarray(array)))
    # Treat a named tuple, an OrderedDict or an IntEnum as its base class.
    for base in (bool, int, float, str, bytes, tuple, list, dict):
        if isinstance(value, base):
            return _exact(_as_base(value, base), depth)
    raise NotPlain(f"a {kind.__name__}")


def _as_base(value: Any, base: Any) -> Any:
    """Return the contents of `value` as its base class stores them, without calling its own methods."""
    if base is dict:
        return dict(dict.items(value))
    if base in (tuple, list):
        return base(base.__iter__(value))
    if base is int:
        return int.__add__(value, 0)
    if base is float:
        return float.__add__(value, 0.0)
    return base.__getitem__(value, slice(None))


def mapped(value: Any, change: Callable[[Any], Any]) -> Any:
    """Return `value` with everything changed that is no list, tuple or dict."""
    if type(value) in (list, tuple):
        return type(value)(mapped(item, change) for item in value)
    if type(value) is dict:
        return {key: mapped(item, change) for key, item in value.items()}
    return change(value)


def leaves(value: Any) -> Iterator[Any]:
    """Yield the leaves of plain data, in order."""
    if type(value) in (list, tuple):
        for item in value:
            yield from leaves(item)
    elif type(value) is dict:
        for item in value.values():
            yield from leaves(item)
    else:
        yield value


def lend(packed: bytes, store: Callable[[bytes], int | None]) -> bytes:
    """Return packed data in which arrays are only named: their bytes are in a memory that both sides share.

    Args:
        packed: what `pack` has packed.
        store: writes the bytes of an array to the memory and returns their offset; None to leave them in the data.
    """
    lent = False

    def extension(code: int, data: bytes) -> Any:
        nonlocal lent
        if code == _TUPLE:
            data = lend(data, store)
            lent = True
        elif code == _ARRAY:
            dtype_name, shape, content = msgpack.unpackb(data)
            offset = store(content)
            if offset is not None:
                code, data, lent = _LENT, msgpack.packb((dtype_name, shape, offset)), True
        return msgpack.ExtType(code, data)

    value = msgpack.unpackb(packed, ext_hook=extension, strict_map_key=False)
    return msgpack.packb(value) if lent else packed


def unpack(packed: bytes, most_items: int = MOST_ITEMS, memory: memoryview | None = None) -> Any:
    """Return the value that `pack` packed: lists, tuples, arrays, `Handle`, `GeneratorSeed`, `Tensor`.

    The time and memory that it takes are bounded, whatever the bytes are.

    Args:
        packed: the bytes.
        most_items: the largest number of items of all collections together.
        memory: the shared memory with the arrays that `lend` has named, which are then no copies.

    Raises:
        ValueError: if `pack` did not make these bytes, or past a limit.
    """
    try:
        value = _Unpacker(most_items, len(packed) <= _SHORT, memory).unpack(packed, 0)
        _check_depth(value)
    except (
        *(ValueError, TypeError, ArithmeticError, LookupError, MemoryError),
        msgpack.UnpackException,
    ) as error:
        raise ValueError(f"not plain data: {str(error) or type(error).__name__}") from error
    return value


class _Unpacker:
    """Unpacks one message; an item that is one too many ends it at once, not when all of it is in memory."""

    def __init__(self, most_items: int, short: bool, memory: memoryview | None):
        self._short = short
        self._memory = memory
        self._left = most_items
        self._depth = 0
        self._handles_left = _MOST_HANDLES
        self._keys_left = _MOST_KEYS

    def unpack(self, packed: bytes, depth: int) -> Any:
        # A tuple is packed within its collection, so that each level is a call of its own.
        if depth > DEEPEST:
            raise ValueError("it is nested too deep")
        self._depth = depth
        if self._short:
            return msgpack.unpackb(packed, ext_hook=self._extension, strict_map_key=False)
        return msgpack.unpackb(
            packed,
            ext_hook=self._extension,
            list_hook=self._list,
            object_pairs_hook=self._dict,
            strict_map_key=False,
            max_array_len=_LONGEST_LIST,
            max_map_len=_MOST_KEYS,
        )

    def _count(self, items: int) -> None:
        self._left -= items
        if self._left < 0:
            raise ValueError("it has too many items")

    def _list(self, items: list[Any]) -> list[Any]:
        # The list itself takes memory too, even if it is empty.
        self._count(len(items) + 1)
        return items

    def _dict(self, pairs: list[tuple[Any, Any]]) -> dict[Any, Any]:
        self._count(len(pairs) + 1)
        # Keys can be chosen so that each collides with all others.
        self._keys_left -= len(pairs)
        if self._keys_left < 0:
            raise ValueError("it has too many keys")
        return dict(pairs)

    def _extension(self, code: int, data: bytes) -> Any:
        self._count(1)
        depth = self._depth
        if code == _ARRAY:
            return _unpack_array(data)
        if code == _TUPLE:
            items = self.unpack(data, depth + 1)
            self._depth = depth
            return tuple(items)
        if code == _BIG_INT:
            if len(data) > _LONGEST_INT_BYTES:
                raise ValueError(f"an integer of {len(data)} bytes")
            return int.from_bytes(data, "little", signed=True)
        if code == _HANDLE:
            self._handles_left -= 1
            if self._handles_left < 0:
                raise ValueError("it has too many objects")
            number, class_name = msgpack.unpackb(data, max_array_len=2)
            return Handle(int(number), str(class_name))
        if code == _GENERATOR:
            number, state = self.unpack(data, depth + 1)
            self._depth = depth
            return GeneratorSeed(int(number), state)
        if code == _TENSOR:
            return Tensor(_unpack_array(data))
        if code == _LENT and self._memory is not None:
            dtype_name, shape, offset = msgpack.unpackb(data)
            return np.ndarray(tuple(shape), np.dtype(dtype_name), self._memory, offset)
        if code == _COMPLEX:
            real, imaginary = msgpack.unpackb(data, max_array_len=2)
            return complex(real, imaginary)
        raise ValueError(f"unknown extension {code}")


def _check_depth(value: Any) -> None:
    """Check that no list in a list is nested too deep, without recursion."""
    level = [value]
    for _ in range(DEEPEST + 1):
        below: list[Any] = []
        for item in level:
            kind = type(item)
            if kind is list or kind is tuple:
                below += item
            elif kind is dict:
                below += item.values()
        if not below:
            return
        level = below
    raise ValueError("it is nested too deep")
