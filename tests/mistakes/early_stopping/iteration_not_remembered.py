"""You remembered the best accuracy but not its iteration, so the wait never starts again; remember both."""


class EarlyStopping(EarlyStopping):
    def update(self, iteration, accuracy):
        improved = accuracy == accuracy and (self.best_accuracy is None or accuracy > self.best_accuracy)
        if improved:
            self.best_accuracy = accuracy
        return improved, iteration - self.best_iteration > self.patience
