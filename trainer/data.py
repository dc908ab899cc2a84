"""The data sets: images of handwritten digits or of clothes.

`load` returns one of three data sets, split into training, validation and test examples. All images are
28x28 and grey.

MNIST and Fashion-MNIST come as IDX files (http://yann.lecun.com/exdb/mnist/). An IDX file starts with a magic
number, which gives the kind of the file, and its sizes, all as big-endian 4-byte integers. One byte for each
pixel or label follows.
"""

from __future__ import annotations

import gzip
import io
import math
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import zoom
from sklearn.datasets import load_digits

from trainer import TrainerError

NAMES = ("digits", "mnist", "fashion_mnist")
DIGITS = tuple("0123456789")
CLOTHES = (
    *("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat"),
    *("Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"),
)

IDX_FILES = tuple(
    f"{part}-{kind}-ubyte.gz" for part in ("train", "t10k") for kind in ("images-idx3", "labels-idx1")
)
ARRAYS = ("x_train", "y_train", "x_test", "y_test")
MAGIC = {"images": 2051, "labels": 2049}

# Never read more than this from a file, whatever its header says: 100,000 images; MNIST has 60,000.
MOST_BYTES = 100_000 * 28 * 28


class DataError(TrainerError):
    """A problem with the data, in one line: where, what is wrong, what to do."""

    def __init__(self, text: str):
        # Error messages of other packages and file names may contain line breaks.
        super().__init__(" ".join(text.split()))


@dataclass(frozen=True, eq=False)
class Examples:
    """Images and their labels.

    Attributes:
        images: float32 of shape (size, 28, 28, 1), in 0...1; 0 is the background.
        labels: int64 of shape (size,): the class of each image, in 0...9.
    """

    images: NDArray[Any]
    labels: NDArray[Any]

    def __len__(self) -> int:
        return len(self.labels)

    def first(self, n: int) -> Examples:
        """Return the first `n` examples, or all of them if there are fewer.

        Raises:
            ValueError: `n` is negative.
        """
        if n < 0:
            raise ValueError(f"n must not be negative, not {n}")
        return Examples(self.images[:n], self.labels[:n])


@dataclass(frozen=True, eq=False)
class Data:
    """A data set in three parts that share no examples.

    Attributes:
        name: one of `NAMES`.
        class_names: the names of the classes: label `i` is `class_names[i]`.
        train: the training examples.
        validation: examples for measuring the accuracy during training.
        test: examples for measuring the accuracy after training.
    """

    name: str
    class_names: tuple[str, ...]
    train: Examples
    validation: Examples
    test: Examples


def class_names(name: str) -> tuple[str, ...]:
    """Return the class names of the data set `name`."""
    return CLOTHES if name == "fashion_mnist" else DIGITS


def load(name: str, folder: Path | None = None) -> Data:
    """Return the data set `name`.

    "digits" comes with scikit-learn. "mnist" and "fashion_mnist" are read from `folder`. Without a folder,
    Keras downloads and caches them.

    Args:
        name: one of `NAMES`.
        folder: a folder with the four IDX files (`IDX_FILES`, with or without .gz) or with an .npz file that has
            the arrays `ARRAYS`; or the path of that .npz file.

    Raises:
        DataError: the name is unknown, or the data is missing or damaged.
    """
    if name not in NAMES:
        raise DataError(f"there is no data set {name!r}: choose one of {', '.join(NAMES)}")
    if name == "digits":
        if folder is not None:
            raise DataError(f"digits needs no folder: leave out {folder}, or choose mnist or fashion_mnist")
        return _digits()
    sources = _downloaded(name) if folder is None else _found(name, Path(folder))
    training, test = _examples(*sources[:2]), _examples(*sources[2:])
    # One twelfth for validation: 5,000 of MNIST's 60,000.
    kept = len(training) - max(1, len(training) // 12)
    if kept < 1:
        raise DataError(
            f"{sources[0][0]}: has 1 image; it needs at least 2, one for training and one for validation"
        )
    validation = Examples(training.images[kept:], training.labels[kept:])
    return Data(name, class_names(name), training.first(kept), validation, test)


def _digits() -> Data:
    """Return scikit-learn's 1,797 digits, enlarged from 8x8 to 20x20, with a border of 4 as in MNIST."""
    bunch = load_digits()
    enlarged = np.stack([zoom(image / 16, 20 / 8, order=1) for image in bunch.images]).clip(0, 1)
    images = np.pad(enlarged, ((0, 0), (4, 4), (4, 4)))[..., np.newaxis].astype(np.float32)
    order = np.random.default_rng(0).permutation(len(images))
    train, validation, test = (
        Examples(images[part], bunch.target[part].astype(np.int64)) for part in np.split(order, [1297, 1497])
    )
    return Data("digits", DIGITS, train, validation, test)


# An array with its name in messages: (where, array).
Source = tuple[str, NDArray[Any]]


def _examples(images: Source, labels: Source) -> Examples:
    """Return examples from `images`, uint8 (size, 28, 28), and `labels`, integers (size,)."""
    for where, array in (images, labels):
        if len(array) == 0:
            raise DataError(f"{where}: is empty; use a file with examples")
    if len(images[1]) != len(labels[1]):
        counts = f"{len(images[1]):,} images, but {labels[0]} has {len(labels[1]):,} labels"
        raise DataError(f"{images[0]}: has {counts}; take both from the same set")
    wrong = np.flatnonzero((labels[1] < 0) | (labels[1] > 9))
    if len(wrong):
        fault = f"label number {wrong[0]} is {labels[1][wrong[0]]}; labels are in 0...9"
        raise DataError(f"{labels[0]}: {fault}: use another file")
    return Examples(images[1][..., np.newaxis].astype(np.float32) / 255, labels[1].astype(np.int64))


def _downloaded(name: str) -> list[Source]:
    try:
        import keras  # here, as it takes seconds

        parts = getattr(keras.datasets, name).load_data()
        arrays = [np.asarray(array) for part in parts for array in part]
    except Exception as error:
        hint = "put its four .gz files in a folder and use --data-folder FOLDER"
        raise DataError(f"{name} could not be downloaded ({error}): {hint}") from error
    sources = [(f"{name} from Keras, {key}", array) for key, array in zip(ARRAYS, arrays, strict=True)]
    for key, (where, array) in zip(ARRAYS, sources, strict=True):
        _check_form(where, key, array.shape, array.dtype)
    return sources


def _found(name: str, place: Path) -> list[Source]:
    """Return the training images and labels and the test images and labels found at `place`."""
    if place.is_file():
        if place.suffix != ".npz":
            raise DataError(
                f"{place}: is neither a folder nor an .npz file: give the folder that contains it"
            )
        return _read_npz(place)
    if not place.is_dir():
        raise DataError(f"{place}: there is no such folder; check the spelling")
    candidates = [[place / file, place / file.removesuffix(".gz")] for file in IDX_FILES]
    paths = [next((path for path in pair if path.is_file()), None) for pair in candidates]
    missing = [file for file, path in zip(IDX_FILES, paths, strict=True) if path is None]
    archives = sorted(place.glob("*.npz"))
    if not missing:
        return [_read_idx(path) for path in paths if path is not None]
    if place / f"{name}.npz" in archives:
        return _read_npz(place / f"{name}.npz")
    if len(archives) == 1:
        return _read_npz(archives[0])
    if archives:
        raise DataError(f"{place}: has {len(archives)} .npz files; give the path of one instead")
    raise DataError(f"{place}: lacks {', '.join(missing)}; add them")


def _read_idx(path: Path) -> Source:
    kind = "images" if "images" in path.name else "labels"
    content = _content(path)
    header = struct.Struct(">4I" if kind == "images" else ">2I")
    if len(content) < header.size:
        raise _wrong_length(path, header.size, len(content))
    magic, size, *sides = header.unpack_from(content)
    if magic != MAGIC[kind]:
        kinds = {number: f"a file of {held}" for held, number in MAGIC.items()}
        other = kinds.get(magic, "not an MNIST file")
        fault = f"starts with {magic}, which is {other}; {kind} start with {MAGIC[kind]}"
        raise DataError(f"{path}: {fault}: replace it with the right file")
    if sides and sides != [28, 28]:
        raise DataError(f"{path}: has images of {sides[0]}x{sides[1]}; use a file with images of 28x28")
    # Checked before the array is made, because a damaged header may ask for more memory than there is.
    expected = header.size + size * math.prod(sides)
    if expected != len(content):
        raise _wrong_length(path, expected, len(content))
    return str(path), np.frombuffer(content, np.uint8, offset=header.size).reshape(size, *sides)


def _content(path: Path) -> bytes:
    """Return the content of the file, decompressed if its name ends in .gz."""
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except EOFError as error:
        fault = f"its gzip data ends early, after {path.stat().st_size:,} bytes"
        raise DataError(f"{path}: {fault}: download it again") from error
    except (gzip.BadGzipFile, zlib.error) as error:
        hint = "download it again, or remove .gz from its name if it is already decompressed"
        raise DataError(f"{path}: is not valid gzip data ({error}): {hint}") from error
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error}): make it readable") from error


def _wrong_length(where: str | Path, expected: int, actual: int) -> DataError:
    has = f"more than {MOST_BYTES:,}" if actual > MOST_BYTES else f"{actual:,}"
    return DataError(f"{where}: expected {expected:,} bytes, has {has}: download it again")


def _read_npz(path: Path) -> list[Source]:
    contents = {}
    try:
        with zipfile.ZipFile(path) as archive:
            for key in ARRAYS:
                if f"{key}.npy" in archive.namelist():
                    with archive.open(f"{key}.npy") as member:
                        contents[key] = member.read(MOST_BYTES + 1)
    except Exception as error:  # zipfile raises many kinds of exceptions for damaged files
        raise DataError(f"{path}: is not a valid .npz file ({error}): download it again") from error
    missing = [key for key in ARRAYS if key not in contents]
    if missing:
        raise DataError(f"{path}: lacks {', '.join(missing)}; an .npz file needs {', '.join(ARRAYS)}")
    return [_read_array(f"{path}, {key}", key, contents[key]) for key in ARRAYS]


def _read_array(where: str, key: str, content: bytes) -> Source:
    """Return the array in the .npy file `content`. Its header is checked first, because NumPy trusts it."""
    file = io.BytesIO(content)
    try:
        if np.lib.format.read_magic(file) != (1, 0):
            raise ValueError("NumPy writes numeric arrays in version 1.0; this is another version")
        shape, _, dtype = np.lib.format.read_array_header_1_0(file)
    except Exception as error:  # NumPy raises many kinds of exceptions for damaged headers
        raise DataError(f"{where}: is not a valid array ({error}): download the file again") from error
    if dtype.hasobject:
        raise DataError(f"{where}: has pickled objects, which could run code: save it as integers")
    _check_form(where, key, shape, dtype)
    expected = file.tell() + math.prod(shape) * dtype.itemsize
    if expected != len(content):
        raise _wrong_length(where, expected, len(content))
    file.seek(0)
    return where, np.lib.format.read_array(file, allow_pickle=False)


def _check_form(where: str, key: str, shape: tuple[int, ...], dtype: np.dtype[Any]) -> None:
    """Raise `DataError` unless the array `key` has the right shape and dtype for its name."""
    if key.startswith("x"):
        right = len(shape) == 3 and shape[1:] == (28, 28) and dtype == np.uint8
        wanted = "(size, 28, 28), uint8"
    else:
        right = len(shape) == 1 and dtype.kind in "iu"
        wanted = "(size,), of integers"
    if not right:
        raise DataError(f"{where}: is {shape}, {dtype}; make it {wanted}")
