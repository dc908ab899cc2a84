"""Demonstrations on pixels: a row of them, a digit, a photograph."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray
from sklearn.datasets import load_digits, load_sample_image

_BLUE, _PALE_BLUE, _PALE_ORANGE = "#0072B2", "#D3E6F3", "#FBDFCB"


def digit(number: int = 5) -> NDArray[Any]:
    """Return one of scikit-learn's handwritten digits, `1 8 8 1`, 0 to 1."""
    digits = load_digits()
    image: NDArray[Any] = digits.images[int(np.flatnonzero(digits.target == number)[0])]
    return (image / 16).astype(np.float32)[None, :, :, None]


def photograph() -> NDArray[Any]:
    """Return a grey photograph, `1 height width 1`, 0 to 1: a temple, which has edges in all directions."""
    image: NDArray[Any] = load_sample_image("china.jpg").mean(axis=2) / 255
    return image[::2, ::2].astype(np.float32)[None, :, :, None]


def show(axes: Axes, image: NDArray[Any], title: str, **look: Any) -> None:
    """Draw the first channel of the first image."""
    axes.imshow(image[0, :, :, 0], **{"cmap": "gray", "interpolation": "nearest", **look})
    axes.set_axis_off()
    axes.set_title(title, fontsize=10)


def padding(part: ModuleType) -> Figure:
    """Show every position of a window along a row, for both kinds of padding; and a digit, padded and cropped."""
    figure = Figure(figsize=(9, 5.2), layout="constrained")
    size, kernel_size = 7, 3
    cells: Any = figure.subplots(2, 3, height_ratios=(1, 1.2))
    for axes, (kind, strides) in zip(cells[0], (("VALID", 1), ("SAME", 1), ("SAME", 2)), strict=True):
        before, after = part.same_padding(size, kernel_size, strides) if kind == "SAME" else (0, 0)
        positions = part.output_size(size, kernel_size, strides, kind)
        for pixel in range(-before, size + after):
            color = _PALE_BLUE if 0 <= pixel < size else _PALE_ORANGE
            axes.add_patch(Rectangle((pixel, 0), 1, 1, facecolor=color, edgecolor="gray"))
            axes.text(pixel + 0.5, 0.5, "" if 0 <= pixel < size else "0", ha="center", va="center")
        for position in range(positions):
            begin, below = position * strides - before, -0.7 - 0.55 * position
            axes.add_patch(Rectangle((begin, below), kernel_size, 0.4, facecolor=_BLUE))
        axes.set(xlim=(-1.3, size + 1.3), ylim=(-0.8 - 0.55 * size, 1.3))
        axes.set_axis_off()
        axes.set_title(f"{kind}, strides {strides}: {positions} positions", fontsize=10)
    image = digit()
    amounts = (1, 3), (4, 0)
    show(cells[1][0], image, "a digit of 8 by 8", vmin=0, vmax=1)
    changes: tuple[tuple[Axes, Callable[[NDArray[Any]], NDArray[Any]], str], ...] = (
        (cells[1][1], lambda images: part.pad_images(images, amounts), "padded: 1 above, 3 below, 4 left"),
        (
            cells[1][2],
            lambda images: part.crop_or_pad(images, 6, 14),
            "height cropped to 6, width padded to 14",
        ),
    )
    for axes, change, title in changes:
        padded = change(image)
        show(axes, padded, title, vmin=0, vmax=1)
        # What was padded, in another color than the black of the digit.
        zeros = np.ma.masked_equal(change(np.ones_like(image))[0, :, :, 0], 1)
        axes.imshow(zeros, cmap=ListedColormap([_PALE_ORANGE]))
    return figure


def shapes(part: ModuleType) -> Figure:
    """Show VGG-16 layer by layer: where the numbers are, and where the parameters."""
    rows = part.trace(part.VGG16, (224, 224, 3))
    names = [f"{kind}  {' x '.join(map(str, shape))}" for kind, shape, _ in rows]
    figure = Figure(figsize=(9, 6.5), layout="constrained")
    left, right = figure.subplots(1, 2, sharey=True)
    positions = range(len(rows))
    outputs = [int(np.prod(shape)) for _, shape, _ in rows]
    for axes, counts, color in (
        (left, outputs, _BLUE),
        (right, [parameters for _, _, parameters in rows], "#D55E00"),
    ):
        bars = axes.barh(positions, [count / 1e6 for count in counts], color=color)
        axes.bar_label(bars, [f"{count:,}" if count else "" for count in counts], fontsize=7, padding=2)
        axes.margins(x=0.25)
        axes.set_xlabel("millions")
    left.set_yticks(positions, names, fontsize=8)
    left.invert_yaxis()
    left.set_title("outputs of each layer", fontsize=10)
    total = sum(parameters for _, _, parameters in rows)
    right.set_title(f"parameters: {total:,} in all", fontsize=10)
    return figure


def convolution(part: ModuleType) -> Figure:
    """Show the edges of a photograph, found by the learner's `conv2d`."""
    image, kernel = photograph(), part.vertical_edge_filter(3).astype(np.float32)
    figure = Figure(figsize=(9, 6.4), layout="constrained")
    cells: Any = figure.subplots(2, 2)
    show(cells[0][0], image, "a photograph")
    nothing = np.zeros(1, np.float32)
    vertical = part.conv2d(image, kernel, nothing)
    horizontal = part.conv2d(image, kernel.swapaxes(0, 1), nothing)
    blurred = part.conv2d(image, np.full((7, 7, 1, 1), 1 / 49, np.float32), nothing)
    show(cells[0][1], vertical, "your vertical edge filter", cmap="RdBu", vmin=-2, vmax=2)
    show(cells[1][0], horizontal, "the same filter, turned by 90 degrees", cmap="RdBu", vmin=-2, vmax=2)
    show(cells[1][1], blurred, "49 weights of 1/49: a blur")
    figure.colorbar(cells[0][1].images[0], ax=cells[0][1], shrink=0.8, label="output", extend="both")
    return figure


def pooling(part: ModuleType) -> Figure:
    """Show a photograph that gets smaller: the largest of each window, and the mean."""
    figure = Figure(figsize=(10, 4.6), layout="constrained")
    cells: Any = figure.subplots(2, 4)
    for row, (name, pool) in enumerate((("max", part.max_pool), ("average", part.average_pool))):
        image = photograph()
        for axes in cells[row]:
            show(axes, image, f"{name}: {image.shape[1]} by {image.shape[2]}")
            image = pool(image)
    return figure


def flatten(part: ModuleType) -> Figure:
    """Show a small color image, the first numbers of the row that it becomes, and the image that comes back."""
    image = load_sample_image("flower.jpg")[120:400:20, 200:460:20][None] / 255
    flat, features = part.flatten(image)
    figure = Figure(figsize=(9, 4), layout="constrained")
    cells: Any = figure.subplot_mosaic([["image", "back"], ["row", "row"]], height_ratios=(3, 1))
    shown = 18
    # Each number in the color of its channel.
    numbers = np.zeros((1, shown, 3))
    numbers[0, np.arange(shown), np.arange(shown) % 3] = flat[0, :shown]
    cells["row"].imshow(numbers, aspect="auto")
    cells["row"].set_xticks(np.arange(0, shown, 3) + 1, [f"pixel {n}" for n in range(shown // 3)])
    cells["row"].set_yticks([])
    cells["row"].set_title(f"flatten: {features} numbers, of which the first {shown}", fontsize=10)
    size = f"{image.shape[1]} by {image.shape[2]} pixels, 3 channels"
    for name, images, title in (
        ("image", image, size),
        ("back", part.unflatten(flat, image.shape[1:]), "unflatten"),
    ):
        cells[name].imshow(images[0])
        cells[name].set_axis_off()
        cells[name].set_title(title, fontsize=10)
    return figure
