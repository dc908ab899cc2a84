"""How fast the trainer is, beside Keras and beside the same network written by hand; prints a table.

The trainings take turns in one process, so that what else the machine does hits all of them alike; the median
of each is shown.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
KIT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(KIT))

import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402

from trainer.data import Data, Examples  # noqa: E402
from trainer.devices import choose_devices  # noqa: E402
from trainer.loop import GraphRunner  # noqa: E402
from trainer.parts import load_parts  # noqa: E402
from trainer.session import Session  # noqa: E402
from trainer.settings import settings_for  # noqa: E402

BATCH = 64
RATE = 1e-4
STEPS = {"cnn": 100, "vgg": 5}
ROUNDS = 7


def random_data(size: int) -> Data:
    """Return images that are as large as digits are; what they show makes no difference to the time."""
    rng = np.random.default_rng(0)
    examples = Examples(rng.random((size, 28, 28, 1), np.float32), rng.integers(0, 10, size))
    return Data("random", tuple("0123456789"), examples, examples.first(64), examples.first(64))


def of_the_trainer(net: str, data: Data, precision: str = "float32") -> Callable[[int], None]:
    """Return a function that makes so many steps with the trainer, of the reference's parts."""
    settings = settings_for(net, parts=str(KIT / "solutions"), learning_rate=RATE, precision=precision)
    devices = choose_devices("one")
    session = Session(load_parts(KIT / "solutions"), settings, data, Path(), devices)
    runner = GraphRunner(
        session.training, data.train.images, data.train.labels, settings, devices, lambda losses: None
    )
    batches = endless(len(data.train))
    return lambda steps: runner([next(batches) for _ in range(steps)]) and None


def endless(size: int) -> Iterator[np.ndarray]:
    """Yield batches of indices for ever."""
    rng = np.random.default_rng(0)
    while True:
        yield rng.permutation(size)[:BATCH]


def of_keras(net: str, data: Data) -> Callable[[int], None]:
    """Return a function that makes so many steps with `keras.Model.fit`."""
    layer = keras.layers
    if net == "cnn":
        layers = []
        for depth in (16, 36):
            layers += [layer.Conv2D(depth, 5, padding="same"), layer.MaxPool2D(), layer.ReLU()]
        units = 128
    else:
        layers, units = [layer.ZeroPadding2D(2)], 4096
        for depth, repeat in ((64, 2), (128, 2), (256, 3), (512, 3)):
            layers += [layer.Conv2D(depth, 3, padding="same", activation="relu") for _ in range(repeat)]
            layers.append(layer.MaxPool2D())
    model = keras.Sequential([*layers, layer.Flatten(), layer.Dense(units, "relu"), layer.Dense(10)])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(RATE), loss)

    def run(steps: int) -> None:
        count = steps * BATCH
        model.fit(data.train.images[:count], data.train.labels[:count], batch_size=BATCH, verbose=0)

    return run


def by_hand(net: str, data: Data) -> Callable[[int], None]:
    """Return a function that makes so many steps in one `tf.function` of `tf.nn`, Adam by its formulas."""
    weights: list[tf.Variable] = []

    def variable(*shape: int) -> int:
        weights.append(tf.Variable(tf.random.truncated_normal(shape, stddev=0.05)))
        return len(weights) - 1

    kernel, plan, units = (5, [(16, 2), (36, 2)], 128) if net == "cnn" else (3, [], 4096)
    if net == "vgg":
        for depth, repeat in ((64, 2), (128, 2), (256, 3), (512, 3)):
            plan += [(depth, 1)] * (repeat - 1) + [(depth, 2)]
    channels, side = 1, 28 if net == "cnn" else 32
    for depth, pool in plan:
        variable(kernel, kernel, channels, depth)
        variable(depth)
        channels, side = depth, side // pool
    for shape in ((side * side * channels, units), (units,), (units, 10), (10,)):
        variable(*shape)
    first, second = ([tf.Variable(tf.zeros_like(one)) for one in weights] for _ in range(2))
    count = tf.Variable(0.0)
    all_images, all_labels = tf.constant(data.train.images), tf.constant(data.train.labels)

    def logits(images: Any) -> Any:
        if net == "vgg":
            images = tf.pad(images, [(0, 0), (2, 2), (2, 2), (0, 0)])
        for number, (_, pool) in enumerate(plan):
            images = tf.nn.conv2d(images, weights[2 * number], 1, "SAME") + weights[2 * number + 1]
            if pool > 1:
                images = tf.nn.max_pool2d(images, pool, pool, "VALID")
            images = tf.nn.relu(images)
        flat = tf.reshape(images, (-1, side * side * channels))
        return tf.nn.relu(flat @ weights[-4] + weights[-3]) @ weights[-2] + weights[-1]

    @tf.function
    def steps_of(indices: Any) -> None:
        for batch in indices:
            images, labels = tf.gather(all_images, batch), tf.gather(all_labels, batch)
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits(images)))
            count.assign_add(1.0)
            for one, m, v, gradient in zip(weights, first, second, tape.gradient(loss, weights), strict=True):
                m.assign(0.9 * m + 0.1 * gradient)
                v.assign(0.999 * v + 0.001 * gradient**2)
                rate = RATE * tf.sqrt(1 - 0.999**count) / (1 - 0.9**count)
                one.assign_sub(rate * m / (tf.sqrt(v) + 1e-7))

    batches = endless(len(data.train))
    return lambda steps: steps_of(tf.constant(np.stack([next(batches) for _ in range(steps)])))


def main(*nets: str) -> None:
    """Print iterations a second of each, and the ratios."""
    columns = ("net", "float32", "Keras", "by hand", "bfloat16")
    ratios = ("float32 / Keras", "float32 / by hand", "bfloat16 / float32")
    print(f"| {' | '.join(columns + ratios)} |\n{'|---' * 8}|", flush=True)
    for net in nets or STEPS:
        steps = STEPS[net]
        data = random_data(BATCH * steps)
        contestants = {
            "float32": of_the_trainer(net, data),
            "Keras": of_keras(net, data),
            "by hand": by_hand(net, data),
            "bfloat16": of_the_trainer(net, data, "bfloat16"),
        }
        speeds: dict[str, list[float]] = {name: [] for name in contestants}
        for turn in range(ROUNDS + 2):
            for name, run in contestants.items():
                started = time.perf_counter()
                run(steps)
                if turn > 1:  # the first ones are traced
                    speeds[name].append(steps / (time.perf_counter() - started))
        median = {name: statistics.median(values) for name, values in speeds.items()}
        cells = [f"{median[name]:.1f} it/s" for name in contestants]
        pairs = (("float32", "Keras"), ("float32", "by hand"), ("bfloat16", "float32"))
        cells += [f"{median[one] / median[other]:.2f}" for one, other in pairs]
        print(f"| {net} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
