"""You stopped when exactly `patience` iterations had passed; stop when more than that have: > and not >=."""


class EarlyStopping(EarlyStopping):
    def update(self, iteration, accuracy):
        improved = accuracy == accuracy and (self.best_accuracy is None or accuracy > self.best_accuracy)
        if improved:
            self.best_accuracy, self.best_iteration = accuracy, iteration
        return improved, not improved and iteration - self.best_iteration >= self.patience
