"""You wait for a smaller number, as one does with a cost; a greater accuracy is the better one."""


class EarlyStopping(EarlyStopping):
    def update(self, iteration, accuracy):
        if self.best_accuracy is not None:
            self.best_accuracy = -self.best_accuracy
        said = super().update(iteration, -accuracy)
        if self.best_accuracy is not None:
            self.best_accuracy = -self.best_accuracy
        return said
