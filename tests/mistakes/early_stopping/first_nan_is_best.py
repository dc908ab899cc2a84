"""You took a first NaN for the best accuracy, and no number is greater than NaN; NaN is never an
improvement.
"""


class EarlyStopping(EarlyStopping):
    def update(self, iteration, accuracy):
        improved = self.best_accuracy is None or accuracy > self.best_accuracy
        if improved:
            self.best_accuracy, self.best_iteration = accuracy, iteration
        return improved, iteration - self.best_iteration > self.patience
