"""The hidden suite of `numpy_cnn`."""

from collections.abc import Iterator
from functools import cache
from itertools import islice

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder import close, expect_array, expect_values, points, proves, same
from tests.oracles import numpy_cnn as oracle

some = settings(max_examples=25)
few = settings(max_examples=10)
seeds = st.integers(0, 99)
counts = st.integers(1, 4)
# Blocks halve height and width, so both are even.
sides = st.sampled_from([2, 4, 6])
kernel_sizes = st.tuples(st.integers(1, 5), st.integers(1, 5))


def drawn(seed, *shape, scale=1.0):
    """Fractions of both signs, in float64."""
    return np.random.default_rng(seed).normal(0, scale, shape)


def network(blocks, channels=1, features=4, classes=3, seed=0, kernel_size=(3, 3), units=4):
    """Weights of a network with 2, 3, 2 ... filters, drawn without anybody's initializers."""
    filters = (channels, *(2 + number % 2 for number in range(blocks)))
    shapes = {f"conv{at}": (*kernel_size, *filters[at - 1 : at + 1]) for at in range(1, blocks + 1)}
    shapes |= {"dense": (features * filters[-1], units), "logits": (units, classes)}
    weights = {}
    for at, (name, shape) in enumerate(shapes.items()):
        weights[f"{name}/kernel"] = drawn(seed + at, *shape, scale=(2 / np.prod(shape[:-1])) ** 0.5)
        weights[f"{name}/bias"] = drawn(seed + at + 50, shape[-1], scale=0.1)
    return weights


def two(answer):
    """An answer of two values. What is kept may be objects: then the pair itself stays with the submission."""
    return expect_values(list(islice(answer, 3)) if isinstance(answer, Iterator) else answer, 2)


# A block.


def of_a_block(n, height, width, channels, filters, kernel_size, seed, scale=1.0):
    """Images, a kernel and a bias; some pixels are zeros of both signs."""
    images = drawn(seed, n, height, width, channels, scale=scale)
    images.flat[::5] *= 0.0
    kernel = drawn(seed + 1, *kernel_size, channels, filters)
    return images, kernel, drawn(seed + 2, filters, scale=scale)


some_blocks = given(
    n=counts,
    height=sides,
    width=sides,
    channels=counts,
    filters=counts,
    kernel_size=kernel_sizes,
    seed=seeds,
    dtype=st.sampled_from([np.float32, np.float64]),
)
odd_blocks = pytest.mark.parametrize(
    ("height", "width", "scale"),
    [(2, 4, 1e-12), (4, 2, 1e6), (2, 130, 1.0), (130, 2, 1.0)],
    ids=["tiny numbers", "huge numbers", "long rows", "long columns"],
)


@proves("block")
@points(3)
@some
@some_blocks
def test_a_block(numpy_cnn, n, height, width, channels, filters, kernel_size, seed, dtype):
    """Convolution with SAME padding, the largest of each window of 2 by 2, nothing below 0."""
    arrays = of_a_block(n, height, width, channels, filters, kernel_size, seed)
    outputs, _ = two(numpy_cnn.block(*(array.astype(dtype) for array in arrays)))
    assert outputs == close(oracle.block(*arrays))


@odd_blocks
def test_odd_blocks(numpy_cnn, height, width, scale):
    """Numbers and images of any size: tiny, huge, long."""
    arrays = of_a_block(2, height, width, 3, 4, (4, 3), 7, scale)
    outputs, _ = two(numpy_cnn.block(*arrays))
    assert outputs == close(oracle.block(*arrays), atol=1e-6 * scale)


def gradients_of_a_block(numpy_cnn, images, kernel, bias, gradient):
    """What `block_gradients` finds; between the ways there and back the block sees other images."""
    _, kept = two(numpy_cnn.block(images, kernel, bias))
    two(numpy_cnn.block(images[::-1] + 1, kernel, bias))
    return expect_values(numpy_cnn.block_gradients(kernel, kept, gradient), 3)


@proves("block_gradients")
@points(4)
@some
@given(
    n=counts, height=sides, width=sides, channels=counts, filters=counts, kernel_size=kernel_sizes, seed=seeds
)
def test_gradients_of_a_block(numpy_cnn, n, height, width, channels, filters, kernel_size, seed):
    """Those of the images, the kernel and the bias, in the shape of each."""
    arrays = of_a_block(n, height, width, channels, filters, kernel_size, seed)
    gradient = drawn(seed + 3, n, height // 2, width // 2, filters)
    answer = gradients_of_a_block(numpy_cnn, *arrays, gradient)
    assert answer == close(oracle.block_gradients(*arrays, gradient))


@odd_blocks
def test_gradients_of_odd_blocks(numpy_cnn, height, width, scale):
    """Numbers and images of any size: tiny, huge, long."""
    images, kernel, bias = of_a_block(2, height, width, 3, 4, (4, 3), 7)
    gradient = drawn(9, 2, height // 2, width // 2, 4, scale=scale)
    answer = gradients_of_a_block(numpy_cnn, images, kernel, bias, gradient)
    assert answer == close(oracle.block_gradients(images, kernel, bias, gradient), atol=1e-6 * scale)


# The network.


some_networks = given(
    blocks=st.integers(1, 3),
    height=st.integers(1, 2),
    width=st.integers(1, 2),
    channels=counts,
    n=counts,
    classes=st.integers(2, 12),
    kernel_size=st.tuples(st.integers(1, 4), st.integers(1, 4)),
    seed=seeds,
)


def of_a_network(blocks, height, width, channels, n, classes, kernel_size, seed):
    """Weights and images, which become `height` by `width` pixels before they are flattened."""
    weights = network(blocks, channels, height * width, classes, seed, kernel_size)
    return weights, drawn(seed + 9, n, height * 2**blocks, width * 2**blocks, channels)


@proves("forward")
@points(3)
@some
@some_networks
def test_forward(numpy_cnn, **form):
    """One, two or three blocks, flatten, dense, ReLU, dense: the logits."""
    weights, images = of_a_network(**form)
    logits, _ = two(numpy_cnn.forward(weights, images))
    assert logits == close(oracle.logits(weights, images))


@proves("backward")
@points(4)
@some
@some_networks
def test_backward(numpy_cnn, **form):
    """The gradient of each of the weights, from any gradient of the logits."""
    weights, images = of_a_network(**form)
    gradient = drawn(form["seed"] + 3, form["n"], form["classes"])
    _, kept = two(numpy_cnn.forward(weights, images))
    two(numpy_cnn.forward(weights, images[::-1] + 1))
    answer = numpy_cnn.backward(weights, kept, gradient)
    assert answer == close(oracle.gradients(weights, images, gradient))


@proves("loss_and_gradients")
@points(3)
@some
@some_networks
def test_loss_and_gradients(numpy_cnn, **form):
    """The mean cross-entropy of a batch, and its gradient with respect to each of the weights."""
    weights, images = of_a_network(**form)
    labels = np.random.default_rng(form["seed"]).integers(0, form["classes"], form["n"])
    answer = expect_values(numpy_cnn.loss_and_gradients(weights, images, labels), 2)
    assert answer == close(oracle.loss_and_gradients(weights, images, labels))


@proves("loss_and_gradients")
@pytest.mark.parametrize("scale", [1e-3, 3e3], ids=["nearly alike", "far apart"])
def test_logits_of_any_size(numpy_cnn, scale):
    """Logits of thousands give a finite loss, logits of thousandths exact gradients."""
    weights = network(1, 2, 2, classes=4)
    for part in ("kernel", "bias"):
        weights[f"logits/{part}"] = weights[f"logits/{part}"] * scale
    images, labels = drawn(3, 6, 4, 2, 2), np.array([0, 1, 2, 3, 2, 1])
    answer = expect_values(numpy_cnn.loss_and_gradients(weights, images, labels), 2)
    assert answer == close(oracle.loss_and_gradients(weights, images, labels), atol=1e-6 * min(scale, 1))


# A training.


def examples(size, seed=1):
    """Images of 4 by 2 pixels and 2 channels, of three classes that overlap, and their labels."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 3, size)
    centres = np.random.default_rng(0).normal(0, 1, (3, 4, 2, 2))
    return centres[labels] + rng.normal(0, 1.0, (size, 4, 2, 2)), labels


def begin(numpy_cnn, learning_rate=0.01):
    """A training of a network with one block, and the weights that it begins with."""
    weights = network(1, channels=2, features=2)
    return numpy_cnn.Training(weights, learning_rate), weights


@proves("Training.step")
@points(4)
@pytest.mark.parametrize("learning_rate", [0.05, 0.002])
def test_steps(numpy_cnn, learning_rate):
    """Each step returns the loss before it; Adam remembers: the weights of four steps, with batches of any size."""
    training, weights = begin(numpy_cnn, learning_rate)
    batches = [examples(size, seed=size) for size in (5, 3, 8, 1)]
    losses, path = oracle.descent(weights, batches, learning_rate)
    for batch, loss, expected in zip(batches, losses, path, strict=True):
        assert training.step(*batch) == close(loss)
        assert training.weights == close(expected)


def test_states(numpy_cnn):
    """After a step, the states are Adam's: a tenth of the gradient, a thousandth of its square, one step."""
    training, weights = begin(numpy_cnn)
    images, labels = examples(6)
    _, gradients = oracle.loss_and_gradients(weights, images, labels)
    training.step(images, labels)
    states = {name: (0.1 * array, 0.001 * array**2, 1) for name, array in gradients.items()}
    assert training.states == close(states, atol=1e-8)


@proves("Training.predict")
@points(2)
@few
@given(size=st.integers(1, 40), batch_size=st.integers(1, 50))
def test_predict(numpy_cnn, size, batch_size):
    """The class with the largest logit for each image, in their order, whatever the batch size."""
    weights = network(1, channels=2, features=2)
    # So that no class is ahead of the others in general.
    weights["logits/bias"] -= oracle.logits(weights, examples(200)[0]).mean(axis=0)
    images, _ = examples(size)
    expected = oracle.logits(weights, images).argmax(axis=1)
    assert numpy_cnn.Training(weights, 0.01).predict(images, batch_size) == same(expected)


# The loop.


VALIDATION = examples(50, seed=2)


@pytest.fixture
def fit(numpy_cnn, workspace):
    """Train on all images in each step, so that their order does not matter, unless it is said otherwise."""

    def run(iterations, training=None, learning_rate=0.03, validation=VALIDATION, **arguments):
        images, labels = examples(24)
        training = training or begin(numpy_cnn, learning_rate)[0]
        arguments = {"batch_size": 24, "validate_every": 10, "patience": 1000, **arguments}
        folder = arguments.pop("directory", None) or workspace.new_folder()
        numpy_cnn.fit(training, images, labels, *validation, folder, iterations, **arguments)
        return training

    return run


@cache
def way_down():
    """The losses, and the weights after each step, of a training on all images."""
    return oracle.descent(network(1, channels=2, features=2), [examples(24)] * 60, 0.03)


def measured(path, *iterations, validation=VALIDATION):
    """What must be in `history.validations`."""
    return [(iteration, oracle.accuracy(path[iteration - 1], *validation)) for iteration in iterations]


def called_right(weights):
    """Validation images with what a network says of them, right or not: for these weights the accuracy is 1."""
    images, _ = VALIDATION
    return images, oracle.logits(weights, images).argmax(axis=1)


@proves("fit")
@points(3)
def test_losses_of_the_whole_loop(fit):
    """25 iterations with all images in each batch: the losses of Adam's way down."""
    losses, _ = way_down()
    assert fit(25).history.losses == close(losses[:25])


@proves("fit")
@points(3)
def test_validations_of_the_whole_loop(fit):
    """After every 10 iterations and at the end: the accuracy on the validation images."""
    _, path = way_down()
    history = fit(25).history
    assert history.validations == close(measured(path, 10, 20, 25))
    assert history.stopped == same(False)


@points(2)
@pytest.mark.parametrize(("patience", "end"), [(20, 40), (29, 40), (30, 50)], ids=lambda value: str(value))
def test_patience_is_counted_in_iterations(fit, patience, end):
    """At a rate of 0 nothing improves after the first look, at 10: it stops more than `patience` later."""
    history = fit(100, learning_rate=0.0, patience=patience).history
    assert [iteration for iteration, _ in history.validations] == same(list(range(10, end + 1, 10)))
    assert history.stopped == same(True)
    assert len(history.losses) == same(end)


@proves("fit")
@points(4)
def test_the_best_is_restored(fit, workspace):
    """Where training makes it worse, the weights at the end are those of the best look, not the last."""
    _, path = way_down()
    validation = called_right(path[19])
    folder = workspace.new_folder()
    training = fit(60, validation=validation, directory=folder)
    assert training.history.validations == close(
        measured(path, 10, 20, 30, 40, 50, 60, validation=validation)
    )
    assert training.arrays() == close(path[19])
    assert "best.npz" in workspace.files(folder), "there is no best.npz in the directory"


@proves("fit")
@points(2)
def test_the_best_of_before_is_restored(fit, workspace):
    """The best may be from before an interruption: going on makes it worse, and it is put back."""
    _, path = way_down()
    arguments = {"validation": called_right(path[19]), "directory": workspace.new_folder()}
    training = fit(20, **arguments)
    assert fit(50, training, **arguments).arrays() == close(path[19])
    # Nothing is left to train: the best is put back all the same.
    training.assign(path[49])
    assert fit(50, training, **arguments).arrays() == close(path[19])
    assert len(training.history.losses) == same(50)


@proves("fit")
@points(3)
def test_going_on(fit, workspace):
    """Stopped after 15 iterations and gone on with: the same batches and losses as in one go, the same looks."""
    arguments = {"batch_size": 7, "validate_every": 20, "seed": 5}
    whole = fit(40, **arguments).history
    folder = workspace.new_folder()
    # Its one look is its best one, so that the weights stay as they are.
    training = fit(15, directory=folder, **arguments)
    first = training.history
    expect_array(first.losses, (15,))
    looks = list(first.validations)
    rest = fit(40, training, directory=folder, **arguments).history
    assert rest.losses == close(whole.losses)
    assert rest.validations == close([*looks, *whole.validations])
    assert [iteration for iteration, _ in rest.validations] == same([15, 20, 40])


@points(2)
def test_going_on_remembers_the_patience(fit, workspace):
    """What was no improvement before an interruption still counts after it."""
    arguments = {"learning_rate": 0.0, "patience": 20, "directory": workspace.new_folder()}
    training = fit(20, **arguments)
    history = fit(100, training, **arguments).history
    expect_array(history.losses, (40,))
    assert [iteration for iteration, _ in history.validations] == same([10, 20, 30, 40])


def test_nothing_is_left_to_do(fit, workspace):
    """With as many iterations behind it as it may make in all, or more, it trains and looks no further."""
    folder = workspace.new_folder()
    training = fit(20, directory=folder)
    looks = list(training.history.validations)
    for iterations in (20, 15):
        history = fit(iterations, training, directory=folder).history
        expect_array(history.losses, (20,))
        assert history.validations == close(looks)


@points(2)
def test_an_epoch_sees_each_image_once(fit):
    """At a rate of 0, the losses of an epoch's batches have the mean of all images as their own mean."""
    losses, _ = way_down()
    # A look after every second batch must not disturb their order.
    history = fit(9, learning_rate=0.0, batch_size=8, validate_every=2).history
    epochs = expect_array(history.losses, (9,)).reshape(3, 3)
    assert epochs.mean(axis=1) == close(np.repeat(losses[0], 3))
    assert not np.allclose(epochs[0], epochs[1]), "the second epoch has the same batches as the first"


def test_the_seed_decides_the_order(fit):
    """The same seed gives the same batches, another one others."""
    first, again, other = (
        expect_array(fit(3, learning_rate=0.0, batch_size=8, seed=seed).history.losses, (3,))
        for seed in (1, 1, 2)
    )
    assert again == close(first)
    assert not np.allclose(first, other), "both seeds gave the same batches"


def bars(size, seed):
    """Images of 4 by 4 pixels with a bright bar, and whether it is a row."""
    rng = np.random.default_rng(seed)
    images, is_row = rng.uniform(0, 0.3, (size, 4, 4, 1)), rng.integers(0, 2, size)
    for image, row, at in zip(images, is_row, rng.integers(0, 4, size), strict=True):
        (image if row else image.swapaxes(0, 1))[at] += 0.7
    return images.astype(np.float32), is_row


def test_it_learns(numpy_cnn, workspace):
    """Two blocks learn to tell bright rows from bright columns: of new images at least four of five are right."""
    weights = network(2, classes=2, features=1, seed=1, units=8)
    training = numpy_cnn.Training({name: array.astype(np.float32) for name, array in weights.items()}, 0.03)
    numpy_cnn.fit(
        training, *bars(100, 0), *bars(40, 1), workspace.new_folder(), 60, batch_size=20, validate_every=20
    )
    fraction, _ = expect_values(training.accuracy(*bars(100, 2)), 2)
    assert fraction >= 0.8, f"the accuracy is {fraction:.0%} after 60 iterations"
