"""Counts the iterations that are left down, from measurement to measurement."""


class EarlyStopping:
    def __init__(self, patience):
        self.patience, self.left, self.last = patience, patience, 0
        self.best_accuracy, self.best_iteration = None, 0
        if patience < 0 or patience != int(patience):
            raise ValueError("patience must be a whole number from 0 on, not " + str(patience))

    def update(self, iteration, accuracy):
        passed = iteration - self.last
        if passed < 0:
            raise ValueError("iteration must not go back to " + repr(iteration))
        self.last = iteration
        self.left -= passed
        if accuracy != accuracy:
            return False, self.left < 0
        if self.best_accuracy is None or self.best_accuracy < accuracy:
            self.best_accuracy, self.best_iteration, self.left = accuracy, iteration, self.patience
            return True, False
        return False, self.left < 0
