"""Keeps the whole history and looks through it at each call."""

import math


class EarlyStopping:
    def __init__(self, patience):
        if patience < 0:
            raise ValueError(f"patience: {patience}")
        self.patience = patience
        self.history = []

    @property
    def _best(self):
        best = None
        for iteration, accuracy in self.history:
            if not math.isnan(accuracy) and (best is None or accuracy > best[1]):
                best = (iteration, accuracy)
        return best

    @property
    def best_accuracy(self):
        return self._best[1] if self._best else None

    @property
    def best_iteration(self):
        return self._best[0] if self._best else 0

    def update(self, iteration, accuracy):
        before = self._best
        self.history.append((iteration, accuracy))
        return [self._best != before, iteration > self.best_iteration + self.patience]
