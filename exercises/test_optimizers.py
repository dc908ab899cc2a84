"""The public suite of `optimizers`: what to get right first, each case small enough for pencil and paper."""

import numpy as np

from autograder import bad_input, close, points, same


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


def test_adams_first_step_is_the_learning_rate(optimizers):
    """Rate 0.5: the first step is 0.5 long for each weight, against its gradient, be that 0.2 or -50."""
    zeros = np.zeros(2)
    answer = optimizers.adam_step(np.array([1.0, 1.0]), (zeros, zeros, 0), np.array([0.2, -50.0]), 0.5)
    # 0.1 * gradient and 0.001 * gradient**2 are the moments after one step.
    moments = (np.array([0.02, -5.0]), np.array([0.00004, 2.5]), 1)
    assert answer == close((np.array([0.5, 1.5]), moments))


def test_wrong_arguments_are_named(optimizers):
    """A momentum of 1 never slows down, a negative rate climbs: ValueError with argument and value."""
    one = np.array([1.0])
    with bad_input("momentum", 1.0):
        optimizers.momentum_step(one, one, one, 0.1, momentum=1.0)
    with bad_input("learning_rate", -0.5):
        optimizers.sgd_step(one, (), one, -0.5)
    with bad_input("beta_1", 1.0):
        optimizers.adam_step(one, (one, one, 0), one, beta_1=1.0)
