"""You wait for a smaller number, as one does with a cost; a greater accuracy is the better one."""


class EarlyStopping(EarlyStopping):
    def update(self, iteration, accuracy):
        if iteration < self._last_iteration:
            raise ValueError(f"iteration must not go back from {self._last_iteration} to {iteration}")
        self._last_iteration = iteration
        improved = accuracy == accuracy and (self.best_accuracy is None or accuracy < self.best_accuracy)
        if improved:
            self.best_accuracy, self.best_iteration = accuracy, iteration
        return improved, iteration - self.best_iteration > self.patience
