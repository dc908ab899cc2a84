"""The hidden suite of `training`."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder import close, expect_array, expect_values, points, proves, same
from tests.oracles import training as oracle

few = settings(max_examples=8)
SHAPE = (3, 2, 1)


def examples(size, classes=4, seed=1):
    """Images and labels: each class has a corner of its own, with some noise."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, classes, size)
    centres = np.random.default_rng(0).normal(0, 1, (classes, *SHAPE))
    return (centres[labels] + rng.normal(0, 0.5, (size, *SHAPE))).astype(np.float32), labels


def begin(networks, training, kind="linear", optimizer="sgd", rate=0.5, structure=None, **arguments):
    """A training, its network, and a function that gives the values of its variables."""
    network = networks.Network(kind, 3, SHAPE, structure={"classes": 4, **(structure or {})})

    def values():
        arrays = network.variables.arrays()
        return {name: expect_array(array, np.shape(array)) for name, array in arrays.items()}

    return training.Training(network, optimizer, rate, **arguments), network, values


@proves("Training.loss_and_gradients")
@points(3)
@few
@given(size=st.integers(1, 9), seed=st.integers(0, 9), l2=st.sampled_from([0.0, 0.5]))
def test_loss_and_gradients_in_closed_form(networks, training, size, seed, l2):
    """Of a linear network: the mean cross-entropy and the penalty, images' @ (softmax - one-hot) / size."""
    images, labels = examples(size, seed=seed)
    trained, _, values = begin(networks, training, l2=l2)
    loss, gradients = expect_values(trained.loss_and_gradients(images, labels), 2)
    assert loss == close(oracle.linear_loss(images, labels, values(), l2), rtol=1e-4)
    assert gradients == close(oracle.linear_gradients(images, labels, values(), l2), rtol=1e-3, atol=1e-5)


@proves("Training.loss_and_gradients")
@points(2)
def test_gradients_of_a_deep_network(networks, training):
    """One gradient for each variable, in their order, through all layers."""
    images, labels = examples(7)
    trained, _, values = begin(networks, training, "dense", structure={"units": (5, 6)})
    loss, gradients = expect_values(trained.loss_and_gradients(images, labels), 2)
    expected_loss, expected = oracle.dense_loss_and_gradients(images, labels, values(), 2)
    assert loss == close(expected_loss, rtol=1e-4)
    assert gradients == close(expected, rtol=1e-3, atol=1e-5)


@proves("Training.apply_gradients")
@points(3)
@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adam"])
def test_the_optimizer_remembers(networks, training, optimizer):
    """Four steps with given gradients end where Keras' optimizer ends: the state is kept between steps."""
    trained, _, values = begin(networks, training, optimizer=optimizer, rate=0.1)
    rng = np.random.default_rng(4)
    gradients = [
        [rng.normal(0, 1, (6, 4)).astype(np.float32), rng.normal(0, 1, 4).astype(np.float32)]
        for _ in range(4)
    ]
    path = oracle.keras_path(optimizer, list(values().values()), gradients, 0.1)
    for step, expected in zip(gradients, path, strict=True):
        # As tensors, which is what loss_and_gradients returns.
        trained.apply_gradients(step)
        assert list(values().values()) == close(expected, rtol=1e-4, atol=1e-6)


@proves("Training.step")
@points(2)
@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adam"])
def test_a_step(networks, training, optimizer):
    """A step returns the loss before it, moves the weights downhill and counts one iteration."""
    images, labels = examples(20)
    trained, _, values = begin(networks, training, optimizer=optimizer, rate=0.05)
    losses = []
    for _ in range(5):
        before = values()
        losses.append(trained.step(images, labels))
        assert losses[-1] == close(oracle.linear_loss(images, labels, before), rtol=1e-4)
        if optimizer == "sgd":
            gradients = oracle.linear_gradients(images, labels, before)
            moved = [old - 0.05 * new for old, new in zip(before.values(), gradients, strict=True)]
            assert list(values().values()) == close(moved, rtol=1e-4, atol=1e-6)
    assert losses[-1] < losses[0], f"the loss went from {losses[0]:.4g} to {losses[-1]:.4g}"
    assert trained.iteration == same(5)


def test_a_step_inside_a_graph(networks, training):
    """The compiled step does what the plain one does, for a batch of another size too."""
    compiled, _, compiled_values = begin(networks, training, optimizer="adam")
    plain, _, plain_values = begin(networks, training, optimizer="adam")
    for size in (5, 3):
        images, labels = examples(size)
        assert compiled.compiled_step(images, labels) == close(plain.step(images, labels), rtol=1e-4)
    assert compiled_values() == close(plain_values(), rtol=1e-3, atol=1e-6)


@proves("Training.predict")
@points(2)
@few
@given(size=st.integers(1, 40), batch_size=st.integers(1, 50))
def test_predict(networks, training, size, batch_size):
    """The class with the largest logit for each image, in their order, whatever the batch size."""
    images, _ = examples(size)
    trained, _, values = begin(networks, training)
    expected = oracle.linear_logits(images, values()).argmax(axis=1)
    assert trained.predict(images, batch_size) == same(expected)


@points(2)
def test_dropout_is_for_training(networks, training):
    """In a step some units are dropped, others in the next step and for another seed; in a prediction none are."""
    images, labels = examples(6)
    losses = []
    for seed in (1, 1, 2):
        network = networks.Network("cnn", 3, SHAPE, structure={"classes": 4}, defaults={"dropout": 0.5})
        trained = training.Training(network, "sgd", 0.0, seed=seed)
        losses.append([float(trained.step(images, labels)) for _ in range(2)])
    assert losses[0] == close(losses[1], rtol=1e-5)
    assert abs(losses[0][0] - losses[0][1]) > 1e-6, "both steps dropped the same units, or none"
    assert abs(losses[0][0] - losses[2][0]) > 1e-6, "another seed dropped the same units"
    assert trained.predict(images) == same(trained.predict(images))


@points(2)
def test_it_learns(networks, training):
    """A small CNN learns to tell four classes: of new images it gets most right."""
    images, labels = examples(200)
    structure = {"classes": 4, "filters": (8, 8), "units": 16}
    network = networks.Network("cnn", 3, SHAPE, structure=structure, defaults={"initializer": "he_normal"})
    trained, order = training.Training(network, "adam", 0.01), np.random.default_rng(5)
    for _ in range(50):
        batch = order.integers(0, 200, 64)
        trained.compiled_step(images[batch], labels[batch])
    images, labels = examples(80, seed=3)
    correct = expect_array(trained.predict(images), (80,)) == labels
    assert correct.mean() > 0.8, f"the accuracy is {correct.mean():.0%} after 50 iterations"
