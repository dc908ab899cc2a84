"""Unrolls the patches into the rows of a matrix (im2col); on the way back, the rows are added to their pixels."""

import numpy as np


def _indices(shape, size, positions, strides, channels):
    """The flat index into the images of every number of every patch: batch, i, j, y, x, channel."""
    n, i, j, y, x, c = np.ogrid[: shape[0], : positions[0], : positions[1], : size[0], : size[1], :channels]
    return np.ravel_multi_index((n, i * strides[0] + y, j * strides[1] + x, c), shape)


def conv2d_gradients(images, kernel, gradient, strides=(1, 1)):
    rows, columns, channels, filters = kernel.shape
    at = _indices(images.shape, (rows, columns), gradient.shape[1:3], strides, channels)
    matrix = images.ravel()[at].reshape(-1, rows * columns * channels)
    slopes = gradient.reshape(-1, filters)
    back = slopes @ kernel.reshape(-1, filters).T
    images_gradient = np.bincount(at.ravel(), back.ravel(), images.size).reshape(images.shape)
    return images_gradient, (matrix.T @ slopes).reshape(kernel.shape), np.ones(len(slopes)) @ slopes


def max_pool_gradient(images, gradient, pool_size=(2, 2), strides=(2, 2)):
    channels = images.shape[3]
    at = _indices(images.shape, pool_size, gradient.shape[1:3], strides, channels)
    at = np.moveaxis(at, 5, 3).reshape(*gradient.shape, -1)
    best = np.take_along_axis(at, images.ravel()[at].argmax(-1)[..., None], -1)
    return np.bincount(best.ravel(), gradient.ravel(), images.size).reshape(images.shape)


def dense_gradients(inputs, kernel, gradient):
    return np.dot(kernel, gradient.T).T, np.dot(gradient.T, inputs).T, np.dot(np.ones(len(inputs)), gradient)


def relu_gradient(inputs, gradient):
    slope = np.zeros_like(gradient)
    slope[inputs > 0] = gradient[inputs > 0]
    return slope
