"""Demonstrations on weights: how they begin, move, are kept, and what they learn."""

from __future__ import annotations

import itertools
import random
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from trainer import pictures
from trainer.experiments import paths_in_the_valley

_COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7")
# Steps of the network in NumPy: three seconds.
_TRAINED = 150


def _digits() -> tuple[NDArray[Any], NDArray[Any]]:
    digits = load_digits()
    return (digits.images / 16).astype(np.float32)[..., None], digits.target.astype(np.int64)


def dense(part: ModuleType) -> Figure:
    """Show what four random layers make of a plane: with ReLU between them it folds, without it stays straight."""
    rng = np.random.default_rng(6)
    sizes = (2, 32, 32, 32, 1)
    layers = [
        (rng.normal(0, np.sqrt(2 / inputs), (inputs, units)), rng.normal(0, 0.3, units))
        for inputs, units in itertools.pairwise(sizes)
    ]
    x, y = np.meshgrid(np.linspace(-3, 3, 160), np.linspace(-3, 3, 160))
    plane = np.stack([x.ravel(), y.ravel()], axis=1)
    figure = Figure(figsize=(9, 3.4), layout="constrained")
    choices = (
        ("no activation: one layer", lambda layer: layer),
        ("relu", part.relu),
        ("sigmoid", part.sigmoid),
    )
    for axes, (name, activation) in zip(figure.subplots(1, 3), choices, strict=True):
        layer = plane
        for kernel, bias in layers[:-1]:
            layer = activation(part.dense(layer, kernel, bias))
        layer = part.dense(layer, *layers[-1])
        axes.contourf(x, y, layer.reshape(x.shape), levels=12, cmap="RdBu")
        axes.set_title(f"four layers, {name}", fontsize=10)
        axes.set(xticks=[-3, 0, 3], yticks=[-3, 0, 3], xlabel="first input")
    figure.axes[0].set_ylabel("second input")
    figure.suptitle("the color is the output: red for the smallest, blue for the largest", fontsize=10)
    return figure


def classification(part: ModuleType) -> Figure:
    """Show softmax at several temperatures: the same logits, sharper and sharper."""
    logits = np.array([[1.0, 2.0, 0.5, 3.0, -1.0, 0.0, 1.5, 2.8, -0.5, 0.2]])
    figure = Figure(figsize=(9, 3), layout="constrained")
    for axes, temperature in zip(figure.subplots(1, 4, sharey=True), (4.0, 1.0, 0.5, 0.1), strict=True):
        shares = part.softmax(logits / temperature)
        loss = float(part.cross_entropy(logits / temperature, np.array([7])))
        axes.bar(
            range(10), shares[0], color=[_COLORS[1] if number == 7 else _COLORS[0] for number in range(10)]
        )
        axes.set_xticks(range(10))
        divided = "logits" if temperature == 1 else f"logits / {temperature:g}"
        axes.set_title(f"softmax({divided})\nloss if it is a 7: {loss:.2f}", fontsize=9)
        axes.set_xlabel("class")
    figure.axes[0].set_ylabel("probability")
    return figure


def initializers(part: ModuleType) -> Figure:
    """Show what eight layers with ReLU make of random inputs: they vanish, explode, or stay as they are."""
    choices = {
        "stddev 0.01: vanishing": lambda shape, rng: part.truncated_normal(shape, rng, stddev=0.01),
        "stddev 1: exploding": lambda shape, rng: part.truncated_normal(shape, rng, stddev=1.0),
        "your glorot_uniform": part.glorot_uniform,
        "your he_normal": part.he_normal,
    }
    figure = Figure(figsize=(9, 3.6), layout="constrained")
    axes = figure.subplots()
    for color, (name, draw) in zip(_COLORS, choices.items(), strict=True):
        rng = np.random.default_rng(0)
        layer, spread = rng.normal(size=(256, 200)), []
        for _ in range(8):
            outputs = layer @ draw((200, 200), rng)
            spread.append(float(outputs.std()))
            layer = np.maximum(outputs, 0)
        axes.semilogy(range(1, 9), spread, color=color, marker="o", label=name)
    axes.set(xlabel="layer", ylabel="standard deviation of its outputs")
    axes.set_title("eight layers of 200 units, ReLU between them", fontsize=10)
    axes.legend(frameon=False)
    return figure


def optimizers(part: ModuleType) -> Figure:
    """Show the paths of the three optimizers in a long valley."""
    choices = {
        "sgd": (part.sgd_state, part.sgd_step),
        "momentum": (part.momentum_state, part.momentum_step),
        "adam": (part.adam_state, part.adam_step),
    }
    return paths_in_the_valley(choices)


def batching(part: ModuleType) -> Figure:
    """Show five epochs of 40 examples: which batch has which example."""
    size, batch_size, epochs = 40, 8, 5
    rng = np.random.default_rng(0)
    grid = np.zeros((epochs, size))
    for epoch in range(epochs):
        for number, indices in enumerate(part.epoch_batches(size, batch_size, rng)):
            grid[epoch, indices] = number
    figure = Figure(figsize=(9, 2.6), layout="constrained")
    axes = figure.subplots()
    axes.imshow(grid, cmap="tab10", vmin=0, vmax=9)
    axes.set(xlabel="example", ylabel="epoch", yticks=range(epochs))
    axes.set_title(
        f"a color for each batch of {batch_size}: each example once an epoch, in another batch", fontsize=10
    )
    return figure


def backpropagation(part: ModuleType) -> Figure:
    """Show the gradients of a dense layer of two weights as arrows: downhill, everywhere on the surface of its loss."""
    rng = np.random.default_rng(1)
    inputs, right = rng.normal(size=(60, 2)) * (1.0, 0.5), np.array([[1.0], [-1.0]])
    targets = inputs @ right

    def loss_and_gradient(kernel: NDArray[Any]) -> tuple[float, NDArray[Any]]:
        error = inputs @ kernel - targets
        gradient = part.dense_gradients(inputs, kernel, error / len(inputs))[1]
        return float((error**2).mean() / 2), gradient

    first, second = np.meshgrid(np.linspace(-1, 3, 60), np.linspace(-3, 1, 60))
    losses = np.array(
        [
            [loss_and_gradient(np.array([[a], [b]]))[0] for a, b in zip(*row, strict=True)]
            for row in zip(first, second, strict=True)
        ]
    )
    figure = Figure(figsize=(6.5, 5.2), layout="constrained")
    axes = figure.subplots()
    axes.contourf(first, second, losses, levels=16, cmap="Blues_r")
    for a, b in zip(first[::7, ::7].ravel(), second[::7, ::7].ravel(), strict=True):
        gradient = loss_and_gradient(np.array([[a], [b]]))[1].ravel()
        axes.arrow(a, b, *(-0.25 * gradient), width=0.01, head_width=0.06, color=_COLORS[1])
    axes.plot(1, -1, marker="*", markersize=16, color="white")
    axes.set(xlabel="first weight", ylabel="second weight", xlim=(-1, 3), ylim=(-3, 1))
    axes.set_title(
        "minus the gradient of your dense_gradients points downhill,\nto the star (dark: a small loss)",
        fontsize=10,
    )
    return figure


def early_stopping(part: ModuleType) -> Figure:
    """Show where training would have stopped on the curve of a real training that overfits."""
    from sklearn.neural_network import MLPClassifier

    images, labels = _digits()
    rows = images.reshape(len(images), -1) + np.random.default_rng(0).normal(0, 0.35, (len(images), 64))
    network = MLPClassifier((64,), learning_rate_init=0.01, random_state=0)
    accuracies = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for _ in range(60):
            network.partial_fit(rows[:150], labels[:150], classes=range(10))
            accuracies.append(float(network.score(rows[150:], labels[150:])))
    patience = 100
    stopper = part.EarlyStopping(patience)
    stopped = next(
        (
            iteration
            for number, accuracy in enumerate(accuracies, 1)
            if stopper.update(iteration := 10 * number, accuracy)[1]
        ),
        None,
    )
    figure = Figure(figsize=(8, 3.6), layout="constrained")
    axes = figure.subplots()
    axes.plot(np.arange(1, 61) * 10, accuracies, color=_COLORS[0])
    axes.plot(
        stopper.best_iteration, stopper.best_accuracy, "*", markersize=14, color=_COLORS[2], label="the best"
    )
    if stopped:
        axes.axvline(stopped, color=_COLORS[1], label=f"your early stopping, patience {patience}")
    axes.set(xlabel="iteration", ylabel="validation accuracy")
    axes.legend(frameon=False)
    return figure


_SAVES = """
import importlib.util, sys
import numpy as np
sys.path.insert(0, sys.argv[1])
import checkpoints
for step in range(1, 10**6):
    checkpoints.save(sys.argv[2], {"weights": np.full((400, 400), step, np.float64)}, step, keep=2)
    print(step, flush=True)
"""
_KILLS = 6


def checkpoints(part: ModuleType) -> Figure:
    """Kill a process that does nothing but save, again and again, and show what can still be restored."""
    rng, rows = random.Random(0), []
    for number in range(1, _KILLS + 1):
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-c", _SAVES, str(Path(str(part.__file__)).parent), folder]
            saver = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
            assert saver.stdout
            for _ in range(3):
                saver.stdout.readline()
            time.sleep(rng.random() / 5)
            saver.kill()
            last = ([3, *map(int, saver.stdout.read().split())])[-1]
            saver.wait()
            path = part.latest(folder)
            try:
                variables, step = part.restore(path)
                whole = bool((variables["weights"] == step).all())
                found = f"step {step}, {'whole' if whole else 'mixed up'}"
            except (OSError, ValueError, TypeError) as error:
                found = f"nothing: {type(error).__name__}"
            rows.append((f"{number}", f"{last}", found))
    figure = Figure(figsize=(7, 0.6 + 0.4 * len(rows)), layout="constrained")
    axes = figure.subplots()
    axes.set_axis_off()
    axes.set_title("a process that saves again and again is killed in the middle", fontsize=10)
    axes.table(rows, colLabels=("kill", "last step it reported", "what your restore finds"), loc="center")
    return figure


def numpy_cnn(part: ModuleType) -> Figure:
    """Train on small digits for a few seconds, and show the loss and the filters before and after."""
    images, labels = _digits()
    training = part.Training(part.initial_weights(images.shape[1:]), learning_rate=3e-3)
    before = training.arrays()["conv1/kernel"].copy()
    rng, losses = np.random.default_rng(0), []
    for _ in range(_TRAINED):
        indices = rng.integers(0, 1500, 64)
        losses.append(training.step(images[indices], labels[indices]))
    fraction, _ = training.accuracy(images[1500:], labels[1500:])
    after = training.arrays()["conv1/kernel"]
    title = f"{len(losses)} steps of your own functions: {fraction:.1%} of new digits are read right"
    return pictures.learned(losses, before, after, title)
