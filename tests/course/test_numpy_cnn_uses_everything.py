"""`numpy_cnn` learns with the solutions of all exercises before it; with one function spoiled it does not."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from sklearn.datasets import load_digits

from autograder.course import read_course

KIT = Path(__file__).parents[2]
COURSE = read_course(KIT)

# Trains with the modules in the folder of a file of arrays, and prints the accuracy on its test images.
LEARN = """
import json, sys, tempfile
import numpy as np
import numpy_cnn

settings, arrays = json.loads(sys.argv[1]), np.load("examples.npz")
train, validation, test = (
    (arrays[f"{part}_images"], arrays[f"{part}_labels"]) for part in ("train", "validation", "test")
)
weights = numpy_cnn.initial_weights(train[0].shape[1:], **settings["network"])
training = numpy_cnn.Training(weights, settings["learning_rate"])
with tempfile.TemporaryDirectory() as folder:
    numpy_cnn.fit(training, *train, *validation, folder, **settings["fit"])
print(training.accuracy(*test)[0])
"""

# By exercise, a function that goes wrong in one respect. Appended to the solution, it takes the place of the right one.
SPOILED = {
    # No zeros at all: the kernel does not fit.
    "padding": """
def same_padding(size, kernel_size, strides):
    return 0, 0
""",
    # Pooling leaves the size: the dense layer expects too many features.
    "shapes": """
def pool_output_shape(input_shape, pool_size, strides, padding):
    return input_shape
""",
    # The sign: the gradient that fits the right convolution climbs on this one.
    "convolution": """
_right = conv2d
def conv2d(images, kernel, bias, strides=(1, 1)):
    return _right(images, -kernel, bias, strides)
""",
    # The smallest of each window.
    "pooling": """
def max_pool(images, pool_size=(2, 2), strides=(2, 2), padding=NO_PADDING):
    return patches(images, pool_size, strides).min(axis=(3, 4))
""",
    # The batch as the last axis: the gradient of one image comes back to another.
    "flatten": """
import numpy as np
def unflatten(flat, shape):
    return np.moveaxis(flat.reshape(*shape, -1), 3, 0)
""",
    "dense": """
def dense(inputs, kernel, bias):
    return bias - inputs @ kernel
""",
    # One column too far.
    "classification": """
_right = one_hot
def one_hot(labels, classes):
    return np.roll(_right(labels, classes), 1, axis=1)
""",
    # Nothing passes a ReLU that is given zeros.
    "initializers": """
def he_normal(shape, rng):
    return np.zeros(shape, np.float32)
""",
    # Uphill.
    "optimizers": """
_right = adam_step
def adam_step(weights, state, gradient, learning_rate=0.001):
    return _right(weights, state, -gradient, learning_rate)
""",
    # The labels of other images.
    "batching": """
def take(images, labels, indices):
    return images[indices], labels[: len(indices)]
""",
    "backpropagation": """
_right = conv2d_gradients
def conv2d_gradients(images, kernel, gradient, strides=(1, 1)):
    return tuple(-array for array in _right(images, kernel, gradient, strides))
""",
    # Lower is better: the first network, or a worse one, is kept.
    "early_stopping": """
class EarlyStopping(EarlyStopping):
    def update(self, iteration, accuracy):
        improved = self.best_accuracy is None or accuracy < self.best_accuracy
        if improved:
            self.best_accuracy, self.best_iteration = accuracy, iteration
        return improved, iteration - self.best_iteration > self.patience
""",
    # The worst is kept.
    "checkpoints": """
_right = keep_best
def keep_best(directory, variables, step, accuracy):
    return _right(directory, variables, step, -accuracy)
""",
}


def learn(folder: Path, examples: dict, settings: dict, spoiled: str = "") -> subprocess.CompletedProcess:
    """Train in a process of its own with the solutions, one of them spoiled."""
    for solution in (KIT / "solutions").glob("*.py"):
        shutil.copy(solution, folder)
    if spoiled:
        with (folder / f"{spoiled}.py").open("a", encoding="utf-8") as file:
            file.write(SPOILED[spoiled])
    np.savez(
        folder / "examples.npz",
        **{
            f"{part}_{name}": array
            for part, pair in examples.items()
            for name, array in zip(("images", "labels"), pair, strict=True)
        },
    )
    # One thread: for arrays as small as these, several only cost time.
    environment = {
        **os.environ,
        "PYTHONPATH": str(folder),
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    return subprocess.run(
        [sys.executable, "-c", LEARN, json.dumps(settings)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
    )


def digits():
    """Return scikit-learn's digits: 1,200 to learn from, 300 to validate with, 297 to test with.

    Shuffled, as in the trainer: in their own order the last ones are written by people of whom none of the
    first ones is, and 91 % of those are right.
    """
    bunch = load_digits()
    order = np.random.default_rng(0).permutation(len(bunch.target))
    images, labels = (bunch.images[order, :, :, None] / 16).astype(np.float32), bunch.target[order]
    parts = {"train": slice(1200), "validation": slice(1200, 1500), "test": slice(1500, None)}
    return {name: (images[part], labels[part]) for name, part in parts.items()}


def bars(size, seed):
    """Return noisy images of 4 by 4 pixels, and 0 for a bright row, 1 for a bright column, 2 for both."""
    rng = np.random.default_rng(seed)
    images, labels = rng.uniform(0, 0.5, (size, 4, 4, 1)), rng.integers(0, 3, size)
    for image, label, (row, column) in zip(images, labels, rng.integers(0, 4, (size, 2)), strict=True):
        if label != 1:
            image[row] += 0.5
        if label != 0:
            image[:, column] += 0.5
    return images.astype(np.float32), labels


BARS = {"train": bars(300, 0), "validation": bars(100, 1), "test": bars(300, 2)}
SHORT = {
    "network": {"classes": 3, "filters": [4, 8], "units": 16},
    "learning_rate": 0.01,
    "fit": {"iterations": 150, "batch_size": 20, "validate_every": 10},
}


def test_digits_are_learned(tmp_path):
    """At least 97 % of the test images are right after 400 iterations."""
    settings = {"network": {}, "learning_rate": 3e-3, "fit": {"iterations": 400}}
    done = learn(tmp_path, digits(), settings)
    assert done.returncode == 0, done.stderr
    assert float(done.stdout) >= 0.97


def test_bars_are_learned(tmp_path):
    """What the next test asks of the spoiled ones."""
    done = learn(tmp_path, BARS, SHORT)
    assert done.returncode == 0, done.stderr
    assert float(done.stdout) >= 0.9


@pytest.mark.parametrize("exercise", SPOILED)
def test_nothing_is_left_out(tmp_path, exercise):
    """Something does not fit, or much less is learned than with the right ones."""
    done = learn(tmp_path, BARS, SHORT, spoiled=exercise)
    if done.returncode == 0:
        assert float(done.stdout) < 0.75
    else:
        assert done.stderr.splitlines()[-1].startswith("ValueError")


def test_every_exercise_before_is_spoiled():
    """All that come before `numpy_cnn` are spoiled above, and it needs each of them."""
    needs = next(exercise.needs for exercise in COURSE.exercises if exercise.name == "numpy_cnn")
    before = COURSE.names[: COURSE.names.index("numpy_cnn")]
    assert list(SPOILED) == before == list(dict.fromkeys(need.partition(".")[0] for need in needs))
