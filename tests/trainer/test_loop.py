"""The fast way through many batches does what the plain way does."""

from __future__ import annotations

import numpy as np
import pytest


def nothing(progress):
    """Watch a training and say nothing."""


def plain_losses(session):
    """Train step by step, as a learner's own `fit` does without the trainer."""
    data = session.data
    session.parts.numpy_cnn.fit(
        session.training,
        data.train.images,
        data.train.labels,
        data.validation.images,
        data.validation.labels,
        str(session.folder),
        iterations=session.settings.iterations,
        batch_size=session.settings.batch_size,
        validate_every=session.settings.validate_every,
        seed=session.settings.seed,
    )
    return session.history.losses


@pytest.mark.parametrize("xla", [False, True])
def test_one_graph_for_many_steps_changes_nothing(session, xla):
    """The short last batch of an epoch among them: 150 images, 20 a batch."""
    fast = session("fast", xla=xla or None, learning_rate=0.01)
    fast.train(nothing)
    np.testing.assert_allclose(
        fast.history.losses, plain_losses(session("plain", learning_rate=0.01)), rtol=1e-3
    )


def test_the_rate_changes_when_it_is_told_to(session):
    """Decay by 0.0 ... 1 every 10 iterations: at a rate that is nearly 0, nothing moves any more."""
    trained = session(optimizer="sgd", learning_rate=0.1, decay=1e-9, decay_every=10, iterations=30)
    before = {}

    def watch(progress):
        if progress.improved is None and progress.iteration in (10, 30):
            before[progress.iteration] = trained.training.network.variables.arrays()

    trained.train(watch)
    for name, array in before[10].items():
        np.testing.assert_allclose(array, before[30][name], atol=1e-6)
    assert [trained.settings.rate_at(iteration) for iteration in (0, 9, 10)] == pytest.approx(
        [0.1, 0.1, 1e-10]
    )


def test_bfloat16_learns_like_float32(session):
    """Variables and losses are float32; the losses are those of float32 within the precision of bfloat16."""
    half = session("half", precision="bfloat16", learning_rate=0.01)
    half.train(nothing)
    full = session("full", learning_rate=0.01)
    full.train(nothing)
    assert {variable.dtype.name for variable in half.training.weights.values()} == {"float32"}
    np.testing.assert_allclose(half.history.losses[:10], full.history.losses[:10], rtol=0.05)
    assert half.history.losses != full.history.losses


def test_augmented_images_are_others_in_each_step(session):
    """With a rate of 0 and all images in each batch, only augmentation can change the loss."""
    still = session("still", learning_rate=0.0, batch_size=150, iterations=5, initializer="he_normal")
    still.train(nothing)
    moved = session(
        "moved", learning_rate=0.0, batch_size=150, iterations=5, initializer="he_normal", augment=True
    )
    moved.train(nothing)
    assert np.ptp(still.history.losses) < 1e-5
    assert np.ptp(moved.history.losses) > 1e-4
