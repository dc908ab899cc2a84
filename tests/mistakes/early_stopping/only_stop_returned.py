"""You returned only if training stops; return two bools, (improved, stop)."""


class EarlyStopping(EarlyStopping):
    def update(self, iteration, accuracy):
        improved = accuracy == accuracy and (self.best_accuracy is None or accuracy > self.best_accuracy)
        if improved:
            self.best_accuracy, self.best_iteration = accuracy, iteration
        return iteration - self.best_iteration > self.patience
