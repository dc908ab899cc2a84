"""The pictures of what is kept while a network learns, and of how everything is put together."""

from __future__ import annotations

import tempfile

import numpy as np
from checkpoints import checkpoints_in, keep_best, latest, restore, save
from early_stopping import EarlyStopping
from matplotlib.axes import Axes
from matplotlib.patches import Polygon, Rectangle
from shapes import CNN, VGG_FOR_DIGITS, trace
from sheet import (
    BLUE,
    GREEN,
    GREY,
    LINE,
    ORANGE,
    PALE,
    PALE_BLUE,
    PALE_GREEN,
    PALE_ORANGE,
    PAPER,
    SMALL,
    arrow,
    box,
    chart,
    number,
    product,
    sheet,
    write,
)


def early_stopping_picture() -> Axes:
    """Show the validation accuracy of a training, the wait after its best, and where it stops."""
    # A training as most are: quick at first, then by chance a little up and down.
    accuracies = [
        0.62,
        0.75,
        0.83,
        0.87,
        0.86,
        0.9,
        0.91,
        0.905,
        0.925,
        0.91,
        0.915,
        0.925,
        0.9,
        0.905,
        0.895,
        0.9,
    ]
    every, patience = 100, 500
    axes = sheet(
        300,
        "Validation accuracy over the iterations of a training. Stars mark improvements. After the best "
        "one comes a wait, the patience; when it has passed without another, training stops.",
    )
    stopper = EarlyStopping(patience)
    measured, stop = [], False
    while not stop:
        iteration, accuracy = (len(measured) + 1) * every, accuracies[len(measured)]
        improved, stop = stopper.update(iteration, accuracy)
        measured.append((iteration, accuracy, improved))
    best, last = stopper.best_iteration, measured[-1][0]

    curve = chart(axes, 60, 46, 640, 206)
    curve.set(xlim=(0, last + 200), ylim=(0.55, 1.0), yticks=[0.6, 0.7, 0.8, 0.9, 1.0])
    marks = range(0, last + 1, 3 * every)
    curve.set_xticks(marks, [number(iteration) for iteration in marks])
    curve.axvspan(best, best + patience, color=PALE_ORANGE, linewidth=0)
    curve.axvline(last, color=ORANGE, linewidth=2)
    iterations, values, stars = (np.array(column) for column in zip(*measured, strict=True))
    curve.plot(iterations, values, color=LINE, linewidth=1.5)
    curve.plot(iterations[~stars], values[~stars], color=GREY, marker="o", markersize=6, linestyle="")
    curve.plot(iterations[stars], values[stars], color=BLUE, marker="*", markersize=14, linestyle="")
    write(axes, 14, 22, "validation accuracy", size=15, weight="bold", ha="left")
    write(axes, 380, 282, "iteration", size=SMALL, color=GREY)
    write(
        curve,
        best - 20,
        0.97,
        f"best: {number(stopper.best_accuracy, 3)}",
        color=BLUE,
        weight="bold",
        ha="right",
    )
    write(curve, best + patience / 2, 0.82, f"patience:\n{patience} iterations\nwithout a star", color=ORANGE)
    write(curve, last + 20, 0.82, "more than\n" + f"{patience}: stop", color=ORANGE, weight="bold", ha="left")
    write(curve, 1200, 0.965, "equal: no star", size=SMALL, color=GREY)
    curve.plot(420, 0.645, color=BLUE, marker="*", markersize=14)
    write(curve, 450, 0.645, "better than ever before:\nthe weights are kept", color=BLUE, ha="left")
    return axes


def checkpoints_picture() -> Axes:
    """Show which checkpoints are there when a training crashes while it writes one."""
    steps, accuracies, keep = (700, 800, 900, 1000, 1100), (0.91, 0.94, 0.97, 0.95, 0.96), 3
    crash = 2 * steps[-1] - steps[-2]
    with tempfile.TemporaryDirectory() as directory:
        for step, accuracy in zip(steps, accuracies, strict=True):
            save(directory, {"weights": np.zeros(1)}, step, keep)
            keep_best(directory, {"weights": np.zeros(1)}, step, accuracy)
        kept = checkpoints_in(directory)
        _, newest = restore(latest(directory))
        _, best = restore(f"{directory}/best.npz")
    axes = sheet(
        300,
        "Checkpoints along a training: the oldest are removed, the latest and the best are there. A crash "
        "while one is written leaves the former ones as they were.",
    )
    places = {step: 130 + 104 * index for index, step in enumerate((*steps, crash))}
    arrow(axes, (80, 46), (706, 46))
    for y, name in ((26, "step"), (66, "accuracy"), (118, "files")):
        write(axes, 14, y, name, color=GREY, ha="left")
    for step, x in places.items():
        axes.plot([x, x], [41, 51], color=GREY, linewidth=1.5)
        write(axes, x, 26, number(step), weight="bold")
    for step, accuracy in zip(steps, accuracies, strict=True):
        x, look = places[step], {"color": GREEN, "weight": "bold"} if step == best else {"color": GREY}
        write(axes, x, 66, number(accuracy, 2), **look)
        if step in kept:
            _file(axes, x, 100, f"step-{step}.npz", PALE_BLUE)
        else:
            _file(axes, x, 100, f"step-{step}.npz", PAPER, edgecolor=LINE, linestyle="--")

    removed = [places[step] for step in steps if step not in kept]
    write(axes, np.mean(removed), 152, f"removed: {keep} are kept", size=SMALL, color=GREY)

    x = places[best]
    _file(axes, x, 216, "best.npz", PALE_GREEN)
    arrow(axes, (x, 140), (x, 212), GREEN)
    write(axes, x, 268, "the best accuracy,\nkept apart", size=SMALL, color=GREEN)

    x = places[newest]
    arrow(axes, (x, 196), (x, 140), BLUE)
    write(axes, x, 210, "the latest: whole,\ntraining goes on\nfrom here", size=SMALL, color=BLUE)

    x = places[crash]
    _file(axes, x, 100, "", PAPER, edgecolor=ORANGE, linestyle="--")
    box(axes, x - 48, 100, 40, 36, PALE_ORANGE, linewidth=0)
    write(axes, x, 118, "half written", 11, color=ORANGE)
    flash = np.array([(8, 0), (-12, 24), (0, 24), (-8, 46), (14, 17), (2, 17)])
    axes.add_patch(Polygon(flash + np.array((x, 49)), facecolor=ORANGE, edgecolor=PAPER, zorder=3))
    write(axes, x, 152, "a crash: it never\ngets its name", size=SMALL, color=ORANGE)
    return axes


def _file(axes: Axes, x: float, top: float, name: str, fill: str, **look: str) -> None:
    box(axes, x - 48, top, 96, 36, fill, **look)
    write(axes, x, top + 18, name, 11, family="monospace")


def layers_picture() -> Axes:
    """Show two batches going through the same chain of layers, and where its variables are."""
    sizes, kernel, image, classes = (64, 24), 5, (28, 28, 1), 10
    network = [
        ("conv", kernel, 16),
        ("pool", 2),
        ("conv", kernel, 36),
        ("pool", 2),
        ("flatten",),
        ("dense", classes),
    ]
    shapes = [shape for kind, shape, _ in trace(network, image) if kind != "conv"]
    calls = (
        f".conv2d({kernel}, 16,\npool_size=2)",
        f".conv2d({kernel}, 36,\npool_size=2)",
        ".flatten()",
        f'.fully_connected(\n{classes}, "logits")',
    )
    axes = sheet(
        316,
        "Two batches go through the same chain: images, two convolutional layers, flatten, logits. Each "
        "layer asks one store for its variables by name: the first batch makes them, the second finds "
        "them.",
    )
    width, middles = 126, [73 + 143 * column for column in range(5)]
    for top, size, color in ((14, sizes[0], ORANGE), (240, sizes[1], BLUE)):
        for column, (x, shape) in enumerate(zip(middles, (image, *shapes), strict=True)):
            box(
                axes,
                x - width / 2,
                top,
                width,
                62,
                PAPER if column else PALE,
                edgecolor=color if column else GREY,
            )
            if column:
                arrow(axes, (x - 143 + width / 2, top + 31), (x - width / 2, top + 31))
                write(axes, x - 56, top + 15, calls[column - 1], 11, family="monospace", ha="left")
            else:
                write(axes, x, top + 18, f"a batch of {size}", weight="bold")
            write(axes, x, top + 49, product((size, *shape)), 11, color=color)
    box(axes, 10, 116, 700, 84, PALE)
    write(axes, 22, 136, "variables,\nby name", weight="bold", ha="left")
    for x, name, weights in (
        (middles[1], "conv1/kernel", (kernel, kernel, image[2], 16)),
        (middles[2], "conv2/kernel", (kernel, kernel, 16, 36)),
        (middles[4], "logits/kernel", (*shapes[2], classes)),
    ):
        write(axes, x, 134, name, 11, family="monospace")
        write(axes, x, 150, product(weights), size=SMALL, color=GREY)
        write(axes, x, 168, f"{name.split('/')[0]}/bias", 11, family="monospace")
        write(axes, x, 184, number(weights[-1]), size=SMALL, color=GREY)
        arrow(axes, (x, 76), (x, 116), ORANGE)
        arrow(axes, (x, 200), (x, 240), BLUE)
    write(axes, middles[3], 97, "the first time: made", color=ORANGE)
    write(axes, middles[3], 220, "every other time: found", color=BLUE)
    return axes


def networks_picture() -> Axes:
    """Show the five networks side by side: how deep each is, and how many parameters it has."""
    pixels, classes = (28, 28, 1), ("dense", 10)
    networks = {
        "linear": ([("flatten",), classes], pixels),
        "dense": ([("flatten",), ("dense", 500), ("dense", 500), classes], pixels),
        "small_vgg": ([*_pair(64), *_pair(128), ("flatten",), classes], pixels),
        "cnn": (CNN, pixels),
        "vgg": (VGG_FOR_DIGITS, (32, 32, 1)),
    }
    axes = sheet(
        320,
        "Five networks: how many layers with weights each has, convolutional and dense, and how many "
        "parameters, on a scale where each line is a hundred times the one below.",
    )
    base, height = 160, 11
    scale = chart(axes, 96, 226, 610, 84)
    scale.set(xlim=(0, 5), yscale="log", ylim=(10**3, 10**8), xticks=[])
    scale.set_yticks([10**3, 10**5, 10**7], ["1 thousand", "100 thousand", "10 million"])
    scale.minorticks_off()
    scale.grid(axis="y", color=LINE, linewidth=0.8)
    scale.set_axisbelow(True)
    for column, (name, (layers, image)) in enumerate(networks.items()):
        rows = [(kind, count) for kind, _, count in trace(layers, image) if count]
        total = sum(count for _, count in rows)
        x = 96 + 122 * (column + 0.5)
        for layer, (kind, _) in enumerate(rows):
            fill = BLUE if kind == "conv" else ORANGE
            axes.add_patch(Rectangle((x - 36, base - height * (layer + 1)), 72, height - 2, facecolor=fill))
        write(axes, x, base + 16, name, size=15, weight="bold")
        write(axes, x, base + 36, "1 layer" if len(rows) == 1 else f"{len(rows)} layers")
        scale.bar(column + 0.5, total, width=0.3, color=GREY)
        write(scale, column + 0.5, total * 4, number(total), size=SMALL)
    write(axes, 14, 20, "■ convolutional", color=BLUE, ha="left")
    write(axes, 14, 40, "■ dense", color=ORANGE, ha="left")
    write(axes, 14, 212, "parameters", color=GREY, ha="left")
    return axes


def _pair(filters: int) -> list[tuple]:
    return [("conv", 3, filters), ("conv", 3, filters), ("pool", 2)]


def numpy_cnn_picture() -> Axes:
    """Show the loop: a step for each batch, and now and then a look at the validation images."""
    axes = sheet(
        320,
        "The loop of a training: a batch, its logits, the loss, the gradients, a step of the weights, and "
        "the next batch. Every so many iterations the validation accuracy is measured: the best weights "
        "are kept, and put back when it no longer rises.",
    )
    places = {
        "batch": (150, 50, "images, labels"),
        "logits": (360, 50, "of the network"),
        "loss": (570, 50, "how wrong it is"),
        "gradients": (465, 140, "which way is up"),
        "step": (255, 140, "a little down"),
    }
    for name, (x, y, words) in places.items():
        box(axes, x - 70, y - 26, 140, 52, PALE_BLUE, edgecolor=BLUE)
        write(axes, x, y - 9, name, size=15, weight="bold")
        write(axes, x, y + 12, words, size=SMALL, color=GREY)
    arrow(axes, (220, 50), (290, 50), BLUE)
    arrow(axes, (430, 50), (500, 50), BLUE)
    arrow(axes, (590, 76), (535, 140), BLUE, bend=-0.35)
    arrow(axes, (395, 140), (325, 140), BLUE)
    arrow(axes, (185, 140), (130, 76), BLUE, bend=-0.35)
    # Down for a look, and back up to go on: both begin or end at the box of the step.
    arrow(axes, (215, 166), (215, 246), ORANGE)
    arrow(axes, (540, 246), (315, 166), ORANGE)
    write(axes, 205, 206, "every so many iterations", color=ORANGE, ha="right")
    write(axes, 480, 206, "no: go on", color=ORANGE, ha="left")
    arrow(axes, (240, 274), (262, 274), ORANGE)
    arrow(axes, (458, 274), (480, 274), ORANGE)
    for x, name, words in (
        (142, "validation accuracy", "on images not learned from"),
        (360, "better than ever?", "keep the weights"),
        (578, "no better for long?", "stop, put the best back"),
    ):
        box(axes, x - 98, 246, 196, 56, PALE_ORANGE, edgecolor=ORANGE)
        write(axes, x, 264, name, weight="bold")
        write(axes, x, 286, words, size=SMALL, color=GREY)
    return axes


def training_picture() -> Axes:
    """Show the tape: what each operation of the forward pass leaves on it, and how the gradients walk back."""
    axes = sheet(
        330,
        "The forward pass of a network, from images to the loss. A tape records each operation. Backwards along the "
        "tape, a gradient function for each operation finds the gradients of its weights.",
    )
    steps = (
        ("images", "", ""),
        ("conv2d", "conv2d_\ngradients", "kernel, bias"),
        ("max_pool", "max_pool_\ngradient", ""),
        ("relu", "relu_\ngradient", ""),
        ("dense", "dense_\ngradients", "kernel, bias"),
        ("loss", "softmax,\ncross-entropy", ""),
    )
    width, gap = 98, 20
    lefts = [16 + number * (width + gap) for number in range(len(steps))]
    write(axes, 16, 24, "with tf.GradientTape() as tape:", family="monospace", weight="bold", ha="left")
    axes.add_patch(Rectangle((16, 128), lefts[-1] + width - 16, 34, facecolor=PALE, edgecolor=LINE))
    write(axes, 16 + 8, 145, "the tape", color=GREY, ha="left")
    for left, (name, gradient, found) in zip(lefts, steps, strict=True):
        middle = left + width / 2
        box(axes, left, 48, width, 44, PALE_BLUE, edgecolor=BLUE)
        write(axes, middle, 70, name, weight="bold")
        if left != lefts[-1]:
            arrow(axes, (left + width, 70), (left + width + gap, 70), BLUE)
        if not gradient:
            continue
        arrow(axes, (middle, 92), (middle, 128), GREY)
        write(axes, middle, 145, name, size=SMALL)
        arrow(axes, (middle, 162), (middle, 196), ORANGE)
        box(axes, left - 6, 196, width + 12, 58, PALE_ORANGE, edgecolor=ORANGE)
        write(axes, middle, 216, gradient, size=SMALL)
        if left != lefts[1]:
            arrow(axes, (left - 6, 225), (left - gap + 6, 225), ORANGE)
        if found:
            arrow(axes, (middle, 254), (middle, 284), ORANGE)
            write(axes, middle, 298, f"gradients of\n{found}", size=SMALL, color=ORANGE)
    write(
        axes, 16, 225, "tape.gradient", family="monospace", weight="bold", color=ORANGE, ha="left", size=SMALL
    )
    return axes
