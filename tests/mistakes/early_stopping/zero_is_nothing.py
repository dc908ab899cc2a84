"""You wrote `if not self.best_accuracy`: an accuracy of 0.0 counts as none there. Ask `is None`."""


class EarlyStopping(EarlyStopping):
    def update(self, iteration, accuracy):
        if self.best_accuracy == 0:
            self.best_accuracy = None
        return super().update(iteration, accuracy)
