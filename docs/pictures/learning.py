"""The pictures of what happens from pixels to a loss, and of learning: from the dense layer to batches."""

from __future__ import annotations

from itertools import islice

import numpy as np
from backpropagation import dense_gradients, relu_gradient, softmax_cross_entropy_gradient
from batching import endless_batches
from classification import cross_entropy, one_hot, softmax
from dense import dense, relu, sigmoid
from initializers import he_normal
from matplotlib.axes import Axes
from matplotlib.patches import Ellipse
from optimizers import adam_state, adam_step, momentum_state, momentum_step, sgd_state, sgd_step
from sheet import (
    BLUE,
    GREEN,
    GREY,
    INK,
    LINE,
    MINUS,
    ORANGE,
    PALE_BLUE,
    PAPER,
    SMALL,
    TIMES,
    arrow,
    box,
    bracket,
    cell,
    chart,
    number,
    sheet,
    write,
)


def dense_picture() -> Axes:
    """Show that two layers in a row are one straight line, until an activation function is between them."""
    axes = sheet(
        276,
        "Two dense layers in a row make a straight line. With a ReLU between them, the same two layers "
        "make a curve. Two activation functions: ReLU and sigmoid.",
    )
    inputs = np.linspace(-3, 3, 121)[:, None]
    first = np.array([[2.0, 2.0, 2.0]]), np.array([3.0, 0.0, -3.0])
    second = np.array([[1.0], [-1.7], [1.0]]), np.array([-1.0])
    hidden = dense(inputs, *first)
    for left, title, below, curves in (
        (30, "layer → layer", "still a straight line", [(dense(hidden, *second), BLUE)]),
        (
            270,
            "two activations",
            "what stands between layers",
            [(relu(inputs), ORANGE), (sigmoid(inputs), GREEN)],
        ),
        (510, "layer → ReLU → layer", "no longer straight", [(dense(relu(hidden), *second), ORANGE)]),
    ):
        write(axes, left + 90, 22, title, size=15, weight="bold")
        write(axes, left + 90, 250, below)
        curve = chart(axes, left, 44, 180, 182)
        curve.set(xlim=(-3, 3), ylim=(-3, 3), xticks=[], yticks=[])
        curve.spines[["left", "bottom"]].set_position("zero")
        write(axes, left + 180, 149, "input", size=SMALL, color=GREY, ha="right")
        write(axes, left + 96, 48, "output", size=SMALL, color=GREY, ha="left")
        for outputs, color in curves:
            curve.plot(inputs, outputs, color=color, linewidth=2.5)
    write(axes, 402, 76, "ReLU", color=ORANGE, ha="right", weight="bold")
    write(axes, 446, 122, "sigmoid", color=GREEN, ha="right", weight="bold")
    return axes


def classification_picture() -> Axes:
    """Show how logits become probabilities, and the right one's probability a loss."""
    right = 3
    logits = np.array([-1.2, 0.3, 0.8, 2.9, -2.0, 1.9, -1.5, 0.2, 2.4, -0.4])
    probabilities = softmax(logits[None])[0]
    axes = sheet(
        290,
        "Ten logits become ten probabilities by softmax. The cross-entropy is the negative logarithm of "
        "the probability of the right class: small where that is near 1, without bound where it is near "
        "0.",
    )
    classes = np.arange(len(logits))
    colors = [ORANGE if label == right else PALE_BLUE for label in classes]
    for left, title, values in ((16, "logits", logits), (256, "softmax: probabilities", probabilities)):
        write(axes, left + 95, 22, title, size=15, weight="bold")
        bars = chart(axes, left, 48, 190, 186)
        bars.bar(classes, values, color=colors, edgecolor=GREY, width=0.75)
        bars.axhline(0, color=GREY, linewidth=1)
        bars.spines[["left", "bottom"]].set_visible(False)
        bars.set(xticks=classes, yticks=[], xlim=(-0.6, 9.6))
        bars.set_ylim(min(values.min() * 1.1, 0), values.max() * 1.15)
        bars.tick_params(length=0)
        above = values[right] + 0.06 * (values.max() - min(values.min(), 0))
        write(bars, right, above, number(values[right], 2), color=ORANGE, weight="bold")
        write(axes, left + 95, 268, f"the right class is {right}", size=SMALL, color=ORANGE)

    write(axes, 610, 22, f"loss: {MINUS}log of it", size=15, weight="bold")
    losses = chart(axes, 520, 48, 186, 186)
    losses.set(xlim=(0, 1.03), ylim=(0, 4), yticks=range(5))
    losses.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])
    share = np.linspace(0.015, 1, 100)
    losses.plot(share, -np.log(share), color=BLUE, linewidth=2.5)
    probability, loss = probabilities[right], cross_entropy(logits[None], np.array([right]))
    losses.plot([probability, probability, 0], [0, loss, loss], color=ORANGE, linewidth=1.5, linestyle="--")
    losses.plot(probability, loss, color=ORANGE, marker="o", markersize=8)
    write(losses, probability + 0.06, loss + 0.3, number(loss, 2), color=ORANGE, weight="bold", ha="left")
    even, loss = 1 / len(classes), cross_entropy(np.zeros((1, len(classes))), np.array([right]))
    losses.plot(even, loss, color=GREY, marker="o", markersize=6)
    write(
        losses,
        even + 0.06,
        loss + 0.2,
        f"{number(loss, 2)}: all ten\nequally likely",
        SMALL,
        color=GREY,
        ha="left",
    )
    write(axes, 613, 268, "probability of the right class", size=SMALL, color=GREY)
    return axes


def initializers_picture() -> Axes:
    """Show how the spread of a layer's outputs grows, vanishes or stays, layer after layer."""
    units, layers, examples = 576, 6, 200
    axes = sheet(
        300,
        "How far the outputs of six layers are spread, one after the other. With weights of deviation 1 "
        "the spread grows without bound, with 0.01 it vanishes, with He's it stays.",
    )
    curves = chart(axes, 92, 50, 360, 196)
    for color, name, words, draw in (
        (ORANGE, "deviation 1", "grows: certain of nonsense", lambda shape, rng: rng.standard_normal(shape)),
        (BLUE, f"He, deviation {number(np.sqrt(2 / units), 3)}", "stays as it is", he_normal),
        (
            GREEN,
            "deviation 0.01",
            "vanishes: all predictions alike",
            lambda shape, rng: rng.normal(0, 0.01, shape),
        ),
    ):
        rng = np.random.default_rng(0)
        outputs = rng.standard_normal((examples, units))
        spreads = [outputs.std()]
        for layer in range(layers):
            inputs = relu(outputs) if layer else outputs
            outputs = dense(inputs, draw((units, units), rng), np.zeros(units))
            spreads.append(outputs.std())
        curves.plot(spreads, color=color, linewidth=2.5, marker="o", markersize=6)
        write(curves, layers + 0.25, spreads[-1], f"{name}\n{words}", color=color, ha="left")
    curves.set(yscale="log", ylim=(3e-6, 3e8), xticks=range(layers + 1))
    powers = np.array([1e-4, 1e-2, 1, 1e2, 1e4, 1e6, 1e8])
    curves.set_yticks(powers, [f"{power:,.{max(0, -round(np.log10(power)))}f}" for power in powers])
    curves.minorticks_off()
    curves.set_xticklabels(["input", *range(1, layers + 1)])
    write(axes, 14, 22, "how far a layer's outputs are spread", size=15, weight="bold", ha="left")
    write(axes, 272, 282, f"layer, each of {units} units, with ReLU between", size=SMALL, color=GREY)
    return axes


def optimizers_picture() -> Axes:
    """Show the paths of gradient descent, momentum and Adam through the same valley."""
    axes = sheet(
        280,
        "A valley of two weights, steep in one and flat in the other, and the paths of three optimizers "
        "through it. Gradient descent goes to and fro and creeps, momentum rolls past the minimum and "
        "returns, Adam steps equally far along both weights.",
    )
    curvature, start, steps = np.array([0.2, 4.0]), np.array([-4.2, 1.7]), 40
    for left, color, name, words, rate, make_state, step in (
        (
            16,
            ORANGE,
            "gradient descent",
            "to and fro where it is steep,\na creep where it is flat",
            0.42,
            sgd_state,
            sgd_step,
        ),
        (
            254,
            BLUE,
            "momentum",
            "rolls like a ball, past\nthe minimum and back",
            0.06,
            momentum_state,
            momentum_step,
        ),
        (
            492,
            GREEN,
            "Adam",
            "at first it steps as far in\nthe one weight as in the other",
            0.35,
            adam_state,
            adam_step,
        ),
    ):
        weights, state = start, make_state(start)
        path = [weights]
        for _ in range(steps):
            weights, state = step(weights, state, curvature * weights, rate)
            path.append(weights)
        valley = chart(axes, left, 44, 212, 150)
        valley.set(xlim=(-4.8, 2.2), ylim=(-2.48, 2.48), xticks=[], yticks=[])
        valley.spines[:].set_visible(False)
        for height in (0.1, 0.5, 1.3, 2.7, 4.6, 7, 10):
            half = np.sqrt(2 * height / curvature)
            valley.add_patch(Ellipse((0, 0), *(2 * half), fill=False, edgecolor=LINE, linewidth=1))
        x, y = np.transpose(path)
        valley.plot(x, y, color=color, linewidth=1.5, marker="o", markersize=4)
        valley.plot(0, 0, color=GREY, marker="+", markersize=12, markeredgewidth=2)
        write(axes, left + 106, 22, name, size=15, weight="bold", color=color)
        write(axes, left + 106, 216, words)
    note = f"{steps} steps each, towards the minimum at +, each with a learning rate of its own"
    write(axes, 360, 264, note, size=SMALL, color=GREY)
    return axes


def batching_picture() -> Axes:
    """Show two epochs: the same examples in two orders, cut into batches, the last one short."""
    size, batch_size, marked = 10, 4, 7
    axes = sheet(
        286,
        "Ten examples, and two epochs of them: all ten in a new random order each time, cut into batches, "
        "the last one short.",
    )
    pixel, gap, left = 44, 26, 130
    per_epoch = -(-size // batch_size)
    batches = list(islice(endless_batches(size, batch_size, np.random.default_rng(0)), 2 * per_epoch))

    def example(x: float, top: float, index: int) -> None:
        fill, color = (ORANGE, PAPER) if index == marked else (PALE_BLUE, INK)
        cell(axes, x, top, pixel, str(index), fill, size=17, color=color)

    write(axes, 20, 46, "examples", size=15, weight="bold", ha="left")
    for index in range(size):
        example(left + (index + 0.5) * pixel, 24, index)
    for epoch, top in enumerate((122, 220)):
        write(axes, 20, top + pixel / 2, f"epoch {epoch + 1}", size=15, weight="bold", ha="left")
        x = left
        for batch in batches[epoch * per_epoch : (epoch + 1) * per_epoch]:
            for place, index in enumerate(batch):
                example(x + place * pixel, top, index)
            bracket(axes, x, x + len(batch) * pixel, top - 12)
            write(
                axes, x + len(batch) * pixel / 2, top - 24, f"a batch of {len(batch)}", size=SMALL, color=GREY
            )
            x += len(batch) * pixel + gap
        write(axes, x - gap + 14, top + pixel / 2 - 8, "each one\nonce", size=SMALL, color=ORANGE, ha="left")
    return axes


def backpropagation_picture() -> Axes:
    """Show a small network forward and back: what comes out of each layer, and how fast the loss grows with it."""
    inputs, labels = np.array([[3.0]]), np.array([1])
    first = np.array([[2.0]]), np.array([-4.0])
    # The odd bias makes probabilities of 3/4 and 1/4.
    second = np.array([[2.0, 1.0]]), np.array([np.log(3) - 2, 0.0])
    hidden = dense(inputs, *first)
    active = relu(hidden)
    logits = dense(active, *second)
    probabilities, loss = softmax(logits), cross_entropy(logits, labels)
    of_logits = softmax_cross_entropy_gradient(probabilities, one_hot(labels, 2))
    of_active, *of_second = dense_gradients(active, second[0], of_logits)
    of_hidden = relu_gradient(hidden, of_active)
    of_inputs, *of_first = dense_gradients(inputs, first[0], of_hidden)

    axes = sheet(
        290,
        "A network of a dense layer, a ReLU and another dense layer, and its loss. Forward, numbers go from "
        "the input to the loss. Back, gradients go from the loss to the input; on their way each dense layer "
        "finds the gradients of its weights and biases.",
    )
    left, top, width, height, gap = 52, 56, 112, 112, 56
    there, back = top + 30, top + 82
    for column, (name, forward, backward) in enumerate(
        (
            ("dense", f"2x {MINUS} 4", f"2 {TIMES} {_short(of_hidden)}"),
            ("ReLU", "max(x, 0)", f"{_short(hidden)} > 0: passes"),
            (
                "dense",
                f"2x {MINUS} {_short(-second[1][0])} and x",
                f"2 {TIMES} {_short(of_logits[0, 0])} {MINUS} {_short(-of_logits[0, 1])}",
            ),
            ("cross-entropy", f"p = {_short(probabilities)}", f"p {MINUS} (0, 1)"),
        )
    ):
        x = left + column * (width + gap)
        box(axes, x, top, width, height)
        axes.plot([x, x + width], [top + height / 2] * 2, color=LINE, linewidth=1)
        write(axes, x + width / 2, top - 16, name, size=15, weight="bold")
        write(axes, x + width / 2, there, forward, size=SMALL, color=BLUE)
        write(axes, x + width / 2, back, backward, size=SMALL, color=ORANGE)
    for column, (value, gradient) in enumerate(
        (
            (inputs, of_inputs),
            (hidden, of_hidden),
            (active, of_active),
            (logits, of_logits),
            (loss, np.array(1.0)),
        )
    ):
        begin = max(left + column * (width + gap) - gap, 8) + 3
        end = min(left + column * (width + gap), 714) - 3
        arrow(axes, (begin, there), (end, there), BLUE)
        arrow(axes, (end, back), (begin, back), ORANGE)
        write(axes, (begin + end) / 2, there - 14, _short(value), color=BLUE, weight="bold")
        write(axes, (begin + end) / 2, back + 14, _short(gradient, "\n"), color=ORANGE, weight="bold")
    for column, fed, (kernel_gradient, bias_gradient) in ((0, inputs, of_first), (2, active, of_second)):
        x = left + column * (width + gap) + width / 2
        arrow(axes, (x, top + height), (x, top + height + 26), ORANGE)
        products = ", ".join(f"{_short(fed)} {TIMES} {_short(gradient)}" for gradient in bias_gradient)
        words = f"weights: {products} = {_short(kernel_gradient)}\nbiases: {_short(bias_gradient)}"
        write(axes, x, top + height + 40, words, size=SMALL, color=ORANGE)
    write(axes, 14, 268, "forward: what comes out of each layer", ha="left", color=BLUE)
    write(axes, 706, 268, "back: how fast the loss grows with it", ha="right", color=ORANGE)
    return axes


def _short(values: np.ndarray, between: str = ", ") -> str:
    """Return numbers with at most two digits after the point."""
    return between.join(number(value, 2).rstrip("0").rstrip(".") for value in np.ravel(values))
