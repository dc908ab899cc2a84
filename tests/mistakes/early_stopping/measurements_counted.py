"""You counted measurements; patience is a number of iterations: subtract the best iteration from this one."""


class EarlyStopping(EarlyStopping):
    def update(self, iteration, accuracy):
        self.waited = getattr(self, "waited", 0) + 1
        improved = accuracy == accuracy and (self.best_accuracy is None or accuracy > self.best_accuracy)
        if improved:
            self.best_accuracy, self.best_iteration, self.waited = accuracy, iteration, 0
        return improved, self.waited > self.patience
