"""You counted measurements; patience is a number of iterations: take the difference of the iterations."""


class EarlyStopping(EarlyStopping):
    def update(self, iteration, accuracy):
        improved, _ = super().update(iteration, accuracy)
        self.waited = 0 if improved else getattr(self, "waited", 0) + 1
        return improved, self.waited > self.patience
