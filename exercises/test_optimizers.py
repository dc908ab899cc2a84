"""The public suite of `optimizers`: what to get right first, each case small enough for pencil and paper."""

import numpy as np

from autograder import bad_input, close, points, same, tensors


@points(2)
def test_sgd_steps_down_the_slope(optimizers):
    """Weights 1 and 2, gradient 4 and -8, rate 0.25: 1 - 0.25 * 4 = 0 and 2 - 0.25 * (-8) = 4."""
    answer = optimizers.sgd_step(np.array([1.0, 2.0]), (), np.array([4.0, -8.0]), 0.25)
    assert answer == close((np.array([0.0, 4.0]), ()))


def test_sgd_remembers_nothing(optimizers):
    """The state of gradient descent is `()`."""
    assert optimizers.sgd_state(np.array([1.0, 2.0])) == same(())


def test_velocity_begins_at_zero(optimizers):
    """Before the first step no weight has a velocity: zeros in the shape of the weights."""
    assert optimizers.momentum_state(np.array([[1.0, 2.0, 3.0]])) == same(np.zeros((1, 3)))


@points(2)
def test_velocity_keeps_a_part_of_itself(optimizers):
    """Velocity -1, momentum 0.5, rate 0.25, gradient 2: 0.5 * (-1) - 0.25 * 2 = -1, and 3 + (-1) = 2."""
    answer = optimizers.momentum_step(np.array([3.0]), np.array([-1.0]), np.array([2.0]), 0.25, momentum=0.5)
    assert answer == close((np.array([2.0]), np.array([-1.0])))


def test_a_steady_slope_makes_longer_steps(optimizers):
    """Gradient 1 twice, rate 1, momentum 0.5: first 0.5 * 0 - 1 * 1 = -1, then 0.5 * (-1) - 1 * 1 = -1.5."""
    once = optimizers.momentum_step(np.array([0.0]), np.array([0.0]), np.array([1.0]), 1.0, momentum=0.5)
    assert once == close((np.array([-1.0]), np.array([-1.0])))
    twice = optimizers.momentum_step(*once, np.array([1.0]), 1.0, momentum=0.5)
    assert twice == close((np.array([-2.5]), np.array([-1.5])))


def test_adam_begins_with_zeros(optimizers):
    """Adam remembers two moments for each weight and the number of steps made: all zero at first."""
    zeros = np.zeros((1, 3))
    assert optimizers.adam_state(np.array([[1.0, 2.0, 3.0]])) == same((zeros, zeros, 0))


@points(2)
def test_adam_keeps_two_moments(optimizers):
    """First moment 0.5 * 1 + (1 - 0.5) * 3 = 2, second 0.75 * 4 + (1 - 0.75) * 3**2 = 5.25, steps 2."""
    state = (np.array([1.0]), np.array([4.0]), 1)
    answer = optimizers.adam_step(np.array([0.0]), state, np.array([3.0]), 0.1, beta_1=0.5, beta_2=0.75)
    # rate = 0.1 * sqrt(1 - 0.75**2) / (1 - 0.5**2) = 0.088192; the weight goes to -rate * 2 / sqrt(5.25).
    assert answer == close((np.array([-0.0769800]), (np.array([2.0]), np.array([5.25]), 2)))


def test_adams_third_step(optimizers):
    """Two steps are behind it: rate = 0.1 * sqrt(1 - 0.75**3) / (1 - 0.5**3) = 0.0868965."""
    state = (np.array([1.0]), np.array([4.0]), 2)
    answer = optimizers.adam_step(np.array([0.0]), state, np.array([3.0]), 0.1, beta_1=0.5, beta_2=0.75)
    # The moments are those of the second step: -rate * 2 / sqrt(5.25).
    assert answer == close((np.array([-0.0758496]), (np.array([2.0]), np.array([5.25]), 3)))


def test_adams_first_step_is_the_learning_rate(optimizers):
    """Rate 0.5: the first step is 0.5 long for each weight, against its gradient, be that 0.2 or -50."""
    zeros = np.zeros(2)
    answer = optimizers.adam_step(np.array([1.0, 1.0]), (zeros, zeros, 0), np.array([0.2, -50.0]), 0.5)
    # 0.1 * gradient and 0.001 * gradient**2 are the moments after one step.
    moments = (np.array([0.02, -5.0]), np.array([0.00004, 2.5]), 1)
    assert answer == close((np.array([0.5, 1.5]), moments))


def test_epsilon_stands_after_the_root(optimizers):
    """Gradient 4, betas 0 and 0.75, epsilon 1: the second moment is (1 - 0.75) * 16 = 4, its root 2, plus 1 is 3."""
    zero = np.array([0.0])
    settings = {"learning_rate": 1.5, "beta_1": 0.0, "beta_2": 0.75, "epsilon": 1.0}
    answer = optimizers.adam_step(zero, (zero, zero, 0), np.array([4.0]), **settings)
    # rate = 1.5 * sqrt(1 - 0.75) = 0.75; the weight goes to 0 - 0.75 * 4 / 3 = -1.
    assert answer == close((np.array([-1.0]), (np.array([4.0]), np.array([4.0]), 1)))


def test_no_gradient_no_step(optimizers):
    """Gradient 0: first moment 0, second moment 0, and 0 / (0 + epsilon) is 0, so the weight 2 stays 2."""
    zero = np.array([0.0])
    answer = optimizers.adam_step(np.array([2.0]), (zero, zero, 0), zero, 0.5)
    assert answer == close((np.array([2.0]), (zero, zero, 1)))


def test_momentum_is_usually_0_9(optimizers):
    """Without a `momentum`: 0.9 * 1 - 0.5 * 2 = -0.1, and 1 + (-0.1) = 0.9."""
    one = np.array([1.0])
    answer = optimizers.momentum_step(one, one, np.array([2.0]), 0.5)
    assert answer == close((np.array([0.9]), np.array([-0.1])))


def test_the_state_is_not_changed_in_place(optimizers):
    """The caller may use the old state again: 0.5 * 2 + 0.5 * 4 = 3, 0.5 * 4 + 0.5 * 16 = 10, 2 + 1 = 3 are new."""
    # A list, whose items Python lets you change, and an array for the step number, as `adam_state` makes it.
    state = [np.array([2.0]), np.array([4.0]), np.array(2.0)]
    answer = optimizers.adam_step(np.array([0.0]), state, np.array([4.0]), 0.0, beta_1=0.5, beta_2=0.5)
    assert answer == close((np.array([0.0]), (np.array([3.0]), np.array([10.0]), 3)))


def test_float64_keeps_its_digits(optimizers):
    """1 - 0.5 * 2e-9 = 0.999999999; float32, with its seven digits, would say 1."""
    one, small = np.array([1.0]), np.array([2e-9])
    stepped, moved = np.array([0.999999999]), np.array([-1e-9])
    assert optimizers.sgd_step(one, (), small, 0.5) == close((stepped, ()), rtol=1e-12, atol=0)
    answer = optimizers.momentum_step(one, np.array([0.0]), small, 0.5)
    assert answer == close((stepped, moved), rtol=1e-12, atol=0)


def test_wrong_arguments_are_refused(optimizers):
    """ValueError: momentum 1 never slows down, rate -0.5 climbs, three gradients are not those of two weights."""
    one, two, three = np.ones(1), np.ones(2), np.ones(3)
    with bad_input():
        optimizers.momentum_step(one, one, one, 0.1, momentum=1.0)
    with bad_input():
        optimizers.adam_step(one, (one, one, 0), one, beta_1=1.0)
    with bad_input():
        optimizers.sgd_step(one, (), one, -0.5)
    with bad_input():
        optimizers.sgd_step(two, (), three, 0.5)
    with bad_input():
        optimizers.sgd_step(two, (), one, 0.5)


@tensors
def test_the_same_code_takes_tensors(optimizers):
    """Inside tf.function, in float32: 1 - 0.25 * 4 = 0; 0.5 * 0 - 0.25 * 4 = -1; two steps of Adam."""
    inside, weights, gradient = optimizers.in_graph, np.ones(1, np.float32), np.full(1, 4, np.float32)
    assert inside.sgd_step(weights, (), gradient, 0.25) == close((np.array([0.0]), ()))
    velocity = inside.momentum_state(weights)
    answer = inside.momentum_step(weights, velocity, gradient, 0.25, momentum=0.5)
    assert answer == close((np.array([0.0]), np.array([-1.0])))
    # First moment 0.5 * 4 = 2, then 0.5 * 2 + 0.5 * 4 = 3; second moment 0.5 * 16 = 8, then 0.5 * 8 + 8 = 12.
    state = inside.adam_state(weights)
    for moments in ((2.0, 8.0, 1), (3.0, 12.0, 2)):
        weights, state = inside.adam_step(weights, state, gradient, 0.25, beta_1=0.5, beta_2=0.5)
        first, second, step = moments
        assert state == close((np.array([first]), np.array([second]), step))
    # The same gradient twice: each step is as long as the learning rate, and 1 - 0.25 - 0.25 = 0.5.
    assert weights == close(np.array([0.5]))
