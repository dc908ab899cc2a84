"""The oracle of `early_stopping` against keras.callbacks.EarlyStopping, on 1,000 random histories."""

import math

import keras
import numpy as np

from tests.oracles import early_stopping as oracle


class Model:
    """What Keras' callback needs of a model: something that it may stop."""

    stop_training = False


def keras_answers(history, patience):
    """Return improved and stop after each measurement; Keras counts epochs, so one epoch is one iteration."""
    callback = keras.callbacks.EarlyStopping(monitor="accuracy", patience=patience + 1, mode="max")
    callback.set_model(Model())
    callback.on_train_begin()
    # Keras takes any first accuracy for the best, NaN too.
    callback.best = -math.inf
    measured = dict(history)
    for iteration in range(1, history[-1][0] + 1):
        callback.model.stop_training = False
        # An iteration without a measurement improves nothing: NaN is not greater than anything.
        callback.on_epoch_end(iteration, {"accuracy": measured.get(iteration, math.nan)})
        if iteration in measured:
            yield callback.wait == 0, callback.model.stop_training


def test_answers():
    rng = np.random.default_rng(1)
    # Keras compares in float32, which knows seven digits.
    accuracies = [0.0, 0.25, 0.5, 0.500001, 0.75, 1.0, math.nan]
    stops = 0
    for _ in range(1000):
        length, patience = int(rng.integers(1, 7)), int(rng.integers(0, 6))
        iterations = np.cumsum(rng.integers(1, 4, length)).tolist()
        history = list(zip(iterations, rng.choice(accuracies, length).tolist(), strict=True))
        for count, expected in enumerate(keras_answers(history, patience), start=1):
            assert oracle.answer(history[:count], patience) == expected, history[:count]
            stops += expected[1]
    assert stops > 100


def test_improvements():
    """They are where NumPy's running maximum, which leaves NaN out, grows."""
    rng = np.random.default_rng(2)
    for _ in range(1000):
        length = int(rng.integers(1, 9))
        accuracies = rng.choice([0.0, -0.0, 0.25, 0.5, 1.0, math.nan], length)
        best = np.fmax.accumulate(np.concatenate([[-1.0], accuracies]))
        expected = [(index, float(accuracies[index])) for index in np.flatnonzero(np.diff(best))]
        assert oracle.improvements(list(enumerate(accuracies.tolist()))) == expected
