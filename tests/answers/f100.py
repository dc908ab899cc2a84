class EarlyStopping:
    def __init__(self, patience: int):
        if patience < 0:
            raise ValueError(f"patience must be at least 0, not {patience}")
        self.patience = patience
        self._measured = []

    def _best(self):
        best = (None, 0)
        for iteration, accuracy in self._measured:
            if accuracy == accuracy and (best[0] is None or accuracy > best[0]):
                best = (accuracy, iteration)
        return best

    @property
    def best_accuracy(self):
        return self._best()[0]

    @property
    def best_iteration(self):
        return self._best()[1]

    def update(self, iteration: int, accuracy: float):
        best_before = self.best_accuracy
        self._measured.append((iteration, accuracy))
        best, when = self._best()
        improved = best is not None and (best_before is None or best > best_before)
        stop = not improved and iteration - when > self.patience
        return bool(improved), bool(stop)
