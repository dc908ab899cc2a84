"""The pictures of the arithmetic of a network: padding, shapes, convolution, pooling and flatten."""

from __future__ import annotations

import numpy as np
from convolution import conv2d, vertical_edge_filter
from flatten import flatten
from matplotlib.axes import Axes
from matplotlib.patches import Polygon
from padding import output_size, same_padding
from pooling import average_pool, max_pool
from shapes import VGG16, trace
from sheet import (
    BLUE,
    GREEN,
    GREY,
    INK,
    LINE,
    ORANGE,
    PALE,
    PALE_BLUE,
    PALE_GREEN,
    PALE_ORANGE,
    PAPER,
    SMALL,
    TIMES,
    arrow,
    box,
    bracket,
    cell,
    frame,
    number,
    sheet,
    write,
)


def padding_picture() -> Axes:
    """Show the positions of a window along a row of pixels: SAME needs a zero, VALID leaves a pixel out."""
    axes = sheet(
        296,
        "A window of 3 pixels with stride 2 along a row of 6. SAME: three positions, the last one covers a "
        "zero after the row. VALID: two positions, the last pixel is never seen.",
    )
    size, kernel, stride = 6, 3, 2
    _positions_of_a_window(axes, 30, size, kernel, stride, "SAME", same_padding(size, kernel, stride))
    _positions_of_a_window(axes, 400, size, kernel, stride, "VALID", (0, 0))
    return axes


def _positions_of_a_window(
    axes: Axes, left: int, size: int, kernel: int, stride: int, padding: str, zeros: tuple[int, int]
) -> None:
    pixel, bar = 40, 26
    before, after = zeros
    positions = output_size(size, kernel, stride, padding)
    length = before + size + after
    seen = (positions - 1) * stride + kernel

    def is_zero(index: int) -> bool:
        return not before <= index < before + size

    write(axes, left, 22, padding, size=15, weight="bold", ha="left")
    bracket(axes, left + before * pixel, left + (before + size) * pixel, 58)
    write(axes, left + (before + size / 2) * pixel, 46, f"{size} pixels", size=SMALL, color=GREY)
    for index in range(length):
        fill = PALE_ORANGE if is_zero(index) else PALE_BLUE if index < seen else PAPER
        text = "0" if is_zero(index) else ""
        cell(axes, left + index * pixel, 68, pixel, text, fill, color=ORANGE, weight="bold", size=17)
    for position in range(positions):
        top, begin = 124 + 40 * position, position * stride
        for index in range(begin, begin + kernel):
            fill = PALE_ORANGE if is_zero(index) else PALE_BLUE
            cell(axes, left + index * pixel, top, pixel, "", fill, height=bar)
        frame(axes, left + begin * pixel, top, kernel * pixel, bar, BLUE)
        if position:
            moved = left + (begin - stride) * pixel
            arrow(axes, (moved, top + bar / 2), (left + begin * pixel - 3, top + bar / 2))
            write(axes, moved + stride * pixel / 2, top + 4, f"stride {stride}", size=SMALL, color=GREY)
    write(
        axes,
        left + (kernel + 0.25) * pixel,
        124 + bar / 2,
        f"kernel {kernel}",
        size=SMALL,
        color=GREY,
        ha="left",
    )
    if seen < length:
        middle = left + (seen + length) / 2 * pixel
        write(axes, middle, 122, "never\nseen", size=SMALL, color=ORANGE)
        top, begin = 124 + 40 * positions, left + positions * stride * pixel
        box(axes, begin, top, kernel * pixel, bar, radius=0, linestyle="--", edgecolor=GREY)
        write(axes, begin + kernel * pixel / 2, top + bar / 2, "does not fit", size=SMALL, color=GREY)
    words = "one zero after the row" if after else "no zeros"
    write(axes, left, 266, f"{words}: {positions} positions", size=15, ha="left")


def shapes_picture() -> Axes:
    """Show VGG-16: the shape after each block, and where its parameters are."""
    axes = sheet(
        320,
        "VGG-16 block by block: images become smaller and deeper. Three quarters of the parameters are in "
        "one layer, the first dense one, right after flattening.",
    )
    blocks = [("image", (224, 224, 3), 0), *_blocks(trace(VGG16, (224, 224, 3)))]
    most = max(parameters for *_, parameters in blocks)
    total = sum(parameters for *_, parameters in blocks)
    for index, (name, shape, parameters) in enumerate(blocks):
        x = 40 + 71 * index
        if len(shape) == 3:
            _volume(axes, x, 62, shape)
            text = f"{shape[0]} {TIMES} {shape[1]}\n{TIMES} {shape[2]}"
        else:
            box(axes, x - 27, 59, 54, 6, PALE_ORANGE, radius=0, linewidth=0.8)
            text = number(shape[0])
        write(axes, x, 140, name, size=SMALL)
        write(axes, x, 180, text, size=11, color=BLUE)
        if parameters:
            height = 64 * parameters / most
            cell(axes, x - 22, 306 - height, 44, "", ORANGE, height=height)
            write(axes, x, 306 - height - 12, number(parameters / 1e6, 2), size=SMALL, color=ORANGE)
    axes.plot([14, 706], [306, 306], color=LINE, linewidth=1)
    write(
        axes, 706, 16, f"height {TIMES} width {TIMES} channels, then rows of numbers", ha="right", color=BLUE
    )
    write(axes, 14, 228, "Parameters, in millions:", ha="left", color=ORANGE, weight="bold")
    write(axes, 14, 248, f"{number(most / 1e6, 1)} of {number(total / 1e6, 1)} are in one layer", ha="left")
    return axes


def _volume(axes: Axes, x: float, y: float, shape: tuple[int, ...]) -> None:
    """Draw a volume as high and as deep as the image has pixels, as wide as it has channels."""
    # In pixels of the sheet. An image of three channels would be too thin to be seen.
    height, width = shape[0] / 2.6, max(shape[2] / 11, 3)
    depth = np.array((0.3, -0.25)) * height
    corners = np.array([(0, 0), (0, height), (width, height), (width, 0)]) - (width, height) / np.array(2)
    front = corners - depth / 2 + np.array((x, y))
    for face, fill in (
        (front, PALE_BLUE),
        ([front[0], front[3], front[3] + depth, front[0] + depth], PAPER),
        ([front[2], front[3], front[3] + depth, front[2] + depth], BLUE),
    ):
        axes.add_patch(Polygon(face, facecolor=fill, edgecolor=GREY, linewidth=0.8))


def _blocks(rows: list[tuple[str, tuple[int, ...], int]]) -> list[tuple[str, tuple[int, ...], int]]:
    """Return the name, the shape put out and the parameters of each block; a pooling layer ends one."""
    blocks = []
    convolutions = parameters = 0
    for kind, shape, count in rows:
        parameters += count
        if kind == "conv":
            convolutions += 1
            continue
        blocks.append((f"{convolutions} conv\nand pool" if kind == "pool" else kind, shape, parameters))
        convolutions = parameters = 0
    return blocks


def convolution_picture() -> Axes:
    """Show a filter that finds an edge, and the arithmetic of one position."""
    axes = sheet(
        284,
        "A filter of 3 by 3 laid over an image that is light on the left and dark on the right. The "
        "output is large where light meets dark, and 0 elsewhere.",
    )
    light, dark, pixel, top = 9, 1, 40, 52
    image = np.tile(np.repeat([float(light), float(dark)], 3), (5, 1))
    weights = vertical_edge_filter()
    output = conv2d(image[None, :, :, None], weights, np.zeros(1))[0, :, :, 0]
    weights = weights[:, :, 0, 0]
    shades = {light: ("#f2f2f2", INK), dark: ("#50565f", PAPER)}
    for (row, column), value in np.ndenumerate(image):
        fill, color = shades[int(value)]
        cell(axes, 36 + column * pixel, top + row * pixel, pixel, number(value), fill, color=color)
    for (row, column), value in np.ndenumerate(weights):
        cell(axes, 336 + column * pixel, top + (row + 1) * pixel, pixel, number(value), PALE_BLUE)
    for (row, column), value in np.ndenumerate(output):
        fill = PALE_ORANGE if value else PAPER
        cell(axes, 524 + column * pixel, top + (row + 1) * pixel, pixel, number(value), fill)
    write(axes, 306, 156, "*", size=28, color=GREY)
    write(axes, 490, 152, "=", size=24, color=GREY)
    write(axes, 156, 24, "the image: light, then dark")
    write(axes, 396, 64, "the filter")
    write(axes, 604, 64, "large where light meets dark")

    row, column = 1, 1
    frame(axes, 36 + column * pixel, top + row * pixel, 3 * pixel, 3 * pixel)
    frame(axes, 524 + column * pixel, top + (row + 1) * pixel, pixel, pixel)
    patch = image[row : row + 3, column : column + 3]
    terms = [
        f"{number(value)} {TIMES} {number(weight) if weight >= 0 else f'({number(weight)})'}"
        for value, weight in zip(patch[0], weights[0], strict=True)
    ]
    sums = (patch * weights).sum(axis=1)
    rows = " + ".join(number(value) for value in sums)
    write(axes, 336, 242, f"each row:  {' + '.join(terms)} = {number(sums[0])}", ha="left")
    write(
        axes,
        336,
        264,
        f"all three:  {rows} = {number(output[row, column])}",
        ha="left",
        color=ORANGE,
        weight="bold",
    )
    return axes


def pooling_picture() -> Axes:
    """Show what max pooling and average pooling keep of each window."""
    axes = sheet(
        300,
        "An image of 4 by 4 pixels, cut into four windows of 2 by 2. Max pooling keeps the largest number "
        "of each, average pooling the mean.",
    )
    image = np.array([[1, 3, 2, 0], [5, 7, 4, 2], [0, 2, 9, 1], [1, 1, 3, 3]], np.float64)
    pixel = 56
    tints = np.array([[PALE_BLUE, PALE_ORANGE], [PALE_GREEN, PALE]])
    for (row, column), value in np.ndenumerate(image):
        fill = tints[row // 2, column // 2]
        cell(axes, 40 + column * pixel, 46 + row * pixel, pixel, number(value), fill, size=17)
    for row, column in np.ndindex(2, 2):
        frame(axes, 40 + 2 * column * pixel, 46 + 2 * row * pixel, 2 * pixel, 2 * pixel, GREY)
    write(axes, 40 + 2 * pixel, 24, "4 by 4, in windows of 2 by 2")
    first = image[:2, :2].ravel()
    listed = ", ".join(number(value) for value in first)
    added = " + ".join(number(value) for value in first)
    for top, pool, name, words, sum_up in (
        (34, max_pool, "max pooling", "the largest of each window", f"{listed}:  the largest is"),
        (170, average_pool, "average pooling", "the mean of each window", f"({added}) / {len(first)} ="),
    ):
        pooled = pool(image[None, :, :, None])[0, :, :, 0]
        arrow(axes, (276, 158), (362, top + pixel))
        for (row, column), value in np.ndenumerate(pooled):
            fill = tints[row, column]
            cell(axes, 376 + column * pixel, top + row * pixel, pixel, number(value), fill, size=17)
        write(axes, 508, top + 24, name, size=15, weight="bold", ha="left")
        write(axes, 508, top + 52, words, ha="left")
        write(axes, 508, top + 80, f"{sum_up} {number(pooled[0, 0])}", ha="left", color=BLUE)
    return axes


def flatten_picture() -> Axes:
    """Show in which order the numbers of an image stand in the row that is made of it."""
    axes = sheet(
        300,
        "An image of 2 by 2 pixels and 3 channels becomes a row of 12 numbers: the channels of the first "
        "pixel, then those of the pixel to its right, row by row.",
    )
    height, width, channels = 2, 2, 3
    image = np.arange(height * width * channels).reshape(height, width, channels)
    row, features = flatten(image[None])
    pixel = 46
    tints, colors = (PALE_BLUE, PALE_ORANGE, PALE_GREEN), (BLUE, ORANGE, GREEN)
    for x, y in ((0, 0), (2, 0), (0, 2), (2, 2)):
        corner = 180 + x * pixel, 66 + y * pixel
        axes.plot(
            [corner[0], corner[0] + 272], [corner[1], corner[1] - 32], color=LINE, linewidth=1, zorder=0
        )
    for channel in range(channels):
        left, top = 180 + 136 * channel, 66 - 16 * channel
        for y, x in np.ndindex(height, width):
            text = str(image[y, x, channel])
            cell(axes, left + x * pixel, top + y * pixel, pixel, text, tints[channel], size=16)
        below = top + height * pixel + 22
        write(axes, left + pixel, below, f"channel {channel}", size=SMALL, color=colors[channel])
    write(axes, 20, 98, f"{height} {TIMES} {width} {TIMES} {channels}", size=16, weight="bold", ha="left")
    write(axes, 20, 122, "height, width,\nchannels", size=SMALL, color=GREY, ha="left")

    left, top = 104, 232
    write(axes, 20, top + pixel / 2, str(features), size=16, weight="bold", ha="left")
    write(axes, 20, top + pixel / 2 + 20, "features", size=SMALL, color=GREY, ha="left")
    for place, value in enumerate(row[0]):
        cell(axes, left + place * pixel, top, pixel, str(value), tints[place % channels], size=16)
    for y, x in np.ndindex(height, width):
        begin = left + (y * width + x) * channels * pixel
        bracket(axes, begin + 3, begin + channels * pixel - 3, top - 14)
        write(axes, begin + channels * pixel / 2, top - 26, f"row {y}, column {x}", size=SMALL, color=GREY)
    return axes
