"""A trained network's forward pass in NumPy, by the parts' own functions, agrees with TensorFlow's."""

from __future__ import annotations

import importlib

import numpy as np
import pytest

from trainer.by_hand import logits_by_hand


def nothing(progress):
    """Watch a training and say nothing."""


def largest_difference(session, images):
    """Return how far the logits by hand are from TensorFlow's."""
    own = logits_by_hand(session.settings, session.training.arrays(), images)
    return float(np.abs(own - session.logits(images)).max())


@pytest.mark.parametrize(
    "chosen",
    [
        {"network": "linear"},
        {"network": "dense", "activation": "sigmoid"},
        {"network": "cnn"},
        {"network": "cnn", "pooling": "average", "activation": "tanh"},
        {"network": "cnn", "pooling": "stride"},
        {"network": "small_vgg", "filters": (2, 3), "units": None},
        {"network": "vgg", "filters": (2, 3, 4, 5)},
    ],
    ids=str,
)
def test_it_agrees_with_tensorflow(session, data, chosen):
    trained = session(**{"learning_rate": 0.01, "iterations": 3, "initializer": "he_normal", **chosen})
    trained.train(nothing)
    assert largest_difference(trained, data.test.images[:20]) < 1e-4


def test_a_wrong_convolution_shows(session, data, monkeypatch):
    """With the kernel turned around, the numbers are others."""
    trained = session()
    trained.train(nothing)
    convolution = importlib.import_module("convolution")
    right = convolution.conv2d
    monkeypatch.setattr(
        convolution, "conv2d", lambda images, kernel, *rest: right(images, kernel[::-1, ::-1], *rest)
    )
    assert largest_difference(trained, data.test.images[:20]) > 1e-3
