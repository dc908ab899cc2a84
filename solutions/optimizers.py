"""Optimizers: how a gradient becomes a step of the weights.

The gradient has one number for each weight: how fast the cost grows as that weight grows. A small step the
other way lowers the cost; the *learning rate* says how small. The three optimizers of this module differ in
the step they make of it:

* *gradient descent* steps straight down the slope: far where it is steep, hardly at all where it is flat;
* *momentum* lets the weights roll like a ball. Each weight has a velocity: in a steady direction it moves
  faster and faster, while gradients that point to and fro cancel. It may roll past the minimum and return;
* *Adam* divides by the usual size of the gradient, so that every weight steps about `learning_rate` far,
  whether its gradients are large or small.

An optimizer remembers something from step to step: its *state*. Here each optimizer is two functions: one
makes the state to begin with, the other makes a step. A training loop looks the same with all three:

    state = momentum_state(weights)
    for images, labels in batches:
        gradient = ...  # of the cost of this batch
        weights, state = momentum_step(weights, state, gradient, learning_rate=0.01)

Each array of a network is stepped by itself, with a state of its own. The functions are pure: they hand back
new arrays and change none in place (`weights -= ...` changes the caller's array; `weights = weights - ...`
does not). They work on NumPy arrays and on TensorFlow tensors, inside `tf.function` too: `+ - * / **` mean
the same in both libraries, and a square root is `** 0.5`.

Picture: docs/pictures/optimizers.svg
Sources: Polyak (1964) and https://proceedings.mlr.press/v28/sutskever13.html for momentum,
https://arxiv.org/abs/1412.6980 for Adam. The formulas are those of `keras.optimizers.SGD` and
`keras.optimizers.Adam`.
"""

from __future__ import annotations

import numpy as np
from arrays import Array, array_namespace
from jaxtyping import Float


def check_step(weights: Array, gradient: Array, learning_rate: float, **kept: float) -> None:
    """Given, to be called first in each step: raise ValueError for what no optimizer can use.

    Args:
        weights: the weights.
        gradient: must have their shape.
        learning_rate: must not be negative.
        kept: what is left of something after a step, such as `momentum`: at least 0 and below 1.
    """
    if weights.shape != gradient.shape:
        raise ValueError(f"gradient must have the shape of weights, {weights.shape}, not {gradient.shape}")
    if learning_rate < 0:
        raise ValueError(f"learning_rate must not be negative, not {learning_rate}")
    for name, value in kept.items():
        if not 0 <= value < 1:
            raise ValueError(f"{name} must be at least 0 and below 1, not {value}")


def sgd_state(weights: Float[Array, "*shape"]) -> tuple[()]:
    """Return the state of gradient descent, which remembers nothing: `()`.

    It is here so that a training loop can begin with any optimizer in the same way.

    >>> sgd_state(np.array([1.0, 2.0]))
    ()
    """
    ### BEGIN SOLUTION
    return ()
    ### END SOLUTION


def sgd_step(
    weights: Float[Array, "*shape"], state: tuple[()], gradient: Float[Array, "*shape"], learning_rate: float
) -> tuple[Float[Array, "*shape"], tuple[()]]:
    """Return the weights after one step of gradient descent, and the state.

        weights = weights - learning_rate * gradient

    Minus, because the gradient points to where the cost grows. On a bowl, where the gradient is
    `curvature * (weights - minimum)`, each step multiplies the distance to the minimum by
    `1 - learning_rate * curvature`: a small rate creeps, one above `2 / curvature` flies out of the bowl.

    Args:
        weights: float32 or float64, an array or a tensor of any shape. Not changed in place.
        state: `()`, what `sgd_state` returns; it is handed on as it is.
        gradient: of the cost with respect to the weights, in their shape and dtype.
        learning_rate: at least 0.

    Returns:
        `(new weights, state)`; the weights keep their dtype, so float64 keeps all its digits.

    Raises:
        ValueError: for a gradient of another shape or a negative `learning_rate` (`check_step` does that).

    >>> sgd_step(np.array([1.0, 2.0]), (), np.array([2.0, -4.0]), learning_rate=0.25)
    (array([0.5, 3. ]), ())
    """
    ### BEGIN SOLUTION
    check_step(weights, gradient, learning_rate)
    # Not `weights -= ...`: that changes the array of the caller.
    return weights - learning_rate * gradient, state
    ### END SOLUTION


def momentum_state(weights: Float[Array, "*shape"]) -> Float[Array, "*shape"]:
    """Return the velocity before the first step: a zero for each weight.

    Args:
        weights: an array or a tensor of any shape.

    Returns:
        Zeros in the shape and dtype of the weights, in an array for an array, in a tensor for a tensor.

    >>> momentum_state(np.array([[1.0, 2.0, 3.0]]))
    array([[0., 0., 0.]])
    """
    ### BEGIN SOLUTION
    return array_namespace(weights).zeros_like(weights)
    ### END SOLUTION


def momentum_step(
    weights: Float[Array, "*shape"],
    velocity: Float[Array, "*shape"],
    gradient: Float[Array, "*shape"],
    learning_rate: float,
    momentum: float = 0.9,
) -> tuple[Float[Array, "*shape"], Float[Array, "*shape"]]:
    """Return the weights after one step with momentum, and the velocity of that step.

        velocity = momentum * velocity - learning_rate * gradient
        weights  = weights + velocity

    The velocity *is* the step: it has the minus sign and the learning rate in it already, and the weights
    move by the new velocity, not by the one that came in. `momentum` is how much of the velocity is left
    after a step: 0 is gradient descent, near 1 the ball hardly slows down. While the gradient stays the
    same, the velocity grows towards `-learning_rate * gradient / (1 - momentum)`: with 0.9, ten times the
    step of gradient descent.

    Some libraries keep the rate or the sign out of the velocity, weigh the gradient by `1 - momentum`, or
    look ahead (Nesterov). Those are other formulas, and return other velocities.

    Args:
        weights: float32 or float64, an array or a tensor of any shape. Not changed in place.
        velocity: that of the step before, at first `momentum_state(weights)`. Not changed in place.
        gradient: of the cost with respect to the weights, in their shape and dtype.
        learning_rate: at least 0. It may be another one at each step.
        momentum: at least 0 and below 1.

    Returns:
        `(new weights, new velocity)`, both in the dtype of the weights.

    Raises:
        ValueError: as `sgd_step`, and for a `momentum` outside of [0, 1) (give it to `check_step` by its name).

    Two steps down a steady slope; the second is longer:

    >>> weights, gradient = np.array([1.0]), np.array([2.0])
    >>> weights, velocity = momentum_step(weights, np.array([0.0]), gradient, 0.25, momentum=0.5)
    >>> weights, velocity  # 0.5 * 0 - 0.25 * 2 = -0.5
    (array([0.5]), array([-0.5]))
    >>> momentum_step(weights, velocity, gradient, 0.25, momentum=0.5)  # 0.5 * -0.5 - 0.25 * 2 = -0.75
    (array([-0.25]), array([-0.75]))
    """
    ### BEGIN SOLUTION
    check_step(weights, gradient, learning_rate, momentum=momentum)
    # The rate stands inside: when it changes, the velocity that was gained before stays as it is.
    velocity = momentum * velocity - learning_rate * gradient
    return weights + velocity, velocity
    ### END SOLUTION


def adam_state(
    weights: Float[Array, "*shape"],
) -> tuple[Float[Array, "*shape"], Float[Array, "*shape"], Float[Array, ""]]:
    """Return Adam's state before the first step: two zeros for each weight, and no step counted.

    The step number is one number for the whole array. For tensors it is a tensor too, of shape `()` and of
    the dtype of the weights. `xp.zeros((), weights.dtype)` is right in both libraries; for NumPy a plain 0 is
    as good.

    Args:
        weights: an array or a tensor of any shape.

    Returns:
        `(first moment, second moment, step number)`: zeros in the shape and dtype of the weights, twice, and
        a single 0.

    >>> first, second, step = adam_state(np.array([[1.0, 2.0, 3.0]]))
    >>> first, second, float(step)
    (array([[0., 0., 0.]]), array([[0., 0., 0.]]), 0.0)
    """
    ### BEGIN SOLUTION
    xp = array_namespace(weights)
    # A plain 0 would become a tensor of integers, and TensorFlow does not raise 0.9 to the power of such a tensor.
    return xp.zeros_like(weights), xp.zeros_like(weights), xp.zeros((), weights.dtype)
    ### END SOLUTION


def adam_step(
    weights: Float[Array, "*shape"],
    state: tuple[Float[Array, "*shape"], Float[Array, "*shape"], float | Float[Array, ""]],
    gradient: Float[Array, "*shape"],
    learning_rate: float = 0.001,
    beta_1: float = 0.9,
    beta_2: float = 0.999,
    epsilon: float = 1e-7,
) -> tuple[
    Float[Array, "*shape"], tuple[Float[Array, "*shape"], Float[Array, "*shape"], float | Float[Array, ""]]
]:
    """Return the weights after one step of Adam, and the state.

    Two running averages are kept for each weight: of its gradient (the first moment: where to) and of its
    gradient squared (the second moment: how large, whatever the sign). The step is one over the root of
    the other:

        step   = step + 1
        first  = beta_1 * first  + (1 - beta_1) * gradient
        second = beta_2 * second + (1 - beta_2) * gradient**2
        rate   = learning_rate * sqrt(1 - beta_2**step) / (1 - beta_1**step)
        weights = weights - rate * first / (sqrt(second) + epsilon)

    Both averages begin at zero, so at first they are too small: after the first step they are a tenth of the
    gradient and a thousandth of its square. Dividing `first` by `1 - beta_1**step` and `second` by
    `1 - beta_2**step` corrects that; `rate` does both divisions at once. The state keeps the averages as
    they are, *not* corrected. So the first step has size `learning_rate` for every gradient, be it 0.2 or 50.

    `epsilon` keeps a gradient of 0 from dividing by 0. As in Keras it is added after the root, to the average
    that is *not* corrected (the paper's `epsilon hat`, end of its section 2).

    Args:
        weights: float32 or float64, an array or a tensor of any shape. Not changed in place.
        state: `(first moment, second moment, step number)`, a tuple or a list, at first
            `adam_state(weights)`. The step number counts the steps made before this one: the first step is
            given 0 and returns 1. It is a number or, as `adam_state` makes it, an array or a tensor of shape
            `()` and of the dtype of the weights. Not changed in place.
        gradient: of the cost with respect to the weights, in their shape and dtype.
        learning_rate: at least 0. It may be another one at each step.
        beta_1: how much of the first moment stays at each step; at least 0 and below 1.
        beta_2: likewise of the second moment.
        epsilon: above 0.

    Returns:
        `(new weights, (first moment, second moment, step number))`, all of them new. Weights and
        moments are in the dtype of the weights.

    Raises:
        ValueError: as `sgd_step`, and for a `beta_1` or `beta_2` outside of [0, 1).

    Two weights, gradients 250 times as large in the one as in the other, the same step:

    >>> weights = np.array([1.0, 1.0])
    >>> weights, state = adam_step(weights, adam_state(weights), np.array([0.2, -50.0]), learning_rate=0.5)
    >>> np.round(weights, 3)
    array([0.5, 1.5])
    >>> first, second, step = state
    >>> np.round(first, 6), np.round(second, 6), float(step)  # 0.1 * gradient, 0.001 * gradient**2
    (array([ 0.02, -5.  ]), array([4.0e-05, 2.5e+00]), 1.0)
    """
    ### BEGIN SOLUTION
    check_step(weights, gradient, learning_rate, beta_1=beta_1, beta_2=beta_2)
    first, second, step = state
    # Counted first: the powers need 1 at the first step, or the corrections divide by 0. And not `step += 1`,
    # which changes the caller's array where the step number is an array.
    step = step + 1
    first = beta_1 * first + (1 - beta_1) * gradient
    second = beta_2 * second + (1 - beta_2) * gradient**2
    rate = learning_rate * (1 - beta_2**step) ** 0.5 / (1 - beta_1**step)
    return weights - rate * first / (second**0.5 + epsilon), (first, second, step)
    ### END SOLUTION
