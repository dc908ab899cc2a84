"""You counted the wait from the first improvement on; count it anew from each improvement."""


class EarlyStopping(EarlyStopping):
    def update(self, iteration, accuracy):
        improved = accuracy == accuracy and (self.best_accuracy is None or accuracy > self.best_accuracy)
        if improved:
            if self.best_accuracy is None:
                self.begun = iteration
            self.best_accuracy, self.best_iteration = accuracy, iteration
        return improved, iteration - getattr(self, "begun", 0) > self.patience
