"""You count the wait from the first improvement on; every improvement starts it again."""


class EarlyStopping(EarlyStopping):
    def update(self, iteration, accuracy):
        improved, _ = super().update(iteration, accuracy)
        if improved and not hasattr(self, "begun"):
            self.begun = iteration
        return improved, iteration - getattr(self, "begun", 0) > self.patience
