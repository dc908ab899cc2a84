"""The images the networks learn from: handwritten digits, or pieces of clothing.

`load` returns one of three sets, cut into a part to train on, a part to watch while training (validation)
and a part to look at only in the end (test). All images are 28x28 and grey, whichever set they come from.

MNIST and Fashion-MNIST come as IDX files: http://yann.lecun.com/exdb/mnist/ describes them. Such a file
begins with a magic number, which says what it holds, and its sizes, as big-endian numbers of four bytes;
then comes one byte for each pixel or label.
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

# No file is read further than this, whatever its header claims: room for 100,000 images; MNIST has 60,000.
MOST_BYTES = 100_000 * 28 * 28


class DataError(TrainerError):
    """One line that says what is wrong with the data, where, and what to do."""

    def __init__(self, text: str):
        # What other packages say, and file names, may hold line breaks.
        super().__init__(" ".join(text.split()))


@dataclass(frozen=True, eq=False)
class Examples:
    """Images, and what they show.

    Attributes:
        images: float32 of shape (size, 28, 28, 1), in 0...1; 0 is the background.
        labels: int64 of shape (size,): the index of each image's class, in 0...9.
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
            raise ValueError(f"there are no first {n} examples")
        return Examples(self.images[:n], self.labels[:n])


@dataclass(frozen=True, eq=False)
class Data:
    """A set of examples, in three parts which share none.

    Attributes:
        name: one of `NAMES`.
        class_names: what the labels mean: label `i` is `class_names[i]`.
        train: what the network learns from.
        validation: what tells, while it learns, how well it does on images it has not seen.
        test: what tells so in the end, when nothing is changed any more.
    """

    name: str
    class_names: tuple[str, ...]
    train: Examples
    validation: Examples
    test: Examples


def class_names(name: str) -> tuple[str, ...]:
    """Return what the labels of the data set called `name` mean."""
    return CLOTHES if name == "fashion_mnist" else DIGITS


def load(name: str, folder: Path | None = None) -> Data:
    """Return the data set called `name`.

    "digits" comes with scikit-learn. "mnist" and "fashion_mnist" are read from `folder`, or, without one,
    from what Keras keeps, which downloads them the first time.

    Args:
        name: one of `NAMES`.
        folder: a folder with the four IDX files (`IDX_FILES`, with or without .gz), or with an .npz file of
            the arrays `ARRAYS`; or such an .npz file itself.

    Raises:
        DataError: the name is unknown, or the data is missing or damaged.
    """
    if name not in NAMES:
        raise DataError(f"there is no data set {name!r}: say one of {', '.join(NAMES)}")
    if name == "digits":
        if folder is not None:
            raise DataError(f"digits needs no folder: leave {folder} out, or say mnist or fashion_mnist")
        return _digits()
    sources = _downloaded(name) if folder is None else _found(name, Path(folder))
    training, test = _examples(*sources[:2]), _examples(*sources[2:])
    # A twelfth: 5,000 of MNIST's 60,000.
    kept = len(training) - max(1, len(training) // 12)
    if kept < 1:
        raise DataError(f"{sources[0][0]}: has 1 image; give it 2 at least, to train on one, validate on one")
    validation = Examples(training.images[kept:], training.labels[kept:])
    return Data(name, class_names(name), training.first(kept), validation, test)


def _digits() -> Data:
    """Return scikit-learn's 1,797 digits of 8x8, enlarged to 20x20 with a border of 4, as MNIST's are."""
    bunch = load_digits()
    enlarged = np.stack([zoom(image / 16, 20 / 8, order=1) for image in bunch.images]).clip(0, 1)
    images = np.pad(enlarged, ((0, 0), (4, 4), (4, 4)))[..., np.newaxis].astype(np.float32)
    order = np.random.default_rng(0).permutation(len(images))
    train, validation, test = (
        Examples(images[part], bunch.target[part].astype(np.int64)) for part in np.split(order, [1297, 1497])
    )
    return Data("digits", DIGITS, train, validation, test)


# From here on, a source is an array and what to call it in a message: (where, array).
Source = tuple[str, NDArray[Any]]


def _examples(images: Source, labels: Source) -> Examples:
    """Return examples of `images`, uint8 (size, 28, 28), and `labels`, whole numbers (size,)."""
    for where, array in (images, labels):
        if len(array) == 0:
            raise DataError(f"{where}: is empty; give a file with examples")
    if len(images[1]) != len(labels[1]):
        counts = f"{len(images[1]):,} images, but {labels[0]} has {len(labels[1]):,} labels"
        raise DataError(f"{images[0]}: has {counts}; take both from the same set")
    wrong = np.flatnonzero((labels[1] < 0) | (labels[1] > 9))
    if len(wrong):
        fault = f"label number {wrong[0]} is {labels[1][wrong[0]]}; labels are in 0...9"
        raise DataError(f"{labels[0]}: {fault}: take another file")
    return Examples(images[1][..., np.newaxis].astype(np.float32) / 255, labels[1].astype(np.int64))


def _downloaded(name: str) -> list[Source]:
    try:
        import keras  # here, as it takes seconds

        parts = getattr(keras.datasets, name).load_data()
        arrays = [np.asarray(array) for part in parts for array in part]
    except Exception as error:
        hint = "put its four .gz files in a folder and say --data-folder FOLDER"
        raise DataError(f"{name} could not be downloaded ({error}): {hint}") from error
    sources = [(f"{name} from Keras, {key}", array) for key, array in zip(ARRAYS, arrays, strict=True)]
    for key, (where, array) in zip(ARRAYS, sources, strict=True):
        _check_form(where, key, array.shape, array.dtype)
    return sources


def _found(name: str, place: Path) -> list[Source]:
    """Return the training images and labels and the test images and labels which lie at `place`."""
    if place.is_file():
        if place.suffix != ".npz":
            raise DataError(f"{place}: is neither a folder nor an .npz file: give the folder that it is in")
        return _read_npz(place)
    if not place.is_dir():
        raise DataError(f"{place}: there is no such folder; look how it is spelled")
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
    raise DataError(f"{place}: lacks {', '.join(missing)}; put them there")


def _read_idx(path: Path) -> Source:
    kind = "images" if "images" in path.name else "labels"
    content = _content(path)
    header = struct.Struct(">4I" if kind == "images" else ">2I")
    if len(content) < header.size:
        raise _wrong_length(path, header.size, len(content))
    magic, size, *sides = header.unpack_from(content)
    if magic != MAGIC[kind]:
        kinds = {number: f"a file of {held}" for held, number in MAGIC.items()}
        other = kinds.get(magic, "no file of MNIST's kind")
        fault = f"begins with {magic}, which is {other}; {kind} begin with {MAGIC[kind]}"
        raise DataError(f"{path}: {fault}: put the right file there")
    if sides and sides != [28, 28]:
        raise DataError(f"{path}: has images of {sides[0]}x{sides[1]}; take a file with images of 28x28")
    # Before an array is made, as a damaged header may claim more than there is memory.
    expected = header.size + size * math.prod(sides)
    if expected != len(content):
        raise _wrong_length(path, expected, len(content))
    return str(path), np.frombuffer(content, np.uint8, offset=header.size).reshape(size, *sides)


def _content(path: Path) -> bytes:
    """Return what the file holds, unzipped if its name ends in .gz."""
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except EOFError as error:
        fault = f"its gzip data breaks off after {path.stat().st_size:,} bytes"
        raise DataError(f"{path}: {fault}: download it again") from error
    except (gzip.BadGzipFile, zlib.error) as error:
        hint = "download it again, or, if it is unzipped already, take .gz off its name"
        raise DataError(f"{path}: is not sound gzip data ({error}): {hint}") from error
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
    except Exception as error:  # zipfile raises many kinds for damaged files
        raise DataError(f"{path}: is not a sound .npz file ({error}): download it again") from error
    missing = [key for key in ARRAYS if key not in contents]
    if missing:
        raise DataError(f"{path}: lacks {', '.join(missing)}; an .npz file needs {', '.join(ARRAYS)}")
    return [_read_array(f"{path}, {key}", key, contents[key]) for key in ARRAYS]


def _read_array(where: str, key: str, content: bytes) -> Source:
    """Return the array in the .npy file `content`, after a look at its header: NumPy trusts that."""
    file = io.BytesIO(content)
    try:
        if np.lib.format.read_magic(file) != (1, 0):
            raise ValueError("NumPy writes arrays of numbers in version 1.0, which this is not")
        shape, _, dtype = np.lib.format.read_array_header_1_0(file)
    except Exception as error:  # NumPy raises many kinds for damaged headers
        raise DataError(f"{where}: is not a sound array ({error}): download the file again") from error
    if dtype.hasobject:
        raise DataError(f"{where}: has pickled objects, which could run code: save it as whole numbers")
    _check_form(where, key, shape, dtype)
    expected = file.tell() + math.prod(shape) * dtype.itemsize
    if expected != len(content):
        raise _wrong_length(where, expected, len(content))
    file.seek(0)
    return where, np.lib.format.read_array(file, allow_pickle=False)


def _check_form(where: str, key: str, shape: tuple[int, ...], dtype: np.dtype[Any]) -> None:
    """Raise `DataError` unless the array `key` has the shape and dtype which its name asks for."""
    if key.startswith("x"):
        right = len(shape) == 3 and shape[1:] == (28, 28) and dtype == np.uint8
        wanted = "(size, 28, 28), uint8"
    else:
        right = len(shape) == 1 and dtype.kind in "iu"
        wanted = "(size,), of whole numbers"
    if not right:
        raise DataError(f"{where}: is {shape}, {dtype}; make it {wanted}")
