"""The hidden suite of `optimizers`."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder import bad_input, close, expect_array, expect_values, points, proves, same, tensors
from autograder.protocol import plain
from tests.oracles import optimizers as oracle
from tests.strategies import arrays, few, seeds

rates = st.sampled_from([0.0, 0.01, 0.1, 0.5, 1.0])
momenta = st.sampled_from([0.0, 0.5, 0.9, 0.99])
betas = st.sampled_from([0.0, 0.5, 0.9, 0.999])
# Large ones too: only they show where epsilon stands.
epsilons = st.sampled_from([1e-7, 0.1, 1.0])
# A few biases, a dense layer, a bank of filters.
shapes = st.sampled_from([(3,), (1, 2), (2, 3), (2, 1, 3, 2)])


# The functions that a path of each optimizer proves.
_PROVED = {
    "sgd": proves("sgd_step"),
    "momentum": proves("momentum_state", "momentum_step"),
    "adam": proves("adam_state", "adam_step"),
}


def of_each_optimizer(*arguments):
    """Return the parameters of a test, which begin with the name of an optimizer."""
    return [pytest.param(*given, marks=_PROVED[given[0]]) for given in arguments]


def histories(fewest, most, dtype=np.float64):
    """Between so many arrays of one shape, stacked: where the weights begin, and a gradient for each step."""
    return arrays(st.builds(lambda n, shape: (n, *shape), st.integers(fewest, most), shapes), dtype=dtype)


def of_any_size(shape, seed):
    """Fractions from 1e-12 to 1e6, and zeros, some of them negative."""
    rng = np.random.default_rng(seed)
    return rng.standard_normal(shape) * rng.choice([1e-12, 1e-3, 1.0, 1e6, 0.0], shape)


def walk(module, optimizer, weights, gradients, *settings, **named_settings):
    """Yield the weights and the state after each step."""
    state = getattr(module, f"{optimizer}_state")(weights)
    step = getattr(module, f"{optimizer}_step")
    for gradient in gradients:
        weights, state = expect_values(step(weights, state, gradient, *settings, **named_settings), 2)
        yield weights, state


@proves("sgd_step")
@points(2)
@given(history=histories(2, 2, np.float32), rate=rates)
def test_sgd_step(optimizers, history, rate):
    """Gradient descent: weights - learning_rate * gradient, and the state is handed on."""
    weights, gradient = history
    expected = weights.astype(np.float64) - rate * gradient
    assert optimizers.sgd_step(weights, (), gradient, rate) == close((expected, ()))


@proves("sgd_step")
@pytest.mark.parametrize("rate_times_curvature", [0.1, 0.9, 1.5, 2.5])
def test_sgd_on_a_bowl(optimizers, rate_times_curvature):
    """On a bowl each step multiplies the distance to the minimum by 1 - learning_rate * curvature."""
    minimum, curvature = np.array([3.0, -1.0]), 2.0
    weights, state = np.array([4.0, 7.0]), ()
    expected = minimum + oracle.sgd_error(weights - minimum, rate_times_curvature, 5)
    for _ in range(5):
        gradient = curvature * (weights - minimum)
        answer = optimizers.sgd_step(weights, state, gradient, rate_times_curvature / curvature)
        weights, state = expect_values(answer, 2)
        weights = expect_array(weights, (2,))
    assert weights == close(expected)


@proves("momentum_state", "momentum_step")
@few
@given(history=histories(2, 2), rate=st.sampled_from([0.01, 0.1, 0.5]))
def test_momentum_begins_as_gradient_descent(optimizers, history, rate):
    """The first step begins without a velocity: weights - learning_rate * gradient."""
    weights, gradient = history
    ((stepped, _),) = walk(optimizers, "momentum", weights, [gradient], rate)
    assert stepped == close(weights - rate * gradient)


@proves("momentum_step")
@points(2)
@given(history=histories(3, 3, np.float32), rate=rates, momentum=momenta)
def test_momentum_step(optimizers, history, rate, momentum):
    """velocity = momentum * velocity - learning_rate * gradient; the weights move by this new velocity."""
    weights, velocity, gradient = history
    new_velocity = velocity.astype(np.float64) * momentum - gradient * rate
    expected = (weights + new_velocity, new_velocity)
    assert optimizers.momentum_step(weights, velocity, gradient, rate, momentum) == close(expected)


@proves("momentum_state", "momentum_step")
@points(2)
@given(history=histories(2, 5), rate=rates, momentum=momenta)
def test_momentum_remembers_every_gradient(optimizers, history, rate, momentum):
    """The velocity is the sum of all steps of gradient descent so far, each faded by momentum once a step."""
    weights, gradients = history[0], history[1:]
    path = oracle.momentum_path(weights, gradients, rate, momentum)
    velocities = oracle.velocities(gradients, rate, momentum)
    steps = walk(optimizers, "momentum", weights, gradients, rate, momentum)
    for answer, *expected in zip(steps, path, velocities, strict=True):
        assert answer == close(tuple(expected))


@proves("momentum_state", "momentum_step")
@pytest.mark.parametrize("momentum", [0.0, 0.5, 0.9])
def test_momentum_on_a_bowl(optimizers, momentum):
    """On a bowl the weights roll towards the minimum, with much momentum through it and back."""
    minimum, curvature, rate = np.array([3.0, -1.0]), 2.0, 0.1
    weights = np.array([4.0, 7.0])
    velocity = optimizers.momentum_state(weights)
    expected = minimum + oracle.momentum_error(weights - minimum, rate * curvature, momentum, 12)
    for _ in range(12):
        gradient = curvature * (weights - minimum)
        answer = optimizers.momentum_step(weights, velocity, gradient, rate, momentum)
        weights, velocity = expect_values(answer, 2)
        weights = expect_array(weights, (2,))
    assert weights == close(expected)


@proves("momentum_state", "momentum_step")
def test_momentum_on_a_steady_slope(optimizers):
    """While the gradient stays the same, the velocity grows to -learning_rate * gradient / (1 - momentum)."""
    gradient = np.array([1.0, -2.0])
    *_, (_, velocity) = walk(optimizers, "momentum", np.zeros(2), [gradient] * 40, 0.1, momentum=0.5)
    # 0.5**40 of it is missing: nothing.
    assert velocity == close(-0.1 * gradient / (1 - 0.5))


@proves("adam_state", "adam_step")
@few
@given(history=histories(2, 2), rate=st.sampled_from([0.01, 0.1, 0.5]), epsilon=epsilons)
def test_adam_that_remembers_nothing(optimizers, history, rate, epsilon):
    """With betas of 0 the moments are the gradient and its square: rate * gradient / (|gradient| + epsilon)."""
    weights, gradient = history
    ((stepped, _),) = walk(optimizers, "adam", weights, [gradient], rate, 0.0, 0.0, epsilon)
    assert stepped == close(weights - rate * gradient / (np.abs(gradient) + epsilon))


@proves("adam_state", "adam_step")
@points(2)
@given(history=histories(2, 5), rate=rates, beta_1=betas, beta_2=betas, epsilon=epsilons)
def test_adam_path(optimizers, history, rate, beta_1, beta_2, epsilon):
    """Adam steps by the corrected rate times the first moment, over the root of the second plus epsilon."""
    weights, gradients = history[0], history[1:]
    path = oracle.adam_path(weights, gradients, rate, beta_1, beta_2, epsilon)
    steps = walk(optimizers, "adam", weights, gradients, rate, beta_1, beta_2, epsilon)
    for (stepped, _), expected in zip(steps, path, strict=True):
        assert stepped == close(expected)


@proves("adam_state", "adam_step")
@points(2)
@given(history=histories(2, 5), beta_1=betas, beta_2=betas)
def test_adam_state_after_some_steps(optimizers, history, beta_1, beta_2):
    """Adam keeps the averages of the gradients and of their squares, not corrected, and counts the steps."""
    weights, gradients = history[0], history[1:]
    first, second = oracle.moments(gradients, beta_1, beta_2)
    steps = walk(optimizers, "adam", weights, gradients, beta_1=beta_1, beta_2=beta_2)
    for number, (_, state) in enumerate(steps):
        assert state == close((first[number], second[number], number + 1))


@pytest.mark.parametrize("size", [1e-3, 1.0, 1e4])
def test_adams_first_step_has_one_size(optimizers, size):
    """The first step is learning_rate long for every weight, against its gradient, however large that is."""
    weights = np.array([0.0, 0.0, 0.0])
    gradient = size * np.array([1.0, -3.0, 0.02])
    answer = optimizers.adam_step(weights, optimizers.adam_state(weights), gradient, 0.25, epsilon=1e-12)
    stepped, _ = expect_values(answer, 2)
    assert stepped == close(np.array([-0.25, 0.25, -0.25]))


@proves("adam_step")
def test_adam_leaves_what_has_no_gradient(optimizers):
    """A weight whose gradient is 0 stays where it is: epsilon keeps 0 / 0 away."""
    weights, gradient = np.array([2.0, 2.0]), np.array([0.0, 1.0])
    answer = optimizers.adam_step(weights, optimizers.adam_state(weights), gradient, 0.5)
    stepped, _ = expect_values(answer, 2)
    assert stepped == close(np.array([2.0, 1.5]))


@points(2)
@pytest.mark.parametrize(
    ("optimizer", "settings"),
    of_each_optimizer(
        ("sgd", {}),
        ("momentum", {"momentum": 0.9}),
        ("momentum", {"momentum": 0.6}),
        ("adam", {}),
        ("adam", {"beta_1": 0.5, "beta_2": 0.9, "epsilon": 0.01}),
    ),
)
def test_the_path_is_that_of_keras(optimizers, optimizer, settings):
    """Each step is that of keras.optimizers, also where the learning rate changes on the way."""
    weights, *gradients = np.random.default_rng(7).normal(size=(6, 2, 3))
    learning_rates = np.array([0.5, 0.5, 0.1, 0.1, 0.02])
    path_of = oracle.adam_path if optimizer == "adam" else oracle.momentum_path
    remembered = {"momentum": 0.0} if optimizer == "sgd" else settings
    path = path_of(weights, np.array(gradients), learning_rates, **remembered)
    state = getattr(optimizers, f"{optimizer}_state")(weights)
    step = getattr(optimizers, f"{optimizer}_step")
    for gradient, rate, expected in zip(gradients, learning_rates, path, strict=True):
        weights, state = expect_values(step(weights, state, gradient, rate, **settings), 2)
        assert weights == close(expected)


@proves("momentum_step", "adam_state", "adam_step")
def test_the_defaults_are_those_of_keras(optimizers):
    """Defaults: momentum 0.9; learning_rate 0.001, beta_1 0.9, beta_2 0.999, epsilon 1e-7."""
    one = np.array([1.0])
    # 0.9 * 1 - 0.5 * 2 = -0.1
    expected = (np.array([0.9]), np.array([-0.1]))
    assert optimizers.momentum_step(one, one, np.array([2.0]), 0.5) == close(expected)
    # Gradients so small that the size of epsilon shows in the steps.
    gradients = np.array([[2e-6], [1e-6]])
    path = oracle.adam_path(np.zeros(1), gradients, 0.001)
    for (stepped, _), expected in zip(walk(optimizers, "adam", np.zeros(1), gradients), path, strict=True):
        assert stepped == close(expected, rtol=1e-3, atol=1e-9)


@given(weights=arrays(shapes))
def test_states_begin_with_zeros(optimizers, weights):
    """At first every velocity and moment is a zero in the shape of the weights, and no step is counted."""
    zeros = np.zeros(weights.shape)
    assert optimizers.sgd_state(weights) == same(())
    assert optimizers.momentum_state(weights) == same(zeros)
    assert optimizers.adam_state(weights) == same((zeros, zeros, 0))


@proves("adam_step")
def test_states_are_not_changed_in_place(optimizers):
    """The state that came in is as it was: make new moments and a new step number, change none in place."""
    weights, gradient = np.array([1.0, 2.0]), np.array([0.5, -1.0])
    # An array for the step number, as `adam_state` makes it: `step += 1` changes it in place.
    state = (np.array([0.1, 0.2]), np.array([0.3, 0.4]), np.array(3.0))
    expected = (0.9 * state[0] + 0.1 * gradient, 0.999 * state[1] + 0.001 * gradient**2, 4)
    _, new_state = expect_values(optimizers.adam_step(weights, state, gradient), 2)
    assert new_state == close(expected)


@pytest.mark.parametrize("optimizer", of_each_optimizer(("sgd",), ("momentum",), ("adam",)))
@few
@given(shape=st.sampled_from([(5,), (300,), (65, 2), (2, 3, 4)]), seed=seeds)
def test_numbers_of_any_size(optimizers, optimizer, shape, seed):
    """Numbers of 1e-12 and of 1e6 keep all digits of float64, in an array of hundreds of numbers too."""
    weights, *gradients = of_any_size((3, *shape), seed)
    path_of = oracle.adam_path if optimizer == "adam" else oracle.momentum_path
    settings = {"sgd": {"momentum": 0.0}, "momentum": {"momentum": 0.9}, "adam": {"epsilon": 1e-7}}[optimizer]
    path = path_of(weights, np.array(gradients), 0.1, **settings)
    steps = walk(optimizers, optimizer, weights, gradients, 0.1)
    for (stepped, _), expected in zip(steps, path, strict=True):
        assert stepped == close(expected, rtol=1e-9, atol=1e-21)


# float32 knows 0.999 to seven digits, so 1 - 0.999 to four: Adam's steps are that exact.
_WEIGHTS = np.array([[1.0, -2.0, 0.5]], np.float32)
_GRADIENTS = np.array([[[0.5, 4.0, -1.0]], [[1.0, -2.0, 0.0]]], np.float32)
_PATHS = {
    "sgd": oracle.momentum_path(_WEIGHTS, _GRADIENTS, 0.1, 0.0),
    "momentum": oracle.momentum_path(_WEIGHTS, _GRADIENTS, 0.1, 0.9),
    "adam": oracle.adam_path(_WEIGHTS, _GRADIENTS, 0.1),
}


@pytest.mark.parametrize("optimizer", of_each_optimizer(*zip(_PATHS)))
def test_float32(optimizers, optimizer):
    """Weights, gradients and states in float32 take the same path."""
    steps = walk(optimizers, optimizer, _WEIGHTS, _GRADIENTS, 0.1)
    for (stepped, _), expected in zip(steps, _PATHS[optimizer], strict=True):
        assert stepped == close(expected, atol=1e-4)


_ONES = np.ones((2, 3))
_STATES = {"sgd": (), "momentum": _ONES, "adam": (_ONES, _ONES, 1)}


@pytest.mark.parametrize("optimizer", _STATES)
def test_bad_arguments_are_refused(optimizers, optimizer):
    """ValueError: a gradient of another shape, a rate below 0, a momentum or beta outside of [0, 1)."""
    step = getattr(optimizers, f"{optimizer}_step")
    # NumPy would broadcast two of these gradients over the weights.
    bad = [(np.ones(shape), 0.1, {}) for shape in ((3, 2), (3,), (1, 3))]
    bad.append((_ONES, -0.25, {}))
    for argument in {"sgd": (), "momentum": ("momentum",), "adam": ("beta_1", "beta_2")}[optimizer]:
        bad += [(_ONES, 0.1, {argument: value}) for value in (1.0, 1.5, -0.5)]
    for gradient, rate, settings in bad:
        with bad_input():
            step(_ONES, _STATES[optimizer], gradient, rate, **settings)


# The rest gives the submission tensors.


@tensors
@proves("sgd_step", "momentum_state", "momentum_step", "adam_state", "adam_step")
def test_tensors(optimizers):
    """The same code takes TensorFlow's tensors: operators, `** 0.5`, and array_namespace for zeros."""
    weights, gradient = plain.Tensor(_WEIGHTS), plain.Tensor(_GRADIENTS[0])
    zeros = np.zeros((1, 3))
    assert optimizers.sgd_state(weights) == same(())
    assert optimizers.momentum_state(weights) == same(zeros)
    assert optimizers.adam_state(weights) == same((zeros, zeros, 0))
    still = plain.Tensor(np.zeros_like(_WEIGHTS))
    for answer, optimizer in (
        (optimizers.sgd_step(weights, (), gradient, 0.1), "sgd"),
        (optimizers.momentum_step(weights, still, gradient, 0.1), "momentum"),
        (optimizers.adam_step(weights, (still, still, 0), gradient, 0.1), "adam"),
    ):
        stepped, _ = expect_values(answer, 2)
        assert stepped == close(_PATHS[optimizer][0], atol=1e-4)


# Tracing takes long, and only Adam's second step has something new to it: a step number other than 0.
@tensors
@pytest.mark.parametrize(("optimizer", "count"), of_each_optimizer(("sgd", 1), ("momentum", 1), ("adam", 2)))
def test_in_a_graph(optimizers, optimizer, count):
    """The same code works in tf.function, where Adam's step number is a tensor of the weights' dtype too."""
    steps = walk(optimizers.in_graph, optimizer, _WEIGHTS, _GRADIENTS[:count], 0.1)
    for (stepped, _), expected in zip(steps, _PATHS[optimizer][:count], strict=True):
        assert stepped == close(expected, atol=1e-4)
