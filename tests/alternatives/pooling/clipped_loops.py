"""Loops over the places and clips each window to the image, so that nothing is ever padded."""

import math

import numpy as np


def _pool(images, window, strides, padding, keep):
    if any(number <= 0 for number in window):
        raise ValueError(f"window {tuple(window)} has a number below 1")
    if any(number <= 0 for number in strides):
        raise ValueError(f"strides {tuple(strides)} have a number below 1")
    sizes = images.shape[1:3]
    if padding == "SAME":
        places = [math.ceil(size / stride) for size, stride in zip(sizes, strides)]
        missing = [max((p - 1) * t + w - s, 0) for p, t, w, s in zip(places, strides, window, sizes)]
        first = [-(amount // 2) for amount in missing]
    elif padding == "VALID":
        places = [max(math.ceil((s - w + 1) / t), 0) for s, w, t in zip(sizes, window, strides)]
        first = [0, 0]
    else:
        raise ValueError(f"padding {padding} is neither SAME nor VALID")
    answer = np.zeros((images.shape[0], *places, images.shape[3]))
    for row in range(places[0]):
        for column in range(places[1]):
            top, left = first[0] + row * strides[0], first[1] + column * strides[1]
            view = images[:, max(top, 0) : top + window[0], max(left, 0) : left + window[1], :]
            answer[:, row, column, :] = keep(view, axis=(1, 2))
    return answer


def max_pool(images, window=(2, 2), strides=(2, 2), padding="VALID"):
    return _pool(images, window, strides, padding, np.max)


def average_pool(images, window=(2, 2), strides=(2, 2), padding="VALID"):
    return _pool(images, window, strides, padding, np.mean)
