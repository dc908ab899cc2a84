"""You compare with the last accuracy; an improvement is better than the best of all so far."""


class EarlyStopping(EarlyStopping):
    def update(self, iteration, accuracy):
        improved, stop = super().update(iteration, accuracy)
        last = getattr(self, "last_accuracy", None)
        self.last_accuracy = accuracy
        if not improved and last is not None and accuracy > last:
            self.best_accuracy, self.best_iteration = accuracy, iteration
            return True, False
        return improved, stop
