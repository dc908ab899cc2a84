"""You decided to stop before you looked at the accuracy; look first, because an improvement never stops the
training.
"""


class EarlyStopping(EarlyStopping):
    def update(self, iteration, accuracy):
        stop = iteration - self.best_iteration > self.patience
        improved, _ = super().update(iteration, accuracy)
        return improved, stop
