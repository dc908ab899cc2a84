"""You asked for an accuracy that is not at most the best, and NaN is neither more nor less; ask for a
greater one, so that NaN never improves.
"""


class EarlyStopping(EarlyStopping):
    def update(self, iteration, accuracy):
        improved = self.best_accuracy is None or not accuracy <= self.best_accuracy
        if improved:
            self.best_accuracy, self.best_iteration = accuracy, iteration
        return improved, iteration - self.best_iteration > self.patience
