class EarlyStopping:
    def __init__(self, patience: int):
        if patience < 0:
            raise ValueError(f"patience must be at least 0, not {patience}")
        self.patience = patience
        self.best_accuracy = None
        self.best_iteration = 0

    def update(self, iteration: int, accuracy: float) -> tuple[bool, bool]:
        if self._is_better(accuracy):
            self.best_accuracy = accuracy
            self.best_iteration = iteration
            return True, False
        return False, bool(iteration - self.best_iteration > self.patience)

    def _is_better(self, accuracy):
        if accuracy != accuracy:
            return False
        if not self.best_accuracy:
            return True
        return accuracy > self.best_accuracy
