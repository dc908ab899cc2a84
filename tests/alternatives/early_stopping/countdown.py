"""Counts the iterations that are left down, from measurement to measurement."""


class EarlyStopping:
    def __init__(self, patience):
        self.patience, self.left, self.last = patience, patience, 0
        self.best_accuracy, self.best_iteration = None, 0
        if patience < 0:
            raise ValueError("patience must not be negative, not " + str(patience))

    def update(self, iteration, accuracy):
        passed = iteration - self.last
        self.last = iteration
        self.left -= passed
        if accuracy != accuracy:
            return False, self.left < 0
        if self.best_accuracy is None or self.best_accuracy < accuracy:
            self.best_accuracy, self.best_iteration, self.left = accuracy, iteration, self.patience
            return True, False
        return False, self.left < 0
