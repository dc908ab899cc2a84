class EarlyStopping:
    def __init__(self, patience: int):
        if patience < 0:
            raise ValueError(f"patience must be at least 0, not {patience}")
        self.patience = patience
        self.best_accuracy = None
        self.best_iteration = 0
        self._last = None

    def update(self, iteration: int, accuracy: float):
        if accuracy != accuracy:  # NaN
            return False, bool(iteration - self.best_iteration > self.patience)
        improved = bool(self._last is None or accuracy > self._last)
        self._last = accuracy
        if improved:
            self.best_accuracy = accuracy
            self.best_iteration = iteration
        return improved, bool(iteration - self.best_iteration > self.patience)
