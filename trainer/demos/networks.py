"""Demonstrations of the exercises that use TensorFlow."""

from __future__ import annotations

import math
from types import ModuleType
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from trainer import pictures
from trainer.data import load

_STEPS = 150


def layers(part: ModuleType) -> Figure:
    """Show what the filters of a first layer, drawn by chance, make of a digit: its feature maps."""
    image = load("digits").test.images[:1]
    maps = part.chain(image).conv2d(5, 12).layer.numpy()
    figure = Figure(figsize=(9, 3.6), layout="constrained")
    cells: Any = figure.subplots(2, 7)
    for axes in cells.flat:
        axes.set_axis_off()
    cells[0][0].imshow(image[0, :, :, 0], cmap="gray_r")
    cells[0][0].set_title("the digit", fontsize=9)
    places = [axes for row in cells for axes in row[1:]]
    for number, axes in enumerate(places):
        axes.imshow(maps[0, :, :, number], cmap="gray")
        axes.set_title(f"filter {number + 1}", fontsize=8)
    return figure


def networks(part: ModuleType) -> Figure:
    """Show how many parameters each network has, and in which layers."""
    figure = Figure(figsize=(9, 3.4), layout="constrained")
    axes = figure.subplots()
    for row, kind in enumerate(part.NETWORKS):
        left = 0
        for name, array in part.Network(kind).variables.by_name.items():
            count = math.prod(array.shape)
            color = "#0072B2" if name.startswith("conv") else "#D55E00"
            axes.barh(row, count, left=left, color=color, edgecolor="white")
            left += count
        axes.text(left, row, f"  {left:,}", va="center", fontsize=9)
    axes.set_yticks(range(len(part.NETWORKS)), list(part.NETWORKS))
    axes.set_xscale("symlog", linthresh=1e5)
    axes.set_title("parameters: convolutional layers are blue, dense layers orange", fontsize=10)
    axes.invert_yaxis()
    axes.margins(x=0.25)
    return figure


def training(part: ModuleType) -> Figure:
    """Train the CNN for some steps, and show its first filters before and after."""
    data = load("digits")
    network = part.Network("cnn", defaults={"initializer": "he_normal"})
    trained = part.Training(network, "adam", 1e-3)

    def first_filters() -> Any:
        return next(array for name, array in trained.arrays().items() if name.endswith("kernel")).copy()

    before, rng = first_filters(), np.random.default_rng(0)
    losses = trained.run(
        data.train.images,
        data.train.labels,
        [rng.integers(0, len(data.train.labels), 64) for _ in range(_STEPS)],
    )
    fraction, _ = trained.accuracy(data.test.images, data.test.labels)
    title = f"{_STEPS} steps: {fraction:.1%} of the test digits are read right"
    return pictures.learned(losses, before, first_filters(), title)
