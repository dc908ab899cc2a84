"""The public suite of `training`: one step by hand, then a loop that learns."""

import math

import numpy as np

from autograder import close, points, same

SHAPE = (2, 1, 1)
# Two pixels: the brighter one is the class.
IMAGES = np.array([[1.0, 0.0], [0.0, 1.0], [0.8, 0.1], [0.2, 0.9]], np.float32).reshape(4, *SHAPE)
LABELS = np.array([0, 1, 0, 1])


def begin(networks, training, optimizer="sgd", rate=0.5, **arguments):
    """Return the training of a linear network of two classes whose weights are all 0, and the network."""
    network = networks.Network("linear", 0, SHAPE, structure={"classes": 2})
    zeros = {"logits/kernel": np.zeros((2, 2), np.float32), "logits/bias": np.zeros(2, np.float32)}
    network.variables.assign(zeros)
    return training.Training(network, optimizer, rate, **arguments), network


@points(2)
def test_loss_and_gradients(networks, training):
    """Weights of 0 say 1/2 and 1/2: the loss is log(2), and a pixel of 1 pulls with 1 * (1/2 - 1) = -1/2."""
    trained, _ = begin(networks, training)
    loss, gradients = trained.loss_and_gradients(IMAGES[:1], LABELS[:1])
    assert loss == close(math.log(2), rtol=1e-4)
    assert list(gradients) == close([np.array([[-0.5, 0.5], [0.0, 0.0]]), np.array([-0.5, 0.5])], rtol=1e-4)


@points(2)
def test_a_step(networks, training):
    """At a rate of 0.5, the weight of -0.5 * gradient: 0 - 0.5 * (-0.5) = 0.25. One iteration is counted."""
    trained, network = begin(networks, training)
    trained.step(IMAGES[:1], LABELS[:1])
    assert network.variables.arrays()["logits/kernel"] == close(
        np.array([[0.25, -0.25], [0.0, 0.0]]), rtol=1e-4
    )
    assert trained.iteration == same(1)


@points(2)
def test_momentum_rolls_on(networks, training):
    """Twice the same gradient: the second step is longer, because the velocity of the first one is kept."""
    trained, network = begin(networks, training, "momentum", 1.0)
    gradients = [np.ones((2, 2), np.float32), np.zeros(2, np.float32)]
    trained.apply_gradients(gradients)
    assert network.variables.arrays()["logits/kernel"] == close(np.full((2, 2), -1.0))
    trained.apply_gradients(gradients)
    # velocity = 0.9 * (-1) - 1 = -1.9
    assert network.variables.arrays()["logits/kernel"] == close(np.full((2, 2), -2.9))


def test_predict_and_accuracy(networks, training):
    """All logits equal, the first class is predicted: right for two of four images."""
    trained, _ = begin(networks, training)
    assert trained.predict(IMAGES, batch_size=3) == same(np.array([0, 0, 0, 0]))
    assert trained.accuracy(IMAGES, LABELS) == close((0.5, 2))


@points(2)
def test_many_steps(networks, training):
    """25 steps with all four images: the first loss is log(2), and then two pixels are learned."""
    trained, _ = begin(networks, training)
    losses = trained.run(IMAGES, LABELS, [np.arange(4)] * 25)
    assert losses[0] == close(math.log(2), rtol=1e-4)
    assert losses[-1] < losses[0]
    assert trained.accuracy(IMAGES, LABELS) == close((1.0, 4))


def test_the_penalty(networks, training):
    """A weight of 2 and l2 = 0.5: the loss grows by 0.5 / 2 * 2**2 = 1, and the weight's gradient by 0.5 * 2 = 1."""
    trained, network = begin(networks, training, l2=0.5)
    weights = np.array([[2.0, 0.0], [0.0, 0.0]], np.float32)
    network.variables.assign({"logits/kernel": weights, "logits/bias": np.array([-2.0, 0.0], np.float32)})
    loss, gradients = trained.loss_and_gradients(IMAGES[:1], LABELS[:1])
    # The logits are 2 * 1 - 2 = 0 and 0: the loss without the penalty is log(2), the gradient -1/2.
    assert loss == close(math.log(2) + 1, rtol=1e-4)
    assert list(gradients) == close(
        [np.array([[-0.5 + 1, 0.5], [0.0, 0.0]]), np.array([-0.5, 0.5])], rtol=1e-4
    )


def test_dropout_is_for_training(networks, training):
    """In a step, half of the hidden units are dropped, others for another seed; in a prediction none."""
    image = np.ones((1, 4, 4, 1), np.float32)
    losses = []
    for seed in (1, 2):
        network = networks.Network("cnn", 0, (4, 4, 1), defaults={"dropout": 0.5, "initializer": "he_normal"})
        trained = training.Training(network, "sgd", 0.5, seed=seed)
        losses.append(float(trained.loss_and_gradients(image, np.array([3]))[0]))
    assert losses[0] != losses[1], "the same units were dropped with both seeds, or none"
