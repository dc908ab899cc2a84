"""The best is one tuple, from which the attributes are read."""


class EarlyStopping:
    def __init__(self, patience):
        if not patience >= 0:
            raise ValueError(f"patience {patience}")
        self.patience = patience
        self._best = (0, None)

    @property
    def best_iteration(self):
        return self._best[0]

    @property
    def best_accuracy(self):
        return self._best[1]

    def update(self, iteration, accuracy):
        former = self._best
        is_number = accuracy == accuracy
        if is_number and (former[1] is None or accuracy > former[1]):
            self._best = (iteration, accuracy)
        return [self._best is not former, self.patience < iteration - self._best[0]]
