"""You wait for a gain of at least 0.001; any greater accuracy is an improvement, one more image right too."""


class EarlyStopping(EarlyStopping):
    def update(self, iteration, accuracy):
        best = self.best_accuracy
        if best is not None and best < accuracy < best + 0.001:
            accuracy = best
        return super().update(iteration, accuracy)
