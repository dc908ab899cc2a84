"""The fully connected layer, and why a network needs *activation functions*.

A *dense* (fully connected) layer weighs every input for every output and adds a bias. Its weights are its
*kernel*, a matrix with a row for each input and a column for each unit:

    output[unit] = sum over inputs of input * kernel[input, unit]  +  bias[unit]

For a batch of examples that is one matrix product. Two such layers in a row are again one such layer (see
`merge`), so depth alone gains nothing. What makes a deep network more than one layer is the *activation
function* between its layers, a *nonlinearity*: without it everything would stay a straight line. Here are two
of them, ReLU and sigmoid.

Picture: docs/pictures/dense.svg
Sources: https://www.deeplearningbook.org/contents/mlp.html (6.1, 6.3)
"""

from __future__ import annotations

import numpy as np
from arrays import Array, array_namespace
from jaxtyping import Float


def dense(
    inputs: Float[Array, "batch inputs"],
    kernel: Float[Array, "inputs units"],
    bias: Float[Array, " units"],
) -> Float[Array, "batch units"]:
    """Return the outputs of a fully connected layer, before any activation function.

        outputs = inputs @ kernel + bias

    Each row is one example. The same bias is added to each row. Works on NumPy arrays and on
    TensorFlow tensors, eager and inside `tf.function`, where the batch size may be unknown: `@` and `+` mean
    the same in both libraries.

    Raises:
        ValueError: if `bias` does not have the shape (units,); the message names `bias` and its shape. Without
            this check, a bias of shape (units, 1) would give a wrong answer in silence. (A kernel with another
            number of rows than there are inputs is refused by `@` itself.)

    >>> dense(np.array([[1.0, 2.0]]), np.array([[1.0, 0.0, 3.0], [0.0, 1.0, 3.0]]), np.array([0.0, 0.5, 1.0]))
    array([[ 1. ,  2.5, 10. ]])
    """
    ### BEGIN SOLUTION
    if tuple(bias.shape) != (kernel.shape[1],):
        raise ValueError(f"bias must have the shape ({kernel.shape[1]},), not {tuple(bias.shape)}")
    return inputs @ kernel + bias
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
    return array_namespace(x).maximum(x, 0)
    ### END SOLUTION


def sigmoid(x: Float[Array, "*shape"]) -> Float[Array, "*shape"]:
    """Return the sigmoid of every element: `1 / (1 + exp(-x))`, between 0 and 1.

    It must not overflow: `exp(10_000)` is infinite, and `exp(x) / (1 + exp(x))` would be NaN there. So never
    take the exponential of a positive number:

        x >= 0:  1 / (1 + exp(-x))
        x <  0:  exp(x) / (1 + exp(x))

    Works on arrays of any shape, from -10,000 to 10,000, and on tensors, where its gradient is finite too.

    Source: https://timvieira.github.io/blog/exp-normalize-trick/

    >>> sigmoid(np.array([0.0, -10_000.0, 10_000.0]))
    array([0.5, 0. , 1. ])
    """
    ### BEGIN SOLUTION
    xp = array_namespace(x)
    # exp(-|x|) is the exponential of both cases, and never above 1. Both branches of `where` are computed, so
    # that a plain exp(-x) in one of them would overflow for the elements of the other. Not `abs`: TensorFlow
    # takes its slope at 0 for 0, and then that of the sigmoid, which is 1/4, would be 0 too.
    small = xp.exp(xp.where(x >= 0, -x, x))
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
        first: kernel and bias of the layer that the inputs meet first.
        second: kernel and bias of the layer after it.

    Returns:
        `(kernel, bias)`.

    >>> merge((np.array([[2.0]]), np.array([1.0])), (np.array([[3.0]]), np.array([4.0])))
    (array([[6.]]), array([7.]))
    """
    ### BEGIN SOLUTION
    (first_kernel, first_bias), (second_kernel, second_bias) = first, second
    # The first layer's bias goes through the second layer's kernel, as its outputs do.
    return first_kernel @ second_kernel, first_bias @ second_kernel + second_bias
    ### END SOLUTION
