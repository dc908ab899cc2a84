"""You wrote `if not self.best_accuracy`, which takes a best accuracy of 0.0 for none; ask `is None`."""


class EarlyStopping(EarlyStopping):
    def update(self, iteration, accuracy):
        improved = accuracy == accuracy and (not self.best_accuracy or accuracy > self.best_accuracy)
        if improved:
            self.best_accuracy, self.best_iteration = accuracy, iteration
        return improved, iteration - self.best_iteration > self.patience
