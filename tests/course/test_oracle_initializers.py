"""The oracle of `initializers` agrees with SciPy and TensorFlow, and notices wrong distributions."""

import numpy as np
import pytest
import scipy.special
import scipy.stats
import tensorflow as tf

from tests.oracles import initializers as oracle

CASES = 1000
# As many as the hidden suite draws.
COUNT = 40_000
SHAPES = [(250, 160), (3, 5, 40, 70)]


def test_fans_are_counted_as_tensorflow_adds_up():
    rng = np.random.default_rng(1)
    for _ in range(CASES):
        height, width, inputs, filters = (int(size) for size in rng.integers(1, 6, 4))
        kernel = tf.ones((height, width, inputs, filters))
        # Of ones, an output is the number of its products; so is, going backwards, what one input gets.
        forwards = tf.nn.conv2d(tf.ones((1, height, width, inputs)), kernel, 1, "VALID")[0, 0, 0, 0]
        backwards = tf.nn.conv2d_transpose(
            tf.ones((1, height, width, filters)),
            kernel,
            (1, 2 * height - 1, 2 * width - 1, inputs),
            1,
            "VALID",
        )[0, height - 1, width - 1, 0]
        assert oracle.fans(kernel.shape) == (int(forwards), int(backwards))
        assert oracle.fans((inputs, filters)) == (inputs, filters)


def test_distributions_are_scipys():
    rng = np.random.default_rng(2)
    means, stddevs = rng.normal(0, 10, (CASES, 1)), rng.uniform(0.01, 10, (CASES, 1))
    x = means + stddevs * np.linspace(-2, 2, 7)
    normal = scipy.stats.truncnorm(-2, 2, loc=means, scale=stddevs)
    even = scipy.stats.uniform(-stddevs, 2 * stddevs)
    expected = zip(x, normal.cdf(x), normal.var(), even.cdf(x), even.var(), strict=True)
    for mean, stddev, (at, below, variance, evenly_below, even_variance) in zip(
        means[:, 0], stddevs[:, 0], expected, strict=True
    ):
        own = oracle.truncated_normal(mean, stddev)
        np.testing.assert_allclose([*own.below(at), own.low, own.high], [*below, at[0], at[-1]], atol=1e-9)
        np.testing.assert_allclose(own.variance, variance[0])
        own = oracle.uniform(stddev)
        np.testing.assert_allclose(own.below(at).clip(0, 1), evenly_below, atol=1e-9)
        np.testing.assert_allclose([own.low, own.high, own.variance], [-stddev, stddev, even_variance[0]])
        np.testing.assert_allclose(oracle.scaled_normal(stddev).variance, stddev)


def test_distance_is_scipys():
    rng = np.random.default_rng(3)
    for _ in range(CASES):
        sample = np.sort(rng.uniform(-1, 1, 50))
        expected = scipy.stats.ks_1samp(sample, scipy.special.ndtr, method="asymp").statistic
        np.testing.assert_allclose(oracle.distance(sample, scipy.special.ndtr), expected)


def test_divergence_bounds_scipys_binomial_tails():
    rng = np.random.default_rng(4)
    n = rng.integers(1, 2000, CASES)
    p, k = rng.uniform(0.001, 0.2, CASES), rng.integers(0, n + 1)
    bound = np.exp(-n * oracle.divergence(k / n, p))
    tail = np.where(k / n < p, scipy.stats.binom.cdf(k, n, p), scipy.stats.binom.sf(k - 1, n, p))
    assert (tail <= bound * (1 + 1e-9)).all()


def test_no_right_weights_are_complained_about():
    rng = np.random.default_rng(5)
    for case in range(CASES):
        right = scipy.special.ndtri(rng.uniform(*scipy.special.ndtr([-2, 2]), 2000))
        assert not oracle.complaint(0.5 * right + 3, oracle.truncated_normal(3, 0.5)), case
        assert not oracle.complaint(rng.uniform(-0.1, 0.1, 2000), oracle.uniform(0.1)), case


@pytest.mark.parametrize("seed", range(20))
def test_no_weights_of_keras_are_complained_about(seed):
    initializers = tf.keras.initializers
    for shape in SHAPES:
        fan_in, fan_out = oracle.fans(shape)
        for initializer, distribution in (
            (initializers.TruncatedNormal(3, 0.5, seed), oracle.truncated_normal(3, 0.5)),
            (initializers.GlorotUniform(seed), oracle.uniform(np.sqrt(6 / (fan_in + fan_out)))),
            (initializers.GlorotNormal(seed), oracle.scaled_normal(2 / (fan_in + fan_out))),
            (initializers.HeNormal(seed), oracle.scaled_normal(2 / fan_in)),
        ):
            assert not oracle.complaint(np.asarray(initializer(shape)), distribution)


def tails_replaced(rng, replaced):
    """A normal sample whose numbers beyond 2 are replaced."""
    drawn = rng.standard_normal(COUNT)
    return np.where(np.abs(drawn) > 2, replaced(rng, drawn), drawn)


def right(rng):
    """A truncated normal sample."""
    return scipy.stats.truncnorm.rvs(-2, 2, size=COUNT, random_state=rng)


DEVIATION = 0.87962566103423978
WRONG_NORMAL = {
    "clipped": lambda rng: tails_replaced(rng, lambda _, drawn: np.sign(drawn) * 2),
    "clipped, with the right variance": lambda rng: np.clip(rng.normal(0, 0.915, COUNT), -2, 2),
    "clipped, but blurred": lambda rng: tails_replaced(
        rng, lambda rng, drawn: np.sign(drawn) * rng.uniform(1.95, 2, COUNT)
    ),
    "triangular": lambda rng: rng.triangular(-2, 0, 2, COUNT),
    "triangular, with the right variance": lambda rng: (
        rng.triangular(-1, 0, 1, COUNT) * DEVIATION * np.sqrt(6)
    ),
    "uniform": lambda rng: rng.uniform(-2, 2, COUNT),
    "uniform, with the right variance": lambda rng: rng.uniform(-1, 1, COUNT) * DEVIATION * np.sqrt(3),
    "not truncated": lambda rng: rng.standard_normal(COUNT),
    "not truncated, with the right variance": lambda rng: rng.normal(0, DEVIATION, COUNT),
    "drawn again once": lambda rng: tails_replaced(rng, lambda rng, _: rng.standard_normal(COUNT)),
    "tails at the mean": lambda rng: tails_replaced(rng, lambda *_: 0.0),
    "one number ten times": lambda rng: np.append(right(rng)[10:], [rng.uniform(-2, 2)] * 10),
    "one fiftieth around a number": lambda rng: np.append(
        right(rng)[COUNT // 50 :], rng.uniform(-1.8, 1.8) + rng.uniform(-0.03, 0.03, COUNT // 50)
    ),
    "rounded to float16": lambda rng: right(rng).astype(np.float16),
}
WRONG_UNIFORM = {
    "normal": lambda rng: rng.normal(0, 1 / np.sqrt(3), COUNT),
    "truncated normal": lambda rng: right(rng) / 2,
    "truncated normal, with the right variance": lambda rng: right(rng) / DEVIATION / np.sqrt(3),
    "triangular": lambda rng: rng.triangular(-1, 0, 1, COUNT),
    "from 0": lambda rng: rng.uniform(0, 1, COUNT),
    "narrower": lambda rng: rng.uniform(-0.95, 0.95, COUNT),
    "one number ten times": lambda rng: np.append(rng.uniform(-1, 1, COUNT - 10), [0.3] * 10),
}


@pytest.mark.parametrize("draw", WRONG_NORMAL.values(), ids=WRONG_NORMAL)
def test_wrong_normal_weights_are_noticed(draw):
    for seed in range(20):
        assert oracle.complaint(draw(np.random.default_rng(seed)), oracle.truncated_normal(0, 1)), seed


@pytest.mark.parametrize("draw", WRONG_UNIFORM.values(), ids=WRONG_UNIFORM)
def test_wrong_uniform_weights_are_noticed(draw):
    for seed in range(20):
        assert oracle.complaint(draw(np.random.default_rng(seed)), oracle.uniform(1)), seed
