"""Pictures of a trained network. Each function returns a figure; `save` writes it.

A notebook shows a figure without further code. Figures are made without pyplot, so they share no state.
"""

from __future__ import annotations

import math
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

# Colour-blind people can distinguish these colours: https://jfly.uni-koeln.de/color/
_COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
_WRONG = "#C00000"
_GREY = "#666666"


def save(figure: Figure, path: Path) -> None:
    """Write a figure as a PNG file. The write is atomic; a missing folder is created."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, suffix=".png.tmp")
    try:
        with open(descriptor, "wb") as file:
            figure.savefig(file, format="png", dpi=120, facecolor="white", bbox_inches="tight")
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def nine_digits(
    images: NDArray[Any],
    labels: NDArray[Any],
    predicted: NDArray[Any] | None = None,
    class_names: Sequence[str] = tuple("0123456789"),
) -> Figure:
    """Draw the first nine images, each with its class; wrong predictions are red.

    Args:
        images: shape (size, height, width, 1), 0 to 1; fewer than nine are fine.
        labels: the true classes.
        predicted: the predicted classes; None shows only the true ones.
        class_names: the names of the classes.

    Raises:
        ValueError: if the images have another shape, or the number of labels differs from the number of
            images; the message names the argument and its shape.
    """
    _check_images(images, labels)
    figure = Figure(figsize=(5.4, 6.0), layout="constrained")
    for place, axes in enumerate(figure.subplots(3, 3).flat):
        axes.set_axis_off()
        if place >= len(images):
            continue
        axes.imshow(images[place, :, :, 0], cmap="gray_r", vmin=0, vmax=1, interpolation="nearest")
        text, color = f"True: {class_names[labels[place]]}", "black"
        if predicted is not None:
            text += f", predicted: {class_names[predicted[place]]}"
            color = "black" if predicted[place] == labels[place] else _WRONG
        axes.set_title(text, fontsize=9, color=color)
    return figure


def nine_errors(
    images: NDArray[Any], labels: NDArray[Any], predicted: NDArray[Any], class_names: Sequence[str]
) -> Figure:
    """Draw the first nine images with a wrong prediction; arguments as for `nine_digits`."""
    _check_images(images, labels)
    wrong = np.flatnonzero(predicted != labels)
    if len(wrong):
        return nine_digits(images[wrong], labels[wrong], predicted[wrong], class_names)
    figure = Figure(figsize=(5.4, 1.2))
    figure.text(0.5, 0.5, f"no errors among {len(images):,} images", ha="center", va="center", fontsize=13)
    return figure


def confusion(matrix: NDArray[Any], class_names: Sequence[str]) -> Figure:
    """Draw a confusion matrix with its counts, coloured by the fraction of each row.

    Args:
        matrix: counts of true class (row) and predicted class (column), shape (classes, classes).
        class_names: the names of the classes.

    Raises:
        ValueError: if the matrix is not square; the message names it and its shape.
    """
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        raise ValueError(f"matrix must be square, not of shape {matrix.shape}")
    shares = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    figure = Figure(figsize=(6.8, 6.4), layout="constrained")
    axes = figure.subplots()
    # The square root makes 1 % visible beside 90 %.
    axes.imshow(np.sqrt(shares), cmap="Blues", vmin=0, vmax=1)
    for row, column in np.ndindex(matrix.shape):
        color = "white" if shares[row, column] > 0.4 else "black"
        alpha = 1.0 if matrix[row, column] else 0.35
        axes.text(
            column,
            row,
            f"{matrix[row, column]}",
            ha="center",
            va="center",
            color=color,
            fontsize=9,
            alpha=alpha,
        )
    long = max(map(len, class_names)) > 3
    axes.set_xticks(
        range(len(matrix)), class_names, rotation=45 if long else 0, ha="right" if long else "center"
    )
    axes.set_yticks(range(len(matrix)), class_names)
    axes.set_xlabel("predicted")
    axes.set_ylabel("true")
    axes.tick_params(length=0)
    correct, total = int(np.trace(matrix)), int(matrix.sum())
    axes.set_title(f"{correct / max(total, 1):.1%} ({correct} / {total})")
    return figure


def confusion_text(matrix: NDArray[Any], class_names: Sequence[str]) -> str:
    """Return a confusion matrix as text: true classes are rows, predicted classes are columns."""
    width = max(len(str(int(matrix.max()))), 3)
    label = max(map(len, class_names))
    head = " " * label + "".join(f" {name[:width]:>{width}}" for name in class_names)
    rows = [
        f"{name:>{label}}" + "".join(f" {number:>{width}}" for number in row)
        for name, row in zip(class_names, matrix, strict=True)
    ]
    return "\n".join([head, *rows])


def filters(weights: NDArray[Any], name: str, most: int = 64, input_channel: int = 0) -> Figure:
    """Draw the filters of one input channel on one scale: red is positive, blue negative, white zero.

    Args:
        weights: shape (height, width, in_channels, out_channels).
        name: the name of the layer.
        most: the maximum number of filters to draw.
        input_channel: the input channel to draw the filters of.

    Raises:
        ValueError: if the weights do not have four axes; the message names them and their shape.
    """
    if weights.ndim != 4:
        raise ValueError(f"weights must have four axes, not shape {weights.shape}")
    shown = np.moveaxis(weights[:, :, input_channel, :most], -1, 0)
    limit = float(np.abs(weights).max()) or 1.0
    figure, drawn = _grid(shown, cmap="seismic", low=-limit, high=limit)
    figure.colorbar(drawn, ax=figure.axes, shrink=0.8)
    some = f", {len(shown)} of {weights.shape[3]}" if len(shown) < weights.shape[3] else ""
    channel = f", input channel {input_channel}" if weights.shape[2] > 1 else ""
    figure.suptitle(
        f"{name}{channel}{some}: mean {weights.mean():.3f}, standard deviation {weights.std():.3f}",
        fontsize=10,
    )
    return figure


def learned(losses: Sequence[float], before: NDArray[Any], after: NDArray[Any], title: str) -> Figure:
    """Draw the losses of a training, and its first eight filters before and after it.

    Args:
        losses: of each step.
        before: the weights of a convolutional layer, `height width channels filters`, at least eight filters.
        after: the same after the training.
        title: the title of the picture.
    """
    figure = Figure(figsize=(9, 4.4), layout="constrained")
    rows = {"before": before, "after": after}
    places: list[Any] = [[f"{name}{number}" for number in range(8)] for name in rows]
    grid: Any = figure.subplot_mosaic([["loss"] * 8, *places], height_ratios=(3, 1, 1))
    grid["loss"].plot(losses, color=_COLORS[0])
    grid["loss"].set(xlabel="step", ylabel="loss")
    grid["loss"].set_title(title, fontsize=10)
    for name, weights in rows.items():
        for number in range(8):
            axes = grid[f"{name}{number}"]
            axes.imshow(weights[:, :, 0, number], cmap="RdBu", vmin=-0.8, vmax=0.8)
            axes.set_axis_off()
        grid[f"{name}0"].set_title(f"filters {name}", fontsize=8)
    return figure


def layer_outputs(outputs: NDArray[Any], name: str, most: int = 64) -> Figure:
    """Draw the outputs of a convolutional layer for one image, one panel per channel, on one scale.

    Args:
        outputs: shape (height, width, channels).
        name: the name of the layer.
        most: the maximum number of channels to draw.

    Raises:
        ValueError: if the outputs do not have three axes; the message names them and their shape.
    """
    if outputs.ndim != 3:
        raise ValueError(f"outputs must have three axes, not shape {outputs.shape}")
    shown = np.moveaxis(outputs[:, :, :most], -1, 0)
    figure, drawn = _grid(shown, cmap="gray", low=float(outputs.min()), high=float(outputs.max()))
    figure.colorbar(drawn, ax=figure.axes, shrink=0.8)
    some = f", {len(shown)} of {outputs.shape[2]} channels" if len(shown) < outputs.shape[2] else ""
    figure.suptitle(f"outputs of {name} for one image, before the activation{some}", fontsize=10)
    return figure


def curves(
    iterations: Sequence[int] | NDArray[Any],
    losses: Sequence[float] | NDArray[Any],
    validation_iterations: Sequence[int],
    validation_accuracies: Sequence[float],
    best_iteration: int | None = None,
) -> Figure:
    """Draw the training loss and the validation accuracy over the iterations.

    Args:
        iterations: the iteration of each loss.
        losses: the loss of each batch, in nats.
        validation_iterations: the iteration of each validation.
        validation_accuracies: the accuracy of each validation, 0 to 1.
        best_iteration: the iteration to mark.
    """
    loss, at = np.asarray(losses, float), np.asarray(iterations)
    figure = Figure(figsize=(7, 5.6), layout="constrained")
    upper, lower = figure.subplots(2, 1, sharex=True)
    window = max(1, len(loss) // 50)
    upper.plot(at, loss, color=_COLORS[0], alpha=0.3, linewidth=0.7, label="each batch")
    if window > 1:
        mean = np.convolve(loss, np.ones(window) / window, mode="valid")
        upper.plot(at[window - 1 :], mean, color=_COLORS[0], label=f"mean of {window}")
    positive = loss[np.isfinite(loss) & (loss > 0)]
    if len(positive) and positive.max() > 100 * positive.min():
        upper.set_yscale("log")
    upper.set_ylabel("loss")
    upper.legend(frameon=False)
    lower.plot(validation_iterations, validation_accuracies, color=_COLORS[1], marker=".", markersize=4)
    if best_iteration is not None and best_iteration in validation_iterations:
        best = validation_accuracies[list(validation_iterations).index(best_iteration)]
        lower.plot([best_iteration], [best], marker="*", markersize=13, color=_COLORS[1])
        lower.annotate(
            f"best: {best:.1%} at {best_iteration:,}",
            (0.98, 0.08),
            xycoords="axes fraction",
            ha="right",
        )
    lower.set_ylabel("validation accuracy")
    lower.yaxis.set_major_formatter(lambda value, _: f"{value:.4g}" if value > 1 else f"{100 * value:.3g} %")
    lower.set_xlabel("iteration")
    for axes in (upper, lower):
        _plain(axes)
    return figure


def histograms(
    outputs: Mapping[str, NDArray[Any]], logits: NDArray[Any], predictions: NDArray[Any]
) -> Figure:
    """Draw histograms of the outputs of each layer, the logits and the predictions.

    With a good initialization, the outputs of all layers have the same order of magnitude. If they grow or
    shrink from layer to layer, the predictions are all 0 and 1, or all the same.

    Args:
        outputs: the outputs of each layer before its activation, by the layer's name.
        logits: the values before the softmax.
        predictions: the values after the softmax, 0 to 1.
    """
    panels = {**outputs, "logits": logits, "predictions": predictions}
    columns = min(3, len(panels))
    rows = math.ceil(len(panels) / columns)
    figure = Figure(figsize=(3.6 * columns, 2.3 * rows), layout="constrained")
    cells = figure.subplots(rows, columns, squeeze=False).flat
    for axes, (name, values) in zip(cells, panels.items(), strict=False):
        _histogram(axes, name, np.asarray(values, float).ravel())
    for axes in list(figure.axes)[len(panels) :]:
        axes.set_axis_off()
    return figure


def comparison(
    accuracies: Mapping[str, Sequence[float]], intervals: Mapping[str, tuple[float, float]], title: str
) -> Figure:
    """Draw the runs of each variant as dots, with their mean and its 95 % interval.

    Args:
        accuracies: the accuracy of each run, 0 to 1, by the variant's name.
        intervals: the ends of the interval, by the variant's name.
        title: the title of the picture.
    """
    figure = Figure(figsize=(7, 1.2 + 0.55 * len(accuracies)), layout="constrained")
    axes = figure.subplots()
    for place, (name, runs) in enumerate(accuracies.items()):
        color = _COLORS[place % len(_COLORS)]
        # Slightly apart, so that equal runs do not hide each other.
        apart = place + 0.18 + 0.16 * np.linspace(-0.5, 0.5, len(runs)) if len(runs) > 1 else [place + 0.18]
        axes.plot(
            np.multiply(runs, 100), apart, "o", color=color, alpha=0.55, markersize=5, markeredgewidth=0
        )
        low, high = intervals[name]
        mean = float(np.mean(runs))
        axes.plot([100 * low, 100 * high], [place - 0.12] * 2, color=color, linewidth=2.5)
        axes.plot([100 * mean], [place - 0.12], "D", color=color, markersize=7)
    axes.set_yticks(range(len(accuracies)), list(accuracies))
    axes.set_ylim(len(accuracies) - 0.5, -0.5)
    axes.set_xlabel("test accuracy, %: runs as dots, mean and its 95 % interval as diamond and line")
    axes.set_title(title, fontsize=10)
    _plain(axes)
    return figure


def surface_paths(
    cost: Callable[[NDArray[Any], NDArray[Any]], NDArray[Any]],
    paths: Mapping[str, NDArray[Any]],
    limits: tuple[tuple[float, float], tuple[float, float]],
    title: str,
) -> Figure:
    """Draw the paths of optimizers over a contour plot of a cost with two weights.

    Args:
        cost: takes two arrays of weights and returns an array of costs. Its minimum is marked.
        paths: the path of each optimizer, shape (steps + 1, 2), by the optimizer's name.
        limits: the range of the first weight and of the second weight.
        title: the title of the picture.
    """
    x, y = np.meshgrid(*(np.linspace(*limit, 300) for limit in limits))
    surface = cost(x, y)
    figure = Figure(figsize=(8, 4.6), layout="constrained")
    axes = figure.subplots()
    lowest, highest = max(float(surface.min()), float(surface.max()) * 1e-4), float(surface.max())
    axes.contour(x, y, surface, levels=np.geomspace(lowest, highest, 16), colors="#BBBBBB", linewidths=0.7)
    for color, (name, path) in zip(_COLORS, paths.items(), strict=False):
        last = float(cost(path[-1:, 0], path[-1:, 1])[0])
        axes.plot(path[:, 0], path[:, 1], color=color, linewidth=1.2, marker=".", markersize=3.5)
        axes.plot(
            *path[-1], marker="o", markersize=8, color=color, linestyle="", label=f"{name}: cost {last:.2g}"
        )
    begin = next(iter(paths.values()))[0]
    axes.plot(*begin, marker="s", markersize=7, color="black", linestyle="", label="start")
    row, column = np.unravel_index(surface.argmin(), surface.shape)
    axes.plot(
        x[row, column],
        y[row, column],
        marker="*",
        markersize=14,
        color="black",
        linestyle="",
        label="minimum",
    )
    axes.set_xlim(limits[0])
    axes.set_ylim(limits[1])
    axes.set_xlabel("first weight")
    axes.set_ylabel("second weight")
    axes.set_title(title, fontsize=11)
    axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5), frameon=False)
    _plain(axes)
    return figure


def surface_curve(
    cost: Callable[[NDArray[Any]], NDArray[Any]],
    paths: Mapping[str, NDArray[Any]],
    limits: tuple[float, float],
    title: str,
) -> Figure:
    """Draw the steps of each optimizer on the cost curve of one weight, one panel per optimizer.

    Args:
        cost: takes an array of weights and returns an array of costs.
        paths: the path of each optimizer, shape (steps + 1,), by the optimizer's name.
        limits: the range of the weight.
        title: the title of the picture.
    """
    x = np.linspace(*limits, 300)
    figure = Figure(figsize=(3.3 * len(paths), 3.2), layout="constrained")
    for axes, color, (name, path) in zip(
        figure.subplots(1, len(paths), sharey=True, squeeze=False)[0], _COLORS, paths.items(), strict=False
    ):
        axes.plot(x, cost(x), color="#BBBBBB")
        axes.plot(path, cost(path), color=color, marker=".", linewidth=0.8)
        axes.plot(path[-1], cost(path[-1:])[0], "o", color=color, markersize=8)
        axes.set_title(f"{name}: ends at {path[-1]:.2g}", fontsize=10)
        axes.set_xlabel("weight")
        _plain(axes)
    figure.axes[0].set_ylabel("cost")
    figure.suptitle(title, fontsize=11)
    return figure


def _check_images(images: NDArray[Any], labels: NDArray[Any]) -> None:
    if images.ndim != 4 or images.shape[3] != 1:
        raise ValueError(f"images must have the shape (size, height, width, 1), not {images.shape}")
    if len(labels) != len(images):
        raise ValueError(
            f"labels must have one entry for each of the {len(images)} images, not shape {labels.shape}"
        )


def _grid(images: NDArray[Any], cmap: str, low: float, high: float) -> tuple[Figure, Any]:
    columns = math.ceil(math.sqrt(len(images)))
    rows = math.ceil(len(images) / columns)
    figure = Figure(figsize=(0.75 * columns + 1.4, 0.75 * rows + 0.6), layout="constrained")
    drawn: Any = None
    for axes in figure.subplots(rows, columns, squeeze=False).flat:
        axes.set_axis_off()
    for axes, image in zip(figure.axes, images, strict=False):
        drawn = axes.imshow(image, cmap=cmap, vmin=low, vmax=high, interpolation="nearest")
    return figure, drawn


def _histogram(axes: Axes, name: str, values: NDArray[Any]) -> None:
    finite = values[np.isfinite(values)]
    dropped = f"\n{len(values) - len(finite):,} not finite" if len(finite) < len(values) else ""
    if len(finite):
        low, high = float(finite.min()), float(finite.max())
        # An empty range has no bins.
        room = (high - low) or max(abs(low), 1e-6)
        axes.hist(
            finite, bins=50, range=(low, high) if high > low else (low - room, high + room), color=_COLORS[0]
        )
        spread = f"[{_short(low)}, {_short(high)}], deviation {_short(float(finite.std()))}"
    else:
        spread = "no finite values"
    axes.set_title(f"{name}{dropped}\n{spread}", fontsize=8)
    axes.set_yticks([])
    axes.tick_params(labelsize=7)
    axes.locator_params(axis="x", nbins=5)
    _plain(axes)


def _short(number: float) -> str:
    return f"{number:,.0f}" if abs(number) >= 1000 else f"{number:.3g}"


def _plain(axes: Axes) -> None:
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(color=_GREY)
