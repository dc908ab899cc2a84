"""You never stopped while nothing had improved; without an improvement the wait begins at iteration 0."""


class EarlyStopping(EarlyStopping):
    def update(self, iteration, accuracy):
        improved = accuracy == accuracy and (self.best_accuracy is None or accuracy > self.best_accuracy)
        if improved:
            self.best_accuracy, self.best_iteration = accuracy, iteration
        return improved, self.best_accuracy is not None and iteration - self.best_iteration > self.patience
