"""The oracles of `optimizers` against keras.optimizers: one array of 1,000 weights is 1,000 random cases."""

import keras
import numpy as np
import pytest

from tests.oracles import optimizers as oracle

CASES, STEPS = 1000, 5
# Powers of two, and sums of a few: Keras keeps some of its settings in float32, which holds these exactly.
RATES = np.array([0.5, 0.5, 0.125, 2**-7, 1.0])
CLOSE = {"rtol": 1e-10, "atol": 1e-20}


def history(seed):
    """Return weights and five gradients, of all sizes."""
    rng = np.random.default_rng(seed)
    return np.split(rng.normal(size=(STEPS + 1, CASES)) * 10.0 ** rng.integers(-6, 7, CASES), [1])


def keras_path(stepper, weights, gradient_at, rates):
    """Return the weights after each step of an optimizer of Keras, one learning rate a step."""
    variable = keras.Variable(weights, dtype="float64")
    path = []
    for step, rate in enumerate(rates):
        stepper.learning_rate = rate
        gradient = gradient_at(step, variable.value.numpy())
        stepper.apply([keras.ops.convert_to_tensor(gradient, "float64")], [variable])
        path.append(variable.value.numpy())
    return np.array(path)


@pytest.mark.parametrize("momentum", [0.0, 0.5, 0.875, 1 - 2**-7])
def test_momentum(momentum):
    weights, gradients = history(seed=1)
    stepper = keras.optimizers.SGD(momentum=momentum)
    path = keras_path(stepper, weights[0], lambda step, _: gradients[step], RATES)
    np.testing.assert_allclose(oracle.momentum_path(weights[0], gradients, RATES, momentum), path, **CLOSE)
    if momentum:
        velocity = stepper.momentums[0].numpy()
        np.testing.assert_allclose(oracle.velocities(gradients, RATES, momentum)[-1], velocity, **CLOSE)


@pytest.mark.parametrize("rates", [0.125, RATES])
@pytest.mark.parametrize(
    ("beta_1", "beta_2", "epsilon"),
    [(0.875, 1 - 2**-10, 2**-23), (0.5, 0.875, 2**-7), (0.0, 0.5, 1.0), (0.875, 0.0, 0.125)],
)
def test_adam(rates, beta_1, beta_2, epsilon):
    weights, gradients = history(seed=2)
    settings = {"beta_1": beta_1, "beta_2": beta_2, "epsilon": epsilon}
    stepper = keras.optimizers.Adam(**settings)
    path = keras_path(stepper, weights[0], lambda step, _: gradients[step], np.broadcast_to(rates, STEPS))
    np.testing.assert_allclose(oracle.adam_path(weights[0], gradients, rates, **settings), path, **CLOSE)
    first, second = oracle.moments(gradients, beta_1, beta_2)
    # Its variables: the count, the learning rate, and the two moments.
    *_, kept_first, kept_second = (variable.numpy() for variable in stepper.variables)
    np.testing.assert_allclose(first[-1], kept_first, **CLOSE)
    np.testing.assert_allclose(second[-1], kept_second, **CLOSE)


def test_adam_defaults():
    weights, gradients = history(seed=3)
    path = keras_path(keras.optimizers.Adam(), weights[0], lambda step, _: gradients[step], [0.001] * STEPS)
    # 0.999 in float32 is off by 1e-8, so 1 - 0.999 by 1e-5 of itself.
    moved = oracle.adam_path(weights[0], gradients, 0.001) - weights[0]
    np.testing.assert_allclose(moved, path - weights[0], rtol=1e-4, atol=1e-8)


@pytest.mark.parametrize("momentum", [0.0, 0.5, 0.875])
def test_bowls(momentum):
    """One bowl for each weight, its curvature at random: from a creep to a flight out of the bowl."""
    rng = np.random.default_rng(4)
    error, products, steps = rng.normal(size=CASES), rng.uniform(0.01, 2.5, CASES), 6
    stepper, rate = keras.optimizers.SGD(momentum=momentum), 0.5
    path = keras_path(stepper, error, lambda _, now: products / rate * now, [rate] * steps)
    pairs = list(zip(error, products, strict=True))
    expected = [oracle.momentum_error(*pair, momentum, steps) for pair in pairs]
    np.testing.assert_allclose(expected, path[-1], rtol=1e-9, atol=1e-12)
    if momentum == 0:
        expected = [oracle.sgd_error(*pair, steps) for pair in pairs]
        np.testing.assert_allclose(expected, path[-1], rtol=1e-9, atol=1e-12)
