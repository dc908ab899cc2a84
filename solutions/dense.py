"""The fully connected layer, and why a network needs *activation functions*.

A dense (fully connected) layer weighs every input for every output and adds a bias:

    output[unit] = sum over inputs of input * weights[input, unit]  +  biases[unit]

For a batch of examples that is one matrix product. Two such layers in a row are again one such layer (see
`merge`), so depth alone gains nothing. What makes a deep network more than one layer is the *activation
function* between its layers, a *nonlinearity*: without it everything would stay a straight line. Here are two
of them, ReLU and sigmoid.

Sources: https://www.deeplearningbook.org/contents/mlp.html (6.1, 6.3)
"""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np
from jaxtyping import Float

# A NumPy array or a TensorFlow tensor.
Array = Any


def array_namespace(array: Array) -> ModuleType:
    """Given: return NumPy for a NumPy array, TensorFlow for a tensor.

    What it returns has functions that bear the same name in both libraries: `xp = array_namespace(x)`, then
    `xp.maximum(x, 0)`, `xp.abs(x)`, `xp.exp(x)`, `xp.where(x >= 0, a, b)`.
    """
    if isinstance(array, np.ndarray):
        return np
    import tensorflow  # only here, because the import takes seconds

    return tensorflow


def dense(
    inputs: Float[Array, "batch inputs"],
    weights: Float[Array, "inputs units"],
    biases: Float[Array, " units"],
) -> Float[Array, "batch units"]:
    """Return the outputs of a fully connected layer, before any activation function.

        outputs = inputs @ weights + biases

    Each row is an example of its own. The same biases are added to every row. Works on NumPy arrays and on
    TensorFlow tensors, eager and inside `tf.function`, where the batch size may be unknown: `@` and `+` mean
    the same in both libraries.

    Raises:
        ValueError: where `weights` has not as many rows as the inputs have columns, or `biases` not as many
            elements as `weights` has columns; the message names the argument and its shape.

    >>> dense(np.array([[1.0, 2.0]]), np.array([[1.0, 0.0, 3.0], [0.0, 1.0, 3.0]]), np.array([0.0, 0.5, 1.0]))
    array([[ 1. ,  2.5, 10. ]])
    """
    ### BEGIN SOLUTION
    if inputs.shape[-1] != weights.shape[0]:
        raise ValueError(f"weights must have {inputs.shape[-1]} rows, not the shape {tuple(weights.shape)}")
    # A bias of another length could still be broadcast: (units, 1) would give a wrong answer in silence.
    if tuple(biases.shape) != (weights.shape[1],):
        raise ValueError(f"biases must have the shape ({weights.shape[1]},), not {tuple(biases.shape)}")
    return inputs @ weights + biases
    ### END SOLUTION


def relu(x: Float[Array, "*shape"]) -> Float[Array, "*shape"]:
    """Return the rectified linear unit of every element: `max(x, 0)`.

    Negative numbers become 0, the others stay. It costs one comparison, and its slope is 1 wherever it is not
    0, so that a gradient passes through many layers of it without shrinking. Works on arrays of any shape and
    on tensors, eager and inside `tf.function`.

    >>> relu(np.array([-2.0, 0.0, 3.0]))
    array([0., 0., 3.])
    """
    ### BEGIN SOLUTION
    if isinstance(x, np.ndarray):
        return np.maximum(x, 0)
    # For tensors `maximum` is right too, but the gradient of TensorFlow's own ReLU is quicker: with it, the
    # 5 by 5 CNN trains nearly a tenth faster.
    return array_namespace(x).nn.relu(x)
    ### END SOLUTION


def sigmoid(x: Float[Array, "*shape"]) -> Float[Array, "*shape"]:
    """Return the sigmoid of every element: `1 / (1 + exp(-x))`, between 0 and 1.

    It must not overflow: `exp(10_000)` is infinite, and `exp(x) / (1 + exp(x))` would be NaN there. So never
    take the exponential of a positive number:

        x >= 0:  1 / (1 + exp(-x))
        x <  0:  exp(x) / (1 + exp(x))

    Works on arrays of any shape, from -10,000 to 10,000, and on tensors.

    Source: https://timvieira.github.io/blog/exp-normalize-trick/

    >>> sigmoid(np.array([0.0, -10_000.0, 10_000.0]))
    array([0.5, 0. , 1. ])
    """
    ### BEGIN SOLUTION
    xp = array_namespace(x)
    # exp(-|x|) is the exponential of both cases, and never above 1. Both branches of `where` are computed, so
    # that a plain exp(-x) in one of them would overflow for the elements of the other.
    small = xp.exp(-xp.abs(x))
    return xp.where(x >= 0, 1 / (1 + small), small / (1 + small))
    ### END SOLUTION


def merge(
    first: tuple[Float[np.ndarray, "inputs hidden"], Float[np.ndarray, " hidden"]],
    second: tuple[Float[np.ndarray, "hidden units"], Float[np.ndarray, " units"]],
) -> tuple[Float[np.ndarray, "inputs units"], Float[np.ndarray, " units"]]:
    """Return the one layer that does what two layers do, one after the other with nothing between.

    For every batch of inputs,

        dense(dense(inputs, *first), *second) == dense(inputs, *merge(first, second))

    Work it out: put `inputs @ w1 + b1` in the place of `inputs` in `inputs @ w2 + b2`, and multiply out. That
    is why a network of any depth without activation functions is no better than one layer.

    Args:
        first: weights and biases of the layer that the inputs meet first.
        second: weights and biases of the layer after it.

    Returns:
        `(weights, biases)`.

    Raises:
        ValueError: where the second layer has not as many rows as the first has units; the message names
            `second` and the shape of its weights.

    >>> merge((np.array([[2.0]]), np.array([1.0])), (np.array([[3.0]]), np.array([4.0])))
    (array([[6.]]), array([7.]))
    """
    ### BEGIN SOLUTION
    (first_weights, first_biases), (second_weights, second_biases) = first, second
    if second_weights.shape[0] != first_weights.shape[1]:
        raise ValueError(
            f"second must have weights of {first_weights.shape[1]} rows, not of shape {second_weights.shape}"
        )
    # The first layer's biases go through the second layer's weights, as its outputs do.
    return first_weights @ second_weights, first_biases @ second_weights + second_biases
    ### END SOLUTION
