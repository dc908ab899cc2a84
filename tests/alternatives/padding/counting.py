"""Counts the places one by one, and pads by copying into zeros."""

import numpy as np


def output_size(size, kernel, stride, padding, dilation=1):
    arguments = {"size": size, "kernel": kernel, "stride": stride, "dilation": dilation}
    for name in arguments:
        if arguments[name] <= 0:
            raise ValueError(f"{name}={arguments[name]} is not positive")
    if padding not in ("SAME", "VALID"):
        raise ValueError(f"unknown padding {padding}")
    places = 0
    begin = 0
    while begin < size:
        last_pixel = begin + (kernel - 1) * dilation
        if padding == "SAME" or last_pixel < size:
            places += 1
        begin += stride
    return places


def pad_images(images, padding):
    (top, bottom), (left, right) = padding
    if any(amount < 0 for amount in (top, bottom, left, right)):
        raise ValueError(f"padding {padding} has a negative number")
    batch, height, width, channels = images.shape
    padded = np.zeros((batch, top + height + bottom, left + width + right, channels), dtype=np.float64)
    padded[:, top : top + height, left : left + width, :] = images
    return padded
