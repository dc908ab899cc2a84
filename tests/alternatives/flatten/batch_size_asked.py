"""Asks for the batch size where it is known for sure: of the array, or of the tensor while the graph runs."""

import numpy as np


def _batch_size(array):
    if isinstance(array, np.ndarray):
        return len(array)
    import tensorflow as tf

    return tf.shape(array)[0]


def flatten(layer):
    try:
        _, height, width, channels = tuple(layer.shape)
    except ValueError:
        raise ValueError(f"layer has shape {tuple(layer.shape)}") from None
    features = height * width * channels
    if isinstance(layer, np.ndarray):
        return layer.reshape(_batch_size(layer), features).copy(), features
    return array_namespace(layer).reshape(layer, [_batch_size(layer), features]), features


def unflatten(flat, shape):
    features = 1
    for number in shape:
        if number <= 0:
            raise ValueError(f"shape {shape} is impossible")
        features *= number
    if features != flat.shape[1]:
        raise ValueError(f"{flat.shape[1]} features, but shape {shape} needs {features}")
    return array_namespace(flat).reshape(flat, [_batch_size(flat), *shape])
