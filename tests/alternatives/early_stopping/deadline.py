"""Remembers the last iteration that is still allowed, and answers in NumPy's bools."""

import numpy as np


class EarlyStopping:
    def __init__(self, patience):
        if patience < 0:
            raise ValueError(f"patience = {patience} is negative")
        self.patience = patience
        self.deadline = patience
        self.best_accuracy = None
        self.best_iteration = 0

    def update(self, iteration, accuracy):
        best = -np.inf if self.best_accuracy is None else self.best_accuracy
        improved = np.greater(accuracy, best)
        if improved:
            self.best_accuracy = np.float64(accuracy)
            self.best_iteration = np.int64(iteration)
            self.deadline = iteration + self.patience
        return np.bool_(improved), np.bool_(iteration > self.deadline)
