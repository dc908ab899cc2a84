"""You took a first NaN for the best accuracy; nothing is greater, so nothing improves any more."""


class EarlyStopping(EarlyStopping):
    def update(self, iteration, accuracy):
        if iteration < self._last_iteration:
            raise ValueError(f"iteration {iteration} goes back")
        self._last_iteration = iteration
        improved = self.best_accuracy is None or accuracy > self.best_accuracy
        if improved:
            self.best_accuracy, self.best_iteration = accuracy, iteration
        return improved, iteration - self.best_iteration > self.patience
