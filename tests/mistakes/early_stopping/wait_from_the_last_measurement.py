"""You counted the wait from the measurement before; count it from the last improvement."""


class EarlyStopping(EarlyStopping):
    def update(self, iteration, accuracy):
        waited = iteration - getattr(self, "last", 0)
        improved = accuracy == accuracy and (self.best_accuracy is None or accuracy > self.best_accuracy)
        if improved:
            self.best_accuracy, self.best_iteration = accuracy, iteration
        self.last = iteration
        return improved, not improved and waited > self.patience
