"""You take an equal accuracy for an improvement; only a greater one is: > and not >=."""


class EarlyStopping(EarlyStopping):
    def update(self, iteration, accuracy):
        if accuracy == self.best_accuracy and iteration >= self._last_iteration:
            self._last_iteration = self.best_iteration = iteration
            return True, False
        return super().update(iteration, accuracy)
