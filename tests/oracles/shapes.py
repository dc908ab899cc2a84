"""Shapes and parameters of layers by listing positions, and by making the arrays and counting their numbers."""

from __future__ import annotations

import numpy as np


def _positions(size: int, window: int, strides: int, padding: str) -> int:
    """Count the positions at which the window begins: under VALID only those at which it ends inside, too."""
    return sum(padding == "SAME" or begin + window <= size for begin in range(0, size, strides))


def pool_output_shape(
    input_shape: tuple[int, int, int], pool_size: tuple[int, int], strides: tuple[int, int], padding: str
) -> tuple[int, ...]:
    """Count the positions of the window along each axis."""
    axes = zip(input_shape, pool_size, strides, strict=False)
    return (*(_positions(*axis, padding) for axis in axes), input_shape[2])


def conv_output_shape(
    input_shape: tuple[int, int, int],
    kernel_size: tuple[int, int],
    filters: int,
    strides: tuple[int, int],
    padding: str,
) -> tuple[int, ...]:
    """Count the positions of the kernel along each axis."""
    return (*pool_output_shape(input_shape, kernel_size, strides, padding)[:2], filters)


def conv_parameters(kernel_size: tuple[int, int], in_channels: int, filters: int) -> tuple[int, int]:
    """Make the kernel and the bias, and count their numbers."""
    return np.empty((*kernel_size, in_channels, filters)).size, np.empty(filters).size


def dense_parameters(inputs: int, units: int) -> tuple[int, int]:
    """Make the kernel and the bias, and count their numbers."""
    return np.empty((inputs, units)).size, np.empty(units).size


def trace(layers: list[tuple], input_shape: tuple[int, ...]) -> list[tuple[str, tuple[int, ...], int]]:
    """Run a network of zeros on one example of zeros, and count its arrays."""
    output, rows = np.zeros(input_shape), []
    for kind, *numbers in layers:
        kernel = bias = np.zeros(0)
        if kind == "conv":
            size, filters = numbers
            kernel, bias = np.zeros((size, size, output.shape[2], filters)), np.zeros(filters)
            # Under SAME with stride 1, one weight of the kernel gives the shape of them all.
            output = output @ kernel[0, 0] + bias
        elif kind == "pool":
            output = output[:: numbers[0], :: numbers[0]]
        elif kind == "flatten":
            output = output.ravel()
        else:
            kernel, bias = np.zeros((output.size, *numbers)), np.zeros(numbers)
            output = output @ kernel + bias
        rows.append((kind, output.shape, kernel.size + bias.size))
    return rows
