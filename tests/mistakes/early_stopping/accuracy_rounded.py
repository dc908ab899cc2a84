"""You rounded the accuracies to two digits, so one more image right is no improvement; compare them as they
are.
"""


class EarlyStopping(EarlyStopping):
    def update(self, iteration, accuracy):
        accuracy = round(accuracy, 2)
        improved = accuracy == accuracy and (self.best_accuracy is None or accuracy > self.best_accuracy)
        if improved:
            self.best_accuracy, self.best_iteration = accuracy, iteration
        return improved, iteration - self.best_iteration > self.patience
