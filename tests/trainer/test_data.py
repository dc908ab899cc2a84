from __future__ import annotations

import gzip
import io
import struct
import subprocess
import sys
import tracemalloc
import zipfile
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from sklearn.datasets import load_digits

from trainer import data
from trainer.data import ARRAYS, IDX_FILES, NAMES, DataError, load

TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS = IDX_FILES


def arrays(train: int = 24, test: int = 7) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(3)
    images = [rng.integers(0, 256, (size, 28, 28), np.uint8) for size in (train, test)]
    labels = [(np.arange(size) % 10).astype(np.uint8) for size in (train, test)]
    return dict(zip(ARRAYS, (images[0], labels[0], images[1], labels[1]), strict=True))


def idx(array: np.ndarray, magic: int | None = None) -> bytes:
    if magic is None:
        magic = 2051 if array.ndim == 3 else 2049
    return struct.pack(f">{1 + array.ndim}I", magic, *array.shape) + array.astype(np.uint8).tobytes()


def write_idx(folder: Path, content: dict[str, np.ndarray], zipped: bool = True) -> Path:
    for file, key in zip(IDX_FILES, ARRAYS, strict=True):
        if zipped:
            (folder / file).write_bytes(gzip.compress(idx(content[key])))
        else:
            (folder / file.removesuffix(".gz")).write_bytes(idx(content[key]))
    return folder


def write_npz(path: Path, content: dict[str, np.ndarray]) -> Path:
    np.savez(path, **content)
    return path


def fault(place: Path | None, name: str = "mnist") -> str:
    with pytest.raises(DataError) as caught:
        load(name, place)
    text = str(caught.value)
    assert "\n" not in text
    return text


# What is right.


def gz_folder(folder: Path) -> Path:
    return write_idx(folder, arrays())


def plain_folder(folder: Path) -> Path:
    return write_idx(folder, arrays(), zipped=False)


def mixed_folder(folder: Path) -> Path:
    write_idx(folder, arrays())
    (folder / TEST_LABELS.removesuffix(".gz")).write_bytes(
        gzip.decompress((folder / TEST_LABELS).read_bytes())
    )
    (folder / TEST_LABELS).unlink()
    return folder


def npz_file(folder: Path) -> Path:
    return write_npz(folder / "some.npz", arrays())


def npz_folder(folder: Path) -> Path:
    npz_file(folder)
    return folder


def npz_folder_of_several(folder: Path) -> Path:
    write_npz(folder / "mnist.npz", arrays())
    write_npz(folder / "fashion_mnist.npz", arrays())
    write_npz(folder / "another.npz", arrays(train=13))
    return folder


def npz_compressed(folder: Path) -> Path:
    np.savez_compressed(folder / "some.npz", **arrays())
    return folder


def npz_of_other_dtypes_and_orders(folder: Path) -> Path:
    content = arrays()
    content["x_train"] = np.asfortranarray(content["x_train"])
    content["y_train"] = content["y_train"].astype(">i8")
    return write_npz(folder / "some.npz", content)


FORMS = [
    gz_folder,
    plain_folder,
    mixed_folder,
    npz_file,
    npz_folder,
    npz_folder_of_several,
    npz_compressed,
    npz_of_other_dtypes_and_orders,
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["mnist", "fashion_mnist"])
def test_every_form_gives_what_was_written(tmp_path, form, name):
    written = arrays()
    read = load(name, form(tmp_path))
    assert read.name == name
    images = np.concatenate([read.train.images, read.validation.images])
    labels = np.concatenate([read.train.labels, read.validation.labels])
    for got, wanted in ((images, written["x_train"]), (read.test.images, written["x_test"])):
        assert got.dtype == np.float32
        assert got.shape == (*wanted.shape, 1)
        np.testing.assert_allclose(got[..., 0], wanted / 255, rtol=1e-6)
    for got, wanted in ((labels, written["y_train"]), (read.test.labels, written["y_test"])):
        assert got.dtype == np.int64
        np.testing.assert_array_equal(got, wanted)


@pytest.mark.parametrize(
    ("size", "validation"), [(2, 1), (11, 1), (12, 1), (23, 1), (24, 2), (60, 5), (60_000, 5_000)]
)
def test_last_twelfth_of_training_images_is_validation(tmp_path, size, validation):
    content = arrays(train=size)
    read = load("mnist", write_idx(tmp_path, content, zipped=False))
    assert (len(read.train), len(read.validation), len(read.test)) == (size - validation, validation, 7)
    np.testing.assert_array_equal(read.validation.labels, content["y_train"][-validation:])
    np.testing.assert_allclose(
        read.validation.images[..., 0], content["x_train"][-validation:] / 255, rtol=1e-6
    )


def test_class_names(tmp_path):
    gz_folder(tmp_path)
    assert load("mnist", tmp_path).class_names == tuple("0123456789")
    clothes = load("fashion_mnist", tmp_path).class_names
    assert len(clothes) == 10
    assert (clothes[0], clothes[8], clothes[9]) == ("T-shirt/top", "Bag", "Ankle boot")


def test_first(tmp_path):
    train = load("mnist", gz_folder(tmp_path)).train
    assert len(train.first(3)) == len(train.first(3).images) == 3
    np.testing.assert_array_equal(train.first(3).images, train.images[:3])
    np.testing.assert_array_equal(train.first(3).labels, train.labels[:3])
    assert len(train.first(0)) == 0
    assert len(train.first(1000)) == len(train)
    with pytest.raises(ValueError, match="-1"):
        train.first(-1)


# The digits.


@pytest.fixture(scope="module")
def digits():
    return load("digits")


def test_digits_form(digits):
    assert digits.name == "digits"
    assert digits.class_names == tuple("0123456789")
    for part, size in ((digits.train, 1297), (digits.validation, 200), (digits.test, 300)):
        assert len(part) == size
        assert part.images.shape == (size, 28, 28, 1)
        assert part.images.dtype == np.float32
        assert part.labels.shape == (size,)
        assert part.labels.dtype == np.int64
        assert part.images.min() == 0
        assert part.images.max() == 1
        inside = part.images[:, 4:24, 4:24]
        assert inside.sum() == pytest.approx(part.images.sum())
        assert inside[:, 0].any()
        assert inside[:, -1].any()


def test_digits_are_the_small_ones_enlarged_linearly(digits):
    weights = np.stack([np.interp(np.linspace(0, 7, 20), np.arange(8), row) for row in np.eye(8)], axis=1)
    back = np.linalg.pinv(weights)
    found = []
    for part in (digits.train, digits.validation, digits.test):
        for image, label in zip(part.images[:, 4:24, 4:24, 0], part.labels, strict=True):
            small = np.rint(back @ image @ back.T * 16)
            np.testing.assert_allclose(weights @ small @ weights.T / 16, image, atol=1e-5)
            found.append((*small.astype(int).ravel(), label))
    original = load_digits()
    assert sorted(found) == sorted(
        (*image.astype(int), label) for image, label in zip(original.data, original.target, strict=True)
    )


def test_digits_are_the_same_every_time(digits):
    again = load("digits")
    for part in ("train", "validation", "test"):
        np.testing.assert_array_equal(getattr(digits, part).images, getattr(again, part).images)
        np.testing.assert_array_equal(getattr(digits, part).labels, getattr(again, part).labels)


def test_digits_are_balanced(digits):
    for part in (digits.train, digits.validation, digits.test):
        counts = np.bincount(part.labels, minlength=10)
        assert len(counts) == 10
        assert counts.min() > len(part) / 20
        assert counts.max() < len(part) / 6


def test_digits_are_in_one_part_only(digits):
    parts = [{i.tobytes() for i in p.images} for p in (digits.train, digits.validation, digits.test)]
    assert len(parts[0] | parts[1] | parts[2]) == 1797


def test_digits_need_no_folder(tmp_path):
    assert fault(tmp_path, "digits").startswith("digits needs no folder")


# What is wrong: how to spoil good files, the file that the message names, and what else it says.


def with_arrays(**changes):
    return lambda folder: write_idx(folder, arrays() | changes)


def with_bytes(file: str, change, zipped: bool = True):
    """Put `change(...)` in the place of what an IDX file holds (before it is zipped)."""

    def spoil(folder: Path) -> None:
        write_idx(folder, arrays(), zipped)
        path = folder / (file if zipped else file.removesuffix(".gz"))
        content = path.read_bytes()
        path.write_bytes(gzip.compress(change(gzip.decompress(content))) if zipped else change(content))

    return spoil


def with_raw_bytes(file: str, change):
    """Put `change(...)` in the place of the bytes on the disk."""

    def spoil(folder: Path) -> None:
        write_idx(folder, arrays())
        (folder / file).write_bytes(change((folder / file).read_bytes()))

    return spoil


def without(*files: str):
    def spoil(folder: Path) -> None:
        write_idx(folder, arrays())
        for file in files:
            (folder / file).unlink()

    return spoil


def header(*numbers: int):
    return lambda content: struct.pack(f">{len(numbers)}I", *numbers) + content[4 * len(numbers) :]


LABEL_10 = np.array([0] * 23 + [10], np.uint8)
NO_IMAGES, NO_LABELS = np.zeros((0, 28, 28), np.uint8), np.zeros(0, np.uint8)

IDX_FAULTS = {
    "one file missing": (without(TEST_LABELS), "", [f"lacks {TEST_LABELS}; add"]),
    "two files missing": (without(TRAIN_IMAGES, TEST_IMAGES), "", [f"lacks {TRAIN_IMAGES}, {TEST_IMAGES};"]),
    "all files missing": (without(*IDX_FILES), "", ["lacks " + ", ".join(IDX_FILES)]),
    "gzip cut short": (
        with_raw_bytes(TEST_IMAGES, lambda b: b[:-100]),
        TEST_IMAGES,
        ["ends early", "download"],
    ),
    "gzip without its end": (with_raw_bytes(TEST_LABELS, lambda b: b[:-3]), TEST_LABELS, ["ends early"]),
    "gzip data changed": (
        with_raw_bytes(TEST_IMAGES, lambda b: b[:-8] + bytes(8)),
        TEST_IMAGES,
        ["not valid gzip", "download"],
    ),
    "something after the gzip data": (
        with_raw_bytes(TEST_IMAGES, lambda b: b + b"more"),
        TEST_IMAGES,
        ["not valid gzip"],
    ),
    "not gzip": (
        with_raw_bytes(TRAIN_LABELS, lambda b: b"<html>no</html>"),
        TRAIN_LABELS,
        ["not valid gzip"],
    ),
    "unzipped, named .gz": (with_raw_bytes(TRAIN_LABELS, gzip.decompress), TRAIN_LABELS, ["remove .gz from"]),
    "an empty .gz": (with_raw_bytes(TRAIN_LABELS, lambda b: b""), TRAIN_LABELS, ["expected 8 bytes, has 0"]),
    "images cut short": (
        with_bytes(TEST_IMAGES, lambda b: b[:-1]),
        TEST_IMAGES,
        ["expected 5,504 bytes, has 5,503", "download"],
    ),
    "labels cut short": (
        with_bytes(TEST_LABELS, lambda b: b[:-1], zipped=False),
        TEST_LABELS.removesuffix(".gz"),
        ["expected 15 bytes, has 14"],
    ),
    "header cut short": (with_bytes(TEST_IMAGES, lambda b: b[:9]), TEST_IMAGES, ["expected 16 bytes, has 9"]),
    "more after the images": (
        with_bytes(TEST_IMAGES, lambda b: b + b"x"),
        TEST_IMAGES,
        ["expected 5,504 bytes, has 5,505"],
    ),
    "more after the labels": (
        with_bytes(TRAIN_LABELS, lambda b: b + b"x"),
        TRAIN_LABELS,
        ["expected 32 bytes, has 33"],
    ),
    "labels for images": (
        with_bytes(TRAIN_IMAGES, lambda b: idx(np.zeros(24))),
        TRAIN_IMAGES,
        ["starts with 2049, which is a file of labels; images start with 2051"],
    ),
    "images for labels": (
        with_bytes(TEST_LABELS, lambda b: idx(arrays()["x_test"])),
        TEST_LABELS,
        ["starts with 2051, which is a file of images; labels start with 2049"],
    ),
    "another magic number": (
        with_bytes(TRAIN_IMAGES, header(7)),
        TRAIN_IMAGES,
        ["starts with 7, which is not an MNIST file; images start with 2051"],
    ),
    "fewer labels": (
        with_arrays(y_train=np.zeros(23, np.uint8)),
        TRAIN_IMAGES,
        ["24 images", f"{TRAIN_LABELS} has 23 labels", "same set"],
    ),
    "not 28x28": (with_arrays(x_test=np.zeros((7, 8, 9), np.uint8)), TEST_IMAGES, ["images of 8x9", "28x28"]),
    "a label of 10": (with_arrays(y_train=LABEL_10), TRAIN_LABELS, ["label number 23 is 10", "0...9"]),
    "no test images": (with_arrays(x_test=NO_IMAGES, y_test=NO_LABELS), TEST_IMAGES, ["is empty"]),
    "no training labels": (with_arrays(y_train=NO_LABELS), TRAIN_LABELS, ["is empty"]),
    "one image to train on": (
        with_arrays(x_train=np.zeros((1, 28, 28)), y_train=np.zeros(1)),
        TRAIN_IMAGES,
        ["has 1 image", "at least 2"],
    ),
    "absurd size": (
        with_bytes(TRAIN_IMAGES, header(2051, 2**32 - 1, 28, 28)),
        TRAIN_IMAGES,
        ["expected 3,367,254,359,296 bytes, has 18,832"],
    ),
    "absurd sides": (
        with_bytes(TRAIN_IMAGES, header(2051, 24, 2**32 - 1, 2**32 - 1)),
        TRAIN_IMAGES,
        ["images of 4294967295x4294967295"],
    ),
}


@pytest.mark.parametrize("case", IDX_FAULTS)
def test_faults_of_idx_files(tmp_path, case):
    spoil, file, words = IDX_FAULTS[case]
    spoil(tmp_path)
    text = fault(tmp_path)
    assert text.startswith(f"{tmp_path / file}: ")
    for word in words:
        assert word in text


def much_in_gz(folder: Path) -> Path:
    with_bytes(TRAIN_IMAGES, lambda content: content + bytes(50_000_000))(folder)
    return folder


def much_in_npz(folder: Path) -> Path:
    np.savez_compressed(folder / "some.npz", **arrays() | {"x_train": np.zeros((60_000, 28, 28), np.uint8)})
    return folder


@pytest.mark.parametrize("form", [much_in_gz, much_in_npz])
def test_file_that_unzips_to_far_too_much_is_not_read_to_its_end(tmp_path, monkeypatch, form):
    monkeypatch.setattr(data, "MOST_BYTES", 100_000)
    form(tmp_path)
    tracemalloc.start()
    try:
        text = fault(tmp_path)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert "bytes, has more than 100,000" in text
    assert most < 5_000_000


def test_unreadable_file(tmp_path, monkeypatch):
    plain_folder(tmp_path)

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    text = fault(tmp_path)
    assert "cannot be read" in text
    assert "Permission denied" in text


def with_keys(*left_out: str, **changes):
    content = {key: array for key, array in (arrays() | changes).items() if key not in left_out}
    return lambda path: write_npz(path, content)


def with_member(change):
    """Put `change(...)` in the place of the bytes of x_train.npy."""

    def spoil(path: Path) -> None:
        with zipfile.ZipFile(path, "w") as archive:
            for key, array in arrays().items():
                file = io.BytesIO()
                np.save(file, array)
                content = file.getvalue()
                archive.writestr(f"{key}.npy", change(content) if key == "x_train" else content)

    return spoil


def changed_on_disk(change):
    def spoil(path: Path) -> None:
        write_npz(path, arrays())
        path.write_bytes(change(path.read_bytes()))

    return spoil


NPZ_FAULTS = {
    "an array missing": (with_keys("y_test"), "", ["lacks y_test", "x_train, y_train, x_test, y_test"]),
    "all arrays missing": (
        with_keys(*ARRAYS, other=np.zeros(3)),
        "",
        ["lacks x_train, y_train, x_test, y_test"],
    ),
    "small images": (
        with_keys(x_train=np.zeros((24, 8, 8), np.uint8)),
        "x_train",
        ["(24, 8, 8), uint8; make"],
    ),
    "flat images": (with_keys(x_test=np.zeros((7, 784), np.uint8)), "x_test", ["(7, 784)"]),
    "float images": (with_keys(x_train=np.zeros((24, 28, 28))), "x_train", ["float64", "uint8"]),
    "float labels": (with_keys(y_train=np.zeros(24)), "y_train", ["float64", "integers"]),
    "one-hot labels": (with_keys(y_train=np.zeros((24, 10), int)), "y_train", ["(24, 10)", "(size,)"]),
    "one label without a shape": (with_keys(y_train=np.int64(3)), "y_train", ["()", "(size,)"]),
    "pickled objects": (with_keys(y_test=np.array([print] * 7)), "y_test", ["pickled objects"]),
    "a negative label": (with_keys(y_test=np.full(7, -1)), "y_test", ["label number 0 is -1"]),
    "a huge label": (
        with_keys(y_test=np.full(7, 2**64 - 1, np.uint64)),
        "y_test",
        ["is 18446744073709551615"],
    ),
    "more labels": (with_keys(y_test=np.zeros(8, int)), "x_test", ["7 images", "y_test has 8 labels"]),
    "nothing to test on": (with_keys(x_test=NO_IMAGES, y_test=NO_LABELS), "x_test", ["is empty"]),
    "cut short": (changed_on_disk(lambda b: b[:-500]), "", ["not a valid .npz"]),
    "bytes changed": (changed_on_disk(lambda b: b[:900] + b"xxxx" + b[904:]), "", ["not a valid .npz"]),
    "not an archive": (changed_on_disk(lambda b: b"no"), "", ["not a valid .npz"]),
    "array cut short": (
        with_member(lambda b: b[:-1]),
        "x_train",
        ["expected 18,944 bytes, has 18,943", "download"],
    ),
    "array too long": (with_member(lambda b: b + b"x"), "x_train", ["expected 18,944 bytes, has 18,945"]),
    "not an array": (with_member(lambda b: b"no"), "x_train", ["not a valid array"]),
    "another version": (with_member(lambda b: b[:6] + b"\x09" + b[7:]), "x_train", ["not a valid array"]),
    "absurd size": (
        with_member(lambda b: b.replace(b"(24, 28, 28), }       ", b"(24000000000, 28, 28)}")),
        "x_train",
        ["expected 18,816,000,000,128 bytes, has 18,944"],
    ),
    "negative size": (
        with_member(lambda b: b.replace(b"(24, 28, 28), } ", b"(-24, 28, 28), }")),
        "x_train",
        ["has 18,944"],
    ),
}


@pytest.mark.parametrize("case", NPZ_FAULTS)
def test_faults_of_npz_files(tmp_path, case):
    spoil, key, words = NPZ_FAULTS[case]
    path = tmp_path / "some.npz"
    spoil(path)
    text = fault(path)
    assert text.startswith(f"{path}, {key}: " if key else f"{path}: ")
    for word in words:
        assert word in text


def test_several_npz_files(tmp_path):
    write_npz(tmp_path / "one.npz", arrays())
    write_npz(tmp_path / "two.npz", arrays())
    assert f"{tmp_path}: has 2 .npz files; give the path of one" in fault(tmp_path)


def test_unknown_name():
    text = fault(None, "cifar10")
    assert "'cifar10'" in text
    assert ", ".join(NAMES) in text


def test_folder_that_does_not_exist(tmp_path):
    assert fault(tmp_path / "nowhere").startswith(f"{tmp_path / 'nowhere'}: there is no such folder")


def test_file_that_is_no_npz(tmp_path):
    gz_folder(tmp_path)
    assert fault(tmp_path / TRAIN_IMAGES).startswith(f"{tmp_path / TRAIN_IMAGES}: is neither a folder nor")


# Keras, which no test lets download.


def give_keras(monkeypatch, name, load_data):
    datasets = SimpleNamespace(**{name: SimpleNamespace(load_data=load_data)})
    monkeypatch.setitem(sys.modules, "keras", SimpleNamespace(datasets=datasets))


@pytest.mark.parametrize("name", ["mnist", "fashion_mnist"])
def test_without_a_folder_keras_loads(monkeypatch, name):
    a, b, c, d = arrays().values()
    give_keras(monkeypatch, name, lambda: ((a, b), (c, d)))
    read = load(name)
    assert (len(read.train), len(read.validation), len(read.test)) == (22, 2, 7)
    np.testing.assert_allclose(read.test.images[..., 0], c / 255, rtol=1e-6)


@pytest.mark.parametrize("name", ["mnist", "fashion_mnist"])
def test_failed_download(monkeypatch, name):
    def load_data():
        raise OSError("no\nnetwork")

    give_keras(monkeypatch, name, load_data)
    hint = "put its four .gz files in a folder and use --data-folder FOLDER"
    assert fault(None, name) == f"{name} could not be downloaded (no network): {hint}"


def test_keras_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "keras", None)
    assert fault(None).startswith("mnist could not be downloaded (")


def test_keras_gives_something_else(monkeypatch):
    a, b, c, d = arrays().values()
    give_keras(monkeypatch, "mnist", lambda: ((a / 255, b), (c, d)))
    assert fault(None).startswith("mnist from Keras, x_train: is (24, 28, 28), float64")


def test_tensorflow_is_not_imported():
    code = (
        "import sys, trainer.data; trainer.data.load('digits'); "
        "print([m for m in ('tensorflow', 'keras') if m in sys.modules])"
    )
    root = Path(data.__file__).parents[1]
    run = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
