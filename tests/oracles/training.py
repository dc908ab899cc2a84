"""Training of a linear network in plain NumPy, in float64, and gradients by TensorFlow's own functions."""

from __future__ import annotations

from collections.abc import Iterator

import keras
import numpy as np
import scipy.special
import tensorflow as tf

from tests.oracles.layers import Arrays, cross_entropy


def linear_logits(images: np.ndarray, arrays: Arrays) -> np.ndarray:
    """What a network of one layer says."""
    return (
        images.reshape(len(images), -1).astype(np.float64) @ arrays["logits/kernel"] + arrays["logits/bias"]
    )


def linear_loss(images: np.ndarray, labels: np.ndarray, arrays: Arrays, l2: float = 0.0) -> float:
    """Mean of log-sum-exp minus the right logit, and the penalty of the weights."""
    logits = linear_logits(images, arrays)
    right = logits[np.arange(len(labels)), labels]
    loss = (scipy.special.logsumexp(logits, axis=1) - right).mean()
    return float(loss + l2 / 2 * (np.asarray(arrays["logits/kernel"], np.float64) ** 2).sum())


def linear_gradients(
    images: np.ndarray, labels: np.ndarray, arrays: Arrays, l2: float = 0.0
) -> list[np.ndarray]:
    """In closed form: images' @ (softmax - one-hot) / size, and the sum of the same over the batch."""
    wrong = scipy.special.softmax(linear_logits(images, arrays), axis=1)
    wrong[np.arange(len(labels)), labels] -= 1
    wrong /= len(labels)
    weights = images.reshape(len(images), -1).T @ wrong + l2 * np.asarray(arrays["logits/kernel"], np.float64)
    return [weights, wrong.sum(axis=0)]


def linear_descent(
    images: np.ndarray, labels: np.ndarray, arrays: Arrays, rate: float, steps: int
) -> tuple[list[float], list[Arrays]]:
    """Gradient descent with all images in each step: the loss before each, the variables after it."""
    losses, path = [], []
    arrays = {name: np.asarray(array, np.float64) for name, array in arrays.items()}
    for _ in range(steps):
        losses.append(linear_loss(images, labels, arrays))
        gradients = linear_gradients(images, labels, arrays)
        arrays = {
            name: arrays[name] - rate * gradient
            for name, gradient in zip(("logits/kernel", "logits/bias"), gradients, strict=True)
        }
        path.append(arrays)
    return losses, path


def dense_loss_and_gradients(
    images: np.ndarray, labels: np.ndarray, arrays: Arrays, layers: int
) -> tuple[float, list[np.ndarray]]:
    """A network of dense layers with ReLU, by TensorFlow, in the order of `arrays`."""
    variables = {name: tf.Variable(array) for name, array in arrays.items()}
    with tf.GradientTape() as tape:
        layer = tf.reshape(images, (len(images), -1))
        for number in range(1, layers + 1):
            layer = tf.nn.relu(layer @ variables[f"dense{number}/kernel"] + variables[f"dense{number}/bias"])
        loss = cross_entropy(layer @ variables["logits/kernel"] + variables["logits/bias"], labels)
    return float(loss), [gradient.numpy() for gradient in tape.gradient(loss, list(variables.values()))]


def keras_path(
    optimizer: str, arrays: list[np.ndarray], gradients: list[list[np.ndarray]], rate: float
) -> Iterator[list[np.ndarray]]:
    """Yield the variables after each step of Keras' optimizer of that name."""
    made = {
        "sgd": lambda: keras.optimizers.SGD(rate),
        "momentum": lambda: keras.optimizers.SGD(rate, momentum=0.9),
        "adam": lambda: keras.optimizers.Adam(rate),
    }[optimizer]()
    variables = [keras.Variable(array) for array in arrays]
    made.build(variables)
    for step in gradients:
        made.apply([tf.constant(gradient) for gradient in step], variables)
        yield [variable.numpy() for variable in variables]
