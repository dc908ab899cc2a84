"""Backpropagation: how fast the loss grows with every number in the network, found from the last layer to the first.

To learn, a network must know for each weight whether the loss grows or shrinks with it, and how fast: the
*gradient*. The *chain rule* finds it layer by layer, from the end. Suppose you know how fast the loss grows with each
*output* of a layer. Then you can work out how fast it grows with each of its inputs, weights and biases; and its
inputs are the outputs of the layer before. So one walk back through the network, *backpropagation*, finds them all, at
about twice the cost of the walk forward.

Each function here is one layer on the way back. Its argument `gradient` is that of the loss with respect to the layer's
outputs, in their shape; what it returns are the gradients with respect to its inputs and its weights: new arrays, each
in the shape of the array it belongs to. Two rules are all you need:

* a number that goes into several outputs gets the *sum* of what comes back from each of them;
* what comes back is the gradient of the output times how fast that output grows with the number.

To check a gradient, change one number a little and look at the loss (*finite differences*):

    (loss(x + epsilon) - loss(x - epsilon)) / (2 * epsilon)

That is slow, one number at a time, but it needs no thinking. The tests do it.

Picture: docs/pictures/backpropagation.svg
Sources: https://www.deeplearningbook.org/contents/mlp.html (6.5), https://cs231n.github.io/optimization-2/
"""

from __future__ import annotations

import numpy as np
from arrays import patches
from jaxtyping import Float


def dense_gradients(
    inputs: Float[np.ndarray, "batch inputs"],
    kernel: Float[np.ndarray, "inputs units"],
    gradient: Float[np.ndarray, "batch units"],
) -> tuple[Float[np.ndarray, "batch inputs"], Float[np.ndarray, "inputs units"], Float[np.ndarray, " units"]]:
    """Return the gradients of a dense layer, `outputs = inputs @ kernel + bias`.

    The input `i` goes into every unit `u`, by the weight `kernel[i, u]`. The weight `kernel[i, u]` multiplies the
    input `i` of every example of the batch. The bias of a unit is added once for every example:

        inputs_gradient[n, i] = sum over u of gradient[n, u] * kernel[i, u]
        kernel_gradient[i, u] = sum over n of inputs[n, i] * gradient[n, u]
        bias_gradient[u]      = sum over n of gradient[n, u]

    The first two are matrix products. Their shapes tell which matrix must be transposed.

    Args:
        inputs: what the layer was given.
        kernel: its weights.
        gradient: of the loss with respect to the layer's outputs.

    Returns:
        `(inputs_gradient, kernel_gradient, bias_gradient)`.

    >>> inputs, kernel = np.array([[1.0, 2.0]]), np.array([[3.0], [4.0]])
    >>> dense_gradients(inputs, kernel, np.array([[10.0]]))
    (array([[30., 40.]]), array([[10.],
           [20.]]), array([10.]))
    """
    ### BEGIN SOLUTION
    return gradient @ kernel.T, inputs.T @ gradient, gradient.sum(axis=0)
    ### END SOLUTION


def relu_gradient(
    inputs: Float[np.ndarray, "*shape"], gradient: Float[np.ndarray, "*shape"]
) -> Float[np.ndarray, "*shape"]:
    """Return the gradient with respect to the inputs of a ReLU, `outputs = max(inputs, 0)`.

    Where an input was positive, the output was the same number and the gradient passes. Where it was negative, the
    output was 0 whatever the input, and nothing passes. At 0 the slope is not defined: let nothing pass, as TensorFlow
    does.

    Args:
        inputs: what the ReLU was given, of any shape.
        gradient: of the loss with respect to its outputs.

    >>> relu_gradient(np.array([-2.0, 0.0, 3.0]), np.array([10.0, 20.0, 30.0]))
    array([ 0.,  0., 30.])
    """
    ### BEGIN SOLUTION
    return np.where(inputs > 0, gradient, 0)
    ### END SOLUTION


def softmax_cross_entropy_gradient(
    probabilities: Float[np.ndarray, "batch classes"], targets: Float[np.ndarray, "batch classes"]
) -> Float[np.ndarray, "batch classes"]:
    """Return the gradient of the cross-entropy with respect to the logits.

    The loss is the mean over the batch of `-log(probability of the right class)`, and the probabilities are the softmax
    of the logits. Taken together, softmax and logarithm almost cancel:

        gradient = (probabilities - targets) / batch

    So every logit of a wrong class is pushed down by the probability that it got, and the right one is pushed up by
    what its probability lacks to reach 1. A row adds up to 0.

    Args:
        probabilities: what your `softmax` makes of the logits.
        targets: what your `one_hot` makes of the labels.

    >>> softmax_cross_entropy_gradient(np.array([[0.25, 0.75], [0.5, 0.5]]), np.array([[1.0, 0.0], [0.0, 1.0]]))
    array([[-0.375,  0.375],
           [ 0.25 , -0.25 ]])
    """
    ### BEGIN SOLUTION
    # The loss is a mean: each example has one part in `batch` of it.
    return (probabilities - targets) / len(probabilities)
    ### END SOLUTION


def conv2d_gradients(
    images: Float[np.ndarray, "batch height width in_channels"],
    kernel: Float[np.ndarray, "kernel_height kernel_width in_channels filters"],
    gradient: Float[np.ndarray, "batch new_height new_width filters"],
    strides: tuple[int, int] = (1, 1),
) -> tuple[
    Float[np.ndarray, "batch height width in_channels"],
    Float[np.ndarray, "kernel_height kernel_width in_channels filters"],
    Float[np.ndarray, " filters"],
]:
    """Return the gradients of a convolution without padding, `outputs = conv2d(images, kernel, bias, strides)`.

    The outputs are

        output[n, i, j, f] = bias[f] + sum over y, x, c of
            images[n, i * strides[0] + y, j * strides[1] + x, c] * kernel[y, x, c, f]

    so each weight meets one pixel of every patch, and each pixel one weight of every patch that it is in:

        kernel_gradient[y, x, c, f] = sum over n, i, j of
            images[n, i * strides[0] + y, j * strides[1] + x, c] * gradient[n, i, j, f]
        images_gradient[n, i * strides[0] + y, j * strides[1] + x, c] += sum over f of
            gradient[n, i, j, f] * kernel[y, x, c, f]      for every i, j, y, x
        bias_gradient[f] = sum over n, i, j of gradient[n, i, j, f]

    All of it can be done with one loop over the weights, y and x: for each of them,
    `images[:, y : y + ..., x : x + ...]` in steps of the strides are the pixels that it met, one for each position.

    An aside: the second sum is a convolution again, of the gradient with zeros between and around its numbers, by the
    kernel turned around. So a framework needs no second program for the way back.

    Args:
        images: what the layer was given, padded already.
        kernel: its weights.
        gradient: of the loss with respect to the layer's outputs.
        strides: of the layer, (down, to the right).

    Returns:
        `(images_gradient, kernel_gradient, bias_gradient)`. A pixel that no patch has seen has the gradient 0.

    >>> image, kernel = np.array([1.0, 2.0, 3.0]).reshape(1, 1, 3, 1), np.array([5.0, 7.0]).reshape(1, 2, 1, 1)
    >>> gradients = conv2d_gradients(image, kernel, np.array([10.0, 100.0]).reshape(1, 1, 2, 1))
    >>> [array.ravel().tolist() for array in gradients]  # 5 * 10, 7 * 10 + 5 * 100, 7 * 100; 1 * 10 + 2 * 100, ...
    [[50.0, 570.0, 700.0], [210.0, 320.0], [110.0]]
    """
    ### BEGIN SOLUTION
    images_gradient, kernel_gradient = np.zeros_like(images), np.zeros_like(kernel)
    rows, columns = ((count - 1) * step + 1 for count, step in zip(gradient.shape[1:3], strides, strict=True))
    for y, x in np.ndindex(kernel.shape[:2]):
        # The pixels that the weight at (y, x) has met, one for each position of the kernel.
        met = np.s_[:, y : y + rows : strides[0], x : x + columns : strides[1]]
        kernel_gradient[y, x] = np.tensordot(images[met], gradient, axes=((0, 1, 2), (0, 1, 2)))
        images_gradient[met] += gradient @ kernel[y, x].T
    return images_gradient, kernel_gradient, gradient.sum(axis=(0, 1, 2))
    ### END SOLUTION


def max_pool_gradient(
    images: Float[np.ndarray, "batch height width channels"],
    gradient: Float[np.ndarray, "batch new_height new_width channels"],
    pool_size: tuple[int, int] = (2, 2),
    strides: tuple[int, int] = (2, 2),
) -> Float[np.ndarray, "batch height width channels"]:
    """Return the gradient with respect to the inputs of max pooling without padding.

    Only the largest pixel of a window reached the output, so the whole gradient goes to it and the others get none. Of
    several that are equally large, the first one gets it: row by row, and from left to right. A pixel that is the
    largest of several windows gets the sum, and one that no window has seen gets 0.

    Hint for NumPy: `x[indices] += y` adds once where an index occurs several times; `np.add.at(x, indices, y)` adds
    every time.

    Args:
        images: what the layer was given.
        gradient: of the loss with respect to the layer's outputs.
        pool_size: of the window, (height, width).
        strides: pixels from one position to the next, (down, to the right).

    >>> image = np.array([[1.0, 2.0, 7.0], [3.0, 0.0, 7.0]]).reshape(1, 2, 3, 1)
    >>> max_pool_gradient(image, np.array([10.0, 100.0]).reshape(1, 1, 2, 1), strides=(1, 1))[0, :, :, 0]
    array([[  0.,   0., 100.],
           [ 10.,   0.,   0.]])
    """
    ### BEGIN SOLUTION
    seen = patches(images, pool_size, strides)  # batch, new_height, new_width, y, x, channels
    largest = seen.reshape(*seen.shape[:3], -1, seen.shape[5]).argmax(axis=3)
    y, x = np.divmod(largest, pool_size[1])
    n, i, j, channel = np.indices(largest.shape)
    images_gradient = np.zeros_like(images)
    np.add.at(images_gradient, (n, i * strides[0] + y, j * strides[1] + x, channel), gradient)
    return images_gradient
    ### END SOLUTION
