"""You compared with the last accuracy; an improvement is better than the best of all so far."""


class EarlyStopping(EarlyStopping):
    def update(self, iteration, accuracy):
        self.last = getattr(self, "last", None)
        improved = accuracy == accuracy and (self.last is None or accuracy > self.last)
        if improved:
            self.best_accuracy, self.best_iteration = accuracy, iteration
        self.last = accuracy
        return improved, iteration - self.best_iteration > self.patience
