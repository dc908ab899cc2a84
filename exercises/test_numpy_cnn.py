"""The public suite of `numpy_cnn`: blocks and networks of a few weights, then a loop that learns."""

import math
from collections.abc import Iterator
from itertools import islice

import numpy as np

from autograder import close, expect_array, expect_values, points, same

# One image of 2 by 2 pixels.
IMAGE = np.array([[3.0, 4.0], [1.0, 2.0]]).reshape(1, 2, 2, 1)
# Two filters with a row of two weights each.
KERNEL, BIAS = np.array([[10.0, -10.0], [1.0, -1.0]]).reshape(1, 2, 1, 2), np.array([-1.0, 1.0])


def two(answer):
    """Return an answer of two values; what you keep may be of any kind."""
    return expect_values(list(islice(answer, 3)) if isinstance(answer, Iterator) else answer, 2)


@points(2)
def test_a_block(numpy_cnn):
    """The odd zero is after the row: 34 40 12 20, the largest is 40, minus 1 is 39; the other has -12 + 1, so 0."""
    # The weights 10 and 1 see 3 4, then 4 and the zero: 10 * 3 + 4 = 34, 10 * 4 + 0 = 40; 10 * 1 + 2, 10 * 2 + 0.
    outputs, _ = two(numpy_cnn.block(IMAGE, KERNEL, BIAS))
    assert outputs == close(np.array([39.0, 0.0]).reshape(1, 1, 1, 2))


@points(2)
def test_gradients_of_a_block(numpy_cnn):
    """Only the 40 passed: its pixel, 4, gets 10 * 100, its weight 4 * 100. The filter that gave 0 gets nothing."""
    _, kept = two(numpy_cnn.block(IMAGE, KERNEL, BIAS))
    answer = numpy_cnn.block_gradients(KERNEL, kept, np.full((1, 1, 1, 2), 100.0))
    images_gradient = np.array([[0.0, 1000.0], [0.0, 0.0]]).reshape(1, 2, 2, 1)
    kernel_gradient = np.array([[400.0, 0.0], [0.0, 0.0]]).reshape(1, 2, 1, 2)
    assert answer == close((images_gradient, kernel_gradient, np.array([100.0, 0.0])))


@points(2)
def test_zeros_are_cut_off_on_both_sides(numpy_cnn):
    """1 10 100 over 0 1 2 gives 210, the largest. Those three pixels get 1, 10 and 100; the zero is not there."""
    image, kernel = np.array([[1.0, 2.0], [0.0, 0.0]]).reshape(1, 2, 2, 1), np.array([1.0, 10.0, 100.0])
    kernel = kernel.reshape(1, 3, 1, 1)
    outputs, kept = two(numpy_cnn.block(image, kernel, np.zeros(1)))
    assert outputs == close(np.full((1, 1, 1, 1), 210.0))
    answer = numpy_cnn.block_gradients(kernel, kept, np.full((1, 1, 1, 1), 1.0))
    images_gradient = np.array([[10.0, 100.0], [0.0, 0.0]]).reshape(1, 2, 2, 1)
    assert answer == close((images_gradient, np.array([0.0, 1.0, 2.0]).reshape(1, 3, 1, 1), np.ones(1)))


def test_what_is_kept_belongs_to_one_call(numpy_cnn):
    """A block sees another image, then the gradient of the first is asked for: its largest pixel is 4, not 8."""
    kernel, bias = np.full((1, 1, 1, 1), 3.0), np.zeros(1)
    _, kept = two(numpy_cnn.block(IMAGE, kernel, bias))
    numpy_cnn.block(2 * IMAGE, kernel, bias)
    _, kernel_gradient, _ = expect_values(
        numpy_cnn.block_gradients(kernel, kept, np.full((1, 1, 1, 1), 1.0)), 3
    )
    assert kernel_gradient == close(np.full((1, 1, 1, 1), 4.0))


def small(logits_kernel, logits_bias):
    """Return weights: the block gives twice the brightest pixel, `2 b`, the dense layer `2 b` and `1 - 2 b`."""
    return {
        "conv1/kernel": np.full((1, 1, 1, 1), 2.0),
        "conv1/bias": np.zeros(1),
        "dense/kernel": np.array([[1.0, -1.0]]),
        "dense/bias": np.array([0.0, 1.0]),
        "logits/kernel": np.array(logits_kernel),
        "logits/bias": np.array(logits_bias),
    }


@points(2)
def test_forward(numpy_cnn):
    """The brightest pixel is 4: 8 and -7 in the middle, after ReLU 8 and 0: the logits 1 * 8 + 0.5 and 2 * 8 - 20."""
    weights = small([[1.0, 2.0], [5.0, 7.0]], [0.5, -20.0])
    logits, _ = two(numpy_cnn.forward(weights, IMAGE))
    assert logits == close(np.array([[8.5, -4.0]]))


@points(2)
def test_loss_and_gradients(numpy_cnn):
    """Four logits of 0 say 1/4 each: the loss is log(4), and the right class pulls with 1/4 - 1 in each example."""
    weights = small(np.zeros((2, 4)), np.zeros(4))
    loss, gradients = expect_values(
        numpy_cnn.loss_and_gradients(weights, np.repeat(IMAGE, 2, axis=0), np.array([0, 1])), 2
    )
    assert loss == close(math.log(4))
    # The mean of two examples. What comes in from the middle is 8 and 0.
    bias_gradient = np.array([-0.75 + 0.25, 0.25 - 0.75, 0.25 + 0.25, 0.25 + 0.25]) / 2
    assert gradients["logits/bias"] == close(bias_gradient)
    assert gradients["logits/kernel"] == close(np.array([8 * bias_gradient, np.zeros(4)]))


def test_certain_and_wrong(numpy_cnn):
    """The wrong logit is 1000 larger: the loss is 1000, although the right probability is rounded to 0."""
    weights = small(np.zeros((2, 2)), [1000.0, 0.0])
    loss, _ = expect_values(numpy_cnn.loss_and_gradients(weights, IMAGE, np.array([1])), 2)
    assert loss == close(1000.0)


def two_blocks():
    """Return a network of two blocks and three classes, four images of 4 by 4 pixels, and their labels."""
    shapes = {"conv1": (3, 3, 1, 2), "conv2": (2, 3, 2, 2), "dense": (2, 3), "logits": (3, 3)}
    rng = np.random.default_rng(8)
    weights = {}
    for name, shape in shapes.items():
        weights[f"{name}/kernel"] = rng.normal(0, 0.7, shape)
        weights[f"{name}/bias"] = rng.normal(0, 0.3, shape[-1])
    return weights, rng.normal(0, 1, (4, 4, 4, 1)), np.array([0, 1, 1, 0])


@points(4)
def test_every_gradient_by_finite_differences(numpy_cnn):
    """Each weight a little up and a little down: the difference of your losses, over twice that, is its gradient."""
    weights, images, labels = two_blocks()
    epsilon = 1e-5

    def loss(name, at, change):
        changed = weights[name].copy()
        changed[at] += change
        answer = numpy_cnn.loss_and_gradients({**weights, name: changed}, images, labels)
        return expect_values(answer, 2)[0]

    _, gradients = expect_values(numpy_cnn.loss_and_gradients(weights, images, labels), 2)
    for name, array in weights.items():
        differences = np.zeros_like(array)
        for at in np.ndindex(array.shape):
            differences[at] = (loss(name, at, epsilon) - loss(name, at, -epsilon)) / (2 * epsilon)
        assert gradients[name] == close(differences, rtol=1e-4, atol=1e-6)


@points(2)
def test_two_steps(numpy_cnn):
    """Adam goes as far as the rate at first, 0.1. Another label pulls back, but Adam remembers: to 0.09, not to 0."""
    training = numpy_cnn.Training(small(np.zeros((2, 2)), np.zeros(2)), learning_rate=0.1)
    assert training.step(IMAGE * 0, np.array([0])) == close(math.log(2))
    assert training.weights["logits/bias"] == close(np.array([0.1, -0.1]))
    # An image without light gives 0 and 1 in the middle: the second row of the kernel has moved like the bias.
    wrong = 1 / (
        1 + math.exp(-0.4)
    )  # the probability of class 0, whose logit is 0.1 + 0.1, that of class 1 -0.2
    assert training.step(IMAGE * 0, np.array([1])) == close(-math.log(1 - wrong))
    first = 0.9 * 0.1 * -0.5 + 0.1 * wrong
    second = 0.999 * 0.001 * 0.5**2 + 0.001 * wrong**2
    step = 0.1 * math.sqrt(1 - 0.999**2) / (1 - 0.9**2) * first / math.sqrt(second)
    assert training.weights["logits/bias"] == close(np.array([0.1 - step, -0.1 + step]))


def test_all_gradients_are_those_before_the_step(numpy_cnn):
    """After one step, Adam's first moments are a tenth of the gradients, all found before any of the weights moved."""
    weights, images, labels = two_blocks()
    _, gradients = expect_values(numpy_cnn.loss_and_gradients(weights, images, labels), 2)
    training = numpy_cnn.Training(weights, learning_rate=0.1)
    training.step(images, labels)
    states = training.states
    assert {name: states[name][0] for name in weights} == close(
        {name: 0.1 * gradient for name, gradient in gradients.items()}
    )


# Four images, dark and bright, and the classes: 1 for bright.
IMAGES = np.array([0.1, 0.9, 0.2, 0.8]).reshape(4, 1, 1, 1) * np.ones((1, 2, 2, 1))
LABELS = np.array([0, 1, 0, 1])


def begin(numpy_cnn, learning_rate=0.1):
    """Return a training of a network that finds class 0 likelier, whatever the image."""
    return numpy_cnn.Training(small([[0.5, 0.0], [0.5, 0.0]], [0.0, 0.0]), learning_rate)


def fit(numpy_cnn, training, folder, iterations, validation_labels=LABELS, **arguments):
    """Train with the four images, which are the validation images too, and return the history."""
    arguments = {"batch_size": 4, "validate_every": 10, "patience": 1000, **arguments}
    numpy_cnn.fit(training, IMAGES, LABELS, IMAGES, validation_labels, folder, iterations, **arguments)
    return training.history


def test_predict(numpy_cnn):
    """A dark image gives 0.2 0.8 in the middle, so the logits 0.2 0.8; a bright one 1.8 0: class 1, then class 0."""
    training = numpy_cnn.Training(small([[1.0, 0.0], [0.0, 1.0]], [0.0, 0.0]))
    assert training.predict(IMAGES[[0, 1, 3, 2]], batch_size=3) == same(np.array([1, 0, 0, 1]))


@points(3)
def test_the_loop(numpy_cnn, workspace):
    """25 iterations, a look at 10, at 20 and at the end; dark and bright are told apart by then."""
    training, folder = begin(numpy_cnn), workspace.new_folder()
    history = fit(numpy_cnn, training, folder, 25)
    assert len(history.losses) == same(25)
    assert [iteration for iteration, _ in history.validations] == same([10, 20, 25])
    assert training.predict(IMAGES) == same(LABELS)
    assert "best.npz" in workspace.files(folder), "there is no best.npz in the directory"


@points(2)
def test_it_stops(numpy_cnn, workspace):
    """At a rate of 0 nothing improves after the first look, at 10: 20 iterations of patience are over at 40."""
    history = fit(numpy_cnn, begin(numpy_cnn, 0.0), workspace.new_folder(), 100, patience=20)
    assert len(history.losses) == same(40)
    assert history.stopped == same(True)


@points(3)
def test_the_best_is_restored(numpy_cnn, workspace):
    """Dark and bright are exchanged in the validation: the better it learns, the worse. The first look is the best."""
    first = begin(numpy_cnn)
    fit(numpy_cnn, first, workspace.new_folder(), 1)
    training = begin(numpy_cnn)
    arguments = {"folder": workspace.new_folder(), "validation_labels": 1 - LABELS, "validate_every": 1}
    history = fit(numpy_cnn, training, iterations=30, **arguments)
    assert [history.validations[at] for at in (0, -1)] == close([(1, 0.5), (30, 0.0)])
    assert training.arrays() == close(first.arrays())
    # Going on makes it no better: it is still the first.
    fit(numpy_cnn, training, iterations=60, **arguments)
    assert training.arrays() == close(first.arrays())


@points(2)
def test_going_on(numpy_cnn, workspace):
    """15 iterations, then up to 40: the losses of 40 in one go. After the look at 15 comes that at 20."""
    arguments = {"batch_size": 3, "validate_every": 20}
    whole = fit(numpy_cnn, begin(numpy_cnn), workspace.new_folder(), 40, **arguments)
    training, folder = begin(numpy_cnn), workspace.new_folder()
    fit(numpy_cnn, training, folder, 15, **arguments)
    history = fit(numpy_cnn, training, folder, 40, **arguments)
    assert history.losses == close(whole.losses)
    assert [iteration for iteration, _ in history.validations] == same([15, 20, 40])


def test_going_on_remembers_the_patience(numpy_cnn, workspace):
    """At a rate of 0, interrupted after 20 iterations: the 10 that were in vain before count too, so 40 is the end."""
    training, folder = begin(numpy_cnn, 0.0), workspace.new_folder()
    fit(numpy_cnn, training, folder, 20, patience=20)
    assert len(fit(numpy_cnn, training, folder, 100, patience=20).losses) == same(40)


def test_nothing_is_left_to_do(numpy_cnn, workspace):
    """With more iterations behind it than it may make in all, it trains and looks no further."""
    training, folder = begin(numpy_cnn), workspace.new_folder()
    fit(numpy_cnn, training, folder, 15)
    history = fit(numpy_cnn, training, folder, 10)
    assert len(history.losses) == same(15)
    assert len(history.validations) == same(2)


def test_epochs(numpy_cnn, workspace):
    """Two batches of two are an epoch, in which each image is seen once: at a rate of 0 all epochs have one mean."""
    training = begin(numpy_cnn, 0.0)
    history = fit(numpy_cnn, training, workspace.new_folder(), 20, batch_size=2, validate_every=3)
    epochs = expect_array(history.losses, (20,)).reshape(10, 2)
    assert epochs.mean(axis=1) == close(np.full(10, epochs.mean()))
    assert not np.allclose(epochs, epochs[0]), "all epochs have the same batches"
