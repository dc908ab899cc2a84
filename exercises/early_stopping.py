"""Early stopping: end the training when the validation accuracy has stopped rising.

The longer a network is trained, the better it knows its training images, and from some moment on it only
learns them by heart: the accuracy on images it was never trained on, the *validation set*, rises no more. That
is *overfitting*: the network no longer gets better at *generalization*, at images that are new to it. To end the
training there is a kind of *regularization*.

So the validation accuracy is measured every hundred iterations or so, and training stops when it has not
improved for longer than one is willing to wait. That wait is the *patience*, and it is counted in iterations,
not in measurements.

    stopper = EarlyStopping(patience=1000)
    for iteration in range(1, 10_001):
        ...  # one step of training
        if iteration % 100 == 0:
            improved, stop = stopper.update(iteration, validation_accuracy())
            if improved:
                ...  # save the weights: these are the best so far
            if stop:
                break

Picture: docs/pictures/early_stopping.svg
Source: Prechelt, "Early stopping, but when?" (1998), https://doi.org/10.1007/3-540-49430-8_3
"""

from __future__ import annotations


class EarlyStopping:
    """Remembers the best validation accuracy, and says when to stop.

    Attributes:
        patience: how many iterations may pass without an improvement.
        best_accuracy: the best accuracy so far, None before the first improvement.
        best_iteration: the iteration at which it was measured, 0 before the first improvement.

    >>> stopper = EarlyStopping(patience=200)
    >>> stopper.update(100, 0.90)
    (True, False)
    >>> stopper.update(300, 0.90)  # equal is no improvement; 200 iterations have passed, and 200 may pass
    (False, False)
    >>> stopper.update(400, 0.80)
    (False, True)
    >>> stopper.best_accuracy, stopper.best_iteration
    (0.9, 100)
    """

    def __init__(self, patience: int):
        """Begin with nothing measured.

        Args:
            patience: a number of iterations, at least 0.

        Raises:
            ValueError: for a patience below 0; the message names `patience` and its value.
        """
        # YOUR CODE HERE
        raise NotImplementedError()

    def update(self, iteration: int, accuracy: float) -> tuple[bool, bool]:
        """Take note of a measurement; return whether it is an improvement, and whether to stop.

        An improvement is an accuracy *greater* than the best so far; the first number always is. An equal one
        is none, and NaN, which is no number, never is: a network whose numbers have run away has not improved.
        Training stops when *more than* `patience` iterations have passed since the last improvement, or since
        iteration 0 where there has been none. An improvement never stops it.

        Args:
            iteration: counted from 1.
            accuracy: on the validation set, 0 to 1, or NaN.

        Returns:
            `(improved, stop)`, two bools.
        """
        # YOUR CODE HERE
        raise NotImplementedError()
