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


@proves("Training.accuracy")
def test_accuracy(networks, training):
    """The fraction and the number of images that are predicted rightly."""
    trained, _, values = begin(networks, training)
    for size in (300, 211, 97, 40):
        images, labels = examples(size, seed=size)
        correct = int((oracle.linear_logits(images, values()).argmax(axis=1) == labels).sum())
        assert trained.accuracy(images, labels) == close((correct / size, correct))


# The loop.


@pytest.fixture
def fit(networks, training, workspace):
    """Train a linear network on all images in each step, so that their order does not matter."""

    def run(iterations, optimizer="sgd", rate=0.5, validation=None, size=30, **arguments):
        images, labels = examples(size)
        validation = examples(40, seed=2) if validation is None else validation
        trained, _, values = begin(networks, training, optimizer=optimizer, rate=rate)
        first, folder = values(), arguments.pop("directory", None) or workspace.new_folder()
        arguments = {"batch_size": size, "validate_every": 10, **arguments}
        history = training.fit(
            trained, images, labels, *validation, folder, iterations=iterations, **arguments
        )
        losses, path = oracle.linear_descent(images, labels, first, rate, iterations)
        return trained, history, values, losses, path, folder

    return run


def accuracies_along(path, every, images, labels):
    """The accuracy after each `every` steps of a path."""
    return [
        float((oracle.linear_logits(images, arrays).argmax(axis=1) == labels).mean())
        for arrays in path[every - 1 :: every]
    ]


@proves("fit")
@points(2)
def test_losses_of_the_whole_loop(fit):
    """All images in each batch: the losses are those worked out in NumPy."""
    _, history, _, losses, _, _ = fit(25)
    assert history.losses == close(losses, rtol=1e-3)


@proves("fit")
@points(2)
def test_looks_of_the_whole_loop(fit):
    """A look after every 10 iterations and at the end: the accuracies are those worked out in NumPy."""
    validation = examples(40, seed=2)
    _, history, _, _, path, _ = fit(25, validation=validation)
    expected = [*accuracies_along(path, 10, *validation), accuracies_along(path, 25, *validation)[0]]
    assert history.validations == close(list(zip([10, 20, 25], expected, strict=True)))
    assert history.stopped == same(False)


@points(2)
def test_patience_is_counted_in_iterations(fit):
    """With a rate of 0 nothing improves after the first look: more than 20 iterations later it stops."""
    _, history, _, _, _, _ = fit(100, rate=0.0, patience=20)
    assert [at for at, _ in history.validations] == same([10, 20, 30, 40])
    assert history.stopped == same(True)
    assert len(history.losses) == same(40)


@proves("fit")
@points(3)
def test_the_best_is_restored(fit, workspace):
    """Where training makes it worse, the variables at the end are those of the best look, not the last."""
    images, _ = examples(40, seed=2)
    _, _, first, _, _, _ = fit(0)
    _, path = oracle.linear_descent(*examples(30), first(), 0.02, 60)
    # What the network says after 20 steps is called right, so that the look at 20 is the best one.
    given = oracle.linear_logits(images, path[19]).argmax(axis=1)
    _, history, values, _, _, folder = fit(60, validation=(images, given), rate=0.02)
    accuracies = accuracies_along(path, 10, images, given)
    assert [accuracy for _, accuracy in history.validations] == close(accuracies)
    assert values() == close(path[19], rtol=1e-3, atol=1e-5)
    assert "best.npz" in workspace.files(folder), "there is no best.npz in the directory"


@points(2)
def test_going_on(networks, training, workspace):
    """With its history, a training goes on as if it had never been stopped: the same batches and losses."""
    images, labels = examples(30)
    validation, arguments = examples(40, seed=2), {"batch_size": 7, "validate_every": 20, "seed": 5}
    whole, _, _ = begin(networks, training, optimizer="momentum", rate=0.05)
    full = training.fit(
        whole, images, labels, *validation, workspace.new_folder(), iterations=40, **arguments
    )
    again, _, _ = begin(networks, training, optimizer="momentum", rate=0.05)
    # The one look of the first part is its best one, so that its variables stay.
    folder = workspace.new_folder()
    part = training.fit(again, images, labels, *validation, folder, iterations=15, **arguments)
    assert part.losses == close(full.losses[:15], rtol=1e-4)
    looks = list(part.validations)
    rest = training.fit(again, images, labels, *validation, folder, iterations=40, history=part, **arguments)
    assert rest.losses == close(full.losses, rtol=1e-3)
    # Stopped between two looks, it looks next where it would have looked without the stop.
    assert rest.validations == close([*looks, *full.validations])


def test_going_on_remembers_the_patience(networks, training, workspace):
    """What was no improvement before a stop still counts after it."""
    images, labels = examples(10)
    trained, _, _ = begin(networks, training, rate=0.0)
    arguments = {"batch_size": 10, "validate_every": 10, "patience": 20}
    folder, validation = workspace.new_folder(), examples(10, seed=2)
    history = training.fit(trained, images, labels, *validation, folder, iterations=20, **arguments)
    history = training.fit(
        trained, images, labels, *validation, folder, iterations=100, history=history, **arguments
    )
    expect_array(history.losses, (40,))
    assert [at for at, _ in history.validations] == same([10, 20, 30, 40])


@points(2)
def test_an_epoch_sees_each_image_once(fit):
    """At a rate of 0, the losses of an epoch's batches have the mean of all images as their own mean."""
    # A look after every second batch must not disturb their order.
    _, history, _, losses, _, _ = fit(9, rate=0.0, size=30, batch_size=10, validate_every=2)
    epochs = np.reshape(history.losses, (3, 3))
    assert epochs.mean(axis=1) == close(np.array(losses[:3]), rtol=1e-4)
    assert not np.allclose(epochs[0], epochs[1]), "the second epoch has the same batches as the first"


def test_another_seed_has_other_batches(fit):
    """The seed decides the order of the images."""
    first, other = (fit(3, rate=0.0, size=30, batch_size=10, seed=seed)[1].losses for seed in (1, 2))
    assert not np.allclose(first, other), "both seeds gave the same batches"


def test_it_learns(networks, training, workspace):
    """A small CNN learns to tell four classes: of new images it gets most right."""
    images, labels = examples(200)
    trained, _, _ = begin(networks, training, "cnn", "adam", 0.01, {"filters": (4, 4), "units": 8})
    training.fit(trained, images, labels, *examples(80, seed=2), workspace.new_folder(), iterations=100)
    fraction, _ = expect_values(trained.accuracy(*examples(80, seed=3)), 2)
    assert fraction > 0.65, f"the accuracy is {fraction:.0%} after 100 iterations"
